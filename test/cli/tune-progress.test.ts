import { expect, it } from 'vitest';
import { tuneProgress } from '../../src/cli/tune-progress.js';
import { FakeClock } from '../support/scripted-launcher.js';
import { tuneReport } from '../support/tune-fixture.js';

it('shows who is left of a screen and of the race, and what is measured next', () => {
  const lines: string[] = [];
  const stderr = { write: (line: string) => lines.push(line), columns: 100 };
  const clock = new FakeClock();
  const say = tuneProgress({ stderr, env: {}, clock } as never, 90_000);
  const report = tuneReport();
  const open = ['piscina threads=2', 'piscina threads=4'];
  say({ type: 'step', phase: 'knee', ids: ['a', 'b'], forks: 1 });
  say({ type: 'measured', phase: 'knee', open, report });
  say({ type: 'step', phase: 'screen', ids: ['a', 'b', 'c'], forks: 1 });
  say({ type: 'measured', phase: 'screen', open, report });
  say({ type: 'step', phase: 'race', ids: open, forks: 1 });
  say({ type: 'measured', phase: 'race', open: open.slice(1), report });
  expect(lines.map(line => line.replace(/^.*?· /, '').trimEnd())).toEqual([
    'a task alone, and what its code needs to be warm (budget 90 s)',
    'predicted knee: 2 points',
    'screen: 3 points',
    '  open: piscina threads=2, piscina threads=4',
    'race 1: 2 points',
    '  open: piscina threads=4',
  ]);
});

it('says what is searched, and which executors are not', () => {
  const lines: string[] = [];
  const stderr = { write: (line: string) => lines.push(line), columns: 80 };
  const say = tuneProgress({ stderr, env: {}, clock: new FakeClock() } as never, 90_000);
  say({ type: 'learned', tune: tuneReport().tune! });
  expect(lines.slice(1).map(line => line.replace(/^.*?· /, '').trimEnd())).toEqual([
    '6 points: limited, piscina × 1 to 8 threads × 1 to 16 in flight each',
    'without tinypool, poolifier, workerpool, processes, queue (--executors)',
  ]);
});

it('says what a tune takes in any case, and the budget that has room for it, in lines that fit', () => {
  const lines: string[] = [];
  const stderr = { write: (line: string) => lines.push(line), columns: 80 };
  const say = tuneProgress({ stderr, env: {}, clock: new FakeClock() } as never, 30_000);
  say({
    type: 'expected',
    least: { leastMs: 12_000, warmedMs: 40_100, forks: 6, enoughMs: 65_000 },
    isKnown: false,
  });
  say({
    type: 'expected',
    least: { leastMs: 41_000, warmedMs: 41_000, forks: 6, enoughMs: 65_000 },
    isKnown: true,
  });
  say({
    type: 'expected',
    least: { leastMs: 21_000, warmedMs: 21_000, forks: 1, enoughMs: null },
    isKnown: true,
  });
  expect(lines.slice(1).map(line => line.replace(/^.*?· /, '').trimEnd())).toEqual([
    'the least is 12 s, 41 s with code to warm up: 6 forks confirm it',
    'it may take longer than 30 s: --budget 65s has room for that',
    'the least is about 41 s: 6 forks confirm it',
    'it takes longer than 30 s: --budget 65s has room for that',
    'the least is about 21 s: 1 fork confirms it, the rest searches',
  ]);
});
