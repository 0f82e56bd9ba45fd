import type { MapEvent } from '../map/map.js';
import { exactNumber, NONE, times } from '../report/format.js';
import { STATE_WORDS } from '../report/words/map.js';
import type { CliDeps } from './deps.js';
import { seconds } from './time-left.js';
import { timedLines } from './timed-lines.js';

/** A line for each cell, when it is measured. Between cells alone, so that it disturbs none. */
export function mapProgress(
  deps: Pick<CliDeps, 'stderr' | 'env' | 'clock'>,
  budgetMs: number,
): (event: MapEvent) => void {
  const say = timedLines(deps);
  say(`where threads pay (budget ${seconds(budgetMs)})`);
  return event => {
    if (event.type !== 'measured') return;
    const { waitMs, cpuMs, ratio, state, forks } = event.cell;
    const where = `waits ${exactNumber(waitMs)} ms, computes ${exactNumber(cpuMs)} ms`;
    const interval = ratio === null ? NONE : times(ratio);
    say(`${where}: ${interval}, ${STATE_WORDS[state]} (${forks} forks)`);
  };
}
