import { clamp } from '../../../page/clamp.js';

/** The time of a replay: it goes from 0 to the end of what is shown, all of it or its first part. */
export interface ReplayClock {
  readonly atMs: number;
  readonly endMs: number;
  readonly wholeMs: number;
  /** How many times as fast as it was. */
  readonly speed: number;
  readonly isPlaying: boolean;
}

export const SPEEDS = [0.1, 0.2, 0.5, 1, 2, 5, 10] as const;

/** About so long a replay is where nobody has chosen: long enough to follow, short enough to wait for. */
const PLEASANT_MS = 8_000;

/** At the start, with the speed that shows it in about eight seconds. */
export function clockFor(wholeMs: number): ReplayClock {
  return { atMs: 0, endMs: wholeMs, wholeMs, speed: pleasantSpeed(wholeMs), isPlaying: false };
}

/** At the start of another part of the time, or of all of it, at the speed that suits it. */
export function narrowed(clock: ReplayClock, endMs: number): ReplayClock {
  return { ...clock, atMs: 0, endMs, speed: pleasantSpeed(endMs) };
}

export function pleasantSpeed(endMs: number): number {
  const wanted = endMs / PLEASANT_MS;
  const distance = (speed: number) => Math.abs(Math.log(speed / wanted));
  return SPEEDS.reduce((best, speed) => (distance(speed) < distance(best) ? speed : best));
}

/** After so long by the clock on the wall. At the end it stops. */
export function advanced(clock: ReplayClock, elapsedMs: number): ReplayClock {
  if (!clock.isPlaying) return clock;
  const atMs = Math.min(clock.endMs, clock.atMs + Math.max(0, elapsedMs) * clock.speed);
  return { ...clock, atMs, isPlaying: atMs < clock.endMs };
}

/** From the end it begins anew. */
export function toggled(clock: ReplayClock): ReplayClock {
  if (clock.isPlaying) return { ...clock, isPlaying: false };
  return { ...clock, isPlaying: true, atMs: clock.atMs >= clock.endMs ? 0 : clock.atMs };
}

/** By a share of all; it stands still there. */
export function stepped(clock: ReplayClock, share: number): ReplayClock {
  return sought(clock, clock.atMs + share * clock.endMs);
}

export function sought(clock: ReplayClock, toMs: number): ReplayClock {
  return { ...clock, isPlaying: false, atMs: clamp(toMs, 0, clock.endMs) };
}

/** Where all of them are over, whatever part of the time was shown: what is hidden until then is to be had in any. */
export function finished(clock: ReplayClock): ReplayClock {
  const { endMs, wholeMs } = clock;
  return sought(endMs === wholeMs ? clock : narrowed(clock, wholeMs), wholeMs);
}

export function withSpeed(clock: ReplayClock, speed: number): ReplayClock {
  return { ...clock, speed: clamp(speed, SPEEDS[0], SPEEDS.at(-1)!) };
}

/** What a key does; null: nothing. */
export function keyed(clock: ReplayClock, key: string): ReplayClock | null {
  switch (key) {
    case ' ':
      return toggled(clock);
    case 'ArrowLeft':
      return stepped(clock, -0.05);
    case 'ArrowRight':
      return stepped(clock, 0.05);
    case ',':
      return stepped(clock, -0.005);
    case '.':
      return stepped(clock, 0.005);
    case 'Home':
      return sought(clock, 0);
    case 'End':
      return finished(clock);
    default:
      return null;
  }
}
