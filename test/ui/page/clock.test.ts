import { describe, expect, it } from 'vitest';
import {
  advanced,
  clockFor,
  finished,
  keyed,
  narrowed,
  pleasantSpeed,
  sought,
  stepped,
  toggled,
  withSpeed,
} from '../../../src/ui/page/race/clock.js';

const PLAYING = { atMs: 100, endMs: 1_000, wholeMs: 1_000, speed: 2, isPlaying: true };

describe('the clock of a replay', () => {
  it('goes as many times as fast as it is asked to', () => {
    expect(advanced(PLAYING, 50).atMs).toBe(200);
  });

  it('stands still while it does not play', () => {
    expect(advanced({ ...PLAYING, isPlaying: false }, 50).atMs).toBe(100);
  });

  it('stops at the end, and begins anew from there', () => {
    const over = advanced(PLAYING, 10_000);
    expect(over).toMatchObject({ atMs: 1_000, isPlaying: false });
    expect(toggled(over)).toMatchObject({ atMs: 0, isPlaying: true });
  });

  it('pauses where it is', () => {
    expect(toggled(PLAYING)).toMatchObject({ atMs: 100, isPlaying: false });
  });

  it('pauses when it is stepped, and stays within its time', () => {
    expect(stepped(PLAYING, 0.05)).toMatchObject({ atMs: 150, isPlaying: false });
    expect(stepped(PLAYING, -1).atMs).toBe(0);
    expect(sought(PLAYING, 9_999).atMs).toBe(1_000);
  });

  it('keeps its speed between 0.1 and 10', () => {
    expect([withSpeed(PLAYING, 50).speed, withSpeed(PLAYING, 0).speed]).toEqual([10, 0.1]);
  });

  it.each([
    [200, 0.1],
    [8_000, 1],
    [15_000, 2],
    [600_000, 10],
  ])('shows %d ms at a speed of %d where none was chosen', (endMs, speed) => {
    expect(pleasantSpeed(endMs)).toBe(speed);
    expect(clockFor(endMs)).toEqual({ atMs: 0, endMs, wholeMs: endMs, speed, isPlaying: false });
  });

  it('shows a part of the time from its start, at a speed of its own, and goes on as it was', () => {
    expect(narrowed(PLAYING, 800)).toEqual({ ...PLAYING, atMs: 0, endMs: 800, speed: 0.1 });
  });

  it('ends at the end of all, whatever part was shown', () => {
    const part = { ...PLAYING, endMs: 80, wholeMs: 8_000, speed: 0.1 };
    const end = { atMs: 8_000, endMs: 8_000, wholeMs: 8_000, speed: 1, isPlaying: false };
    expect([finished(part), keyed(part, 'End')]).toEqual([end, end]);
    expect(finished(PLAYING)).toEqual({ ...PLAYING, atMs: 1_000, isPlaying: false });
  });

  it.each([
    [' ', 100],
    ['ArrowRight', 150],
    ['ArrowLeft', 50],
    ['.', 105],
    [',', 95],
    ['Home', 0],
    ['End', 1_000],
  ])('knows the key "%s"', (key, atMs) => {
    expect(keyed(PLAYING, key)).toMatchObject({ atMs, isPlaying: false });
  });

  it('leaves all other keys alone', () => {
    expect(keyed(PLAYING, 'a')).toBeNull();
  });
});
