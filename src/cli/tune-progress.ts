import { leftOutOf } from '../report/words/tune-surety.js';
import type { TunePhase } from '../schema/index.js';
import type { LeastTime } from '../tune/least-time.js';
import type { TuneEvent } from '../tune/tune.js';
import type { CliDeps } from './deps.js';
import { seconds } from './time-left.js';
import { timedLines } from './timed-lines.js';

const WHAT: Readonly<Record<TunePhase, string>> = {
  knee: 'predicted knee',
  screen: 'screen',
  race: 'race',
  confirm: 'confirm',
};

/** A line for each fork: what is measured, and who is still open. Between forks alone, so that it disturbs none. */
export function tuneProgress(
  deps: Pick<CliDeps, 'stderr' | 'env' | 'clock'>,
  budgetMs: number,
): (event: TuneEvent) => void {
  let races = 0;
  const say = timedLines(deps);
  say(`a task alone, and what its code needs to be warm (budget ${seconds(budgetMs)})`);
  return event => {
    if (event.type === 'expected') {
      for (const line of leastLines(event.least, budgetMs, event.isKnown)) say(line);
    } else if (event.type === 'learned') {
      const { points } = event.tune;
      const first = points.filter(({ tier }) => tier === 0);
      const threads = first.map(({ workers }) => workers);
      const inFlight = first.map(({ inFlightPerWorker }) => inFlightPerWorker);
      const names = [...new Set(first.map(({ executor }) => executor))].join(', ');
      say(
        `${first.length} points: ${names} × ${span(threads.filter(count => count > 0))} threads × ${span(inFlight)} in flight each`,
      );
      const others = leftOutOf(points);
      if (others.length > 0) say(`without ${others.join(', ')} (--executors)`);
    } else if (event.type === 'step') {
      if (event.phase === 'race') races++;
      const forks = event.forks === 1 ? '' : `, ${event.forks} forks`;
      const number = event.phase === 'race' ? ` ${races}` : '';
      say(`${WHAT[event.phase]}${number}: ${event.ids.length} points${forks}`);
    } else if (event.type === 'fork') {
      if (event.fork < event.ofForks)
        say(`  ${WHAT[event.phase]}: ${event.fork} of ${event.ofForks} forks done`);
    } else if (event.type === 'measured' && event.phase !== 'confirm') {
      const { open } = event;
      if (open.length > 0 && event.phase !== 'knee') say(`  open: ${open.join(', ')}`);
    }
  };
}

function span(values: readonly number[]): string {
  if (values.length === 0) return 'no';
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? String(low) : `${low} to ${high}`;
}

/** What it takes in any case, and where the budget has no room for that the one that has. */
function leastLines(
  { leastMs, warmedMs, forks, enoughMs }: LeastTime,
  budgetMs: number,
  isKnown: boolean,
): string[] {
  const [least, warmed, budget] = [leastMs, warmedMs, budgetMs].map(wholeSeconds);
  const range = least === warmed ? `about ${least}` : `${least}, ${warmed} with code to warm up`;
  const what = `the least is ${range}: ${forks} ${forks === 1 ? 'fork confirms' : 'forks confirm'} it`;
  if (enoughMs === null) return [isKnown ? `${what}, the rest searches` : what];
  const few = isKnown ? 'it takes longer than' : 'it may take longer than';
  return [what, `${few} ${budget}: --budget ${wholeSeconds(enoughMs).replace(' ', '')} has room for that`];
}

function wholeSeconds(ms: number): string {
  return `${Math.ceil(ms / 1_000)} s`;
}
