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
