import type { Environment, Report } from '../../schema/index.js';
import { duration, exactNumber } from '../format.js';
import type { Paint } from '../terminal/paint.js';
import { truncate, widthOf, wrap } from '../text.js';

const PROGRAM = 'threads-vs-loop';

/** Where and how the figures were made, and whether they are all. */
export function header(report: Report, width: number, paint: Paint): string[] {
  const facts = factsOf(report);
  const room = width - widthOf(PROGRAM) - 3;
  const first =
    widthOf(facts) <= room
      ? [`${paint.strong(PROGRAM)}   ${paint.quiet(facts)}`]
      : [paint.strong(truncate(PROGRAM, width)), ...wrap(facts, width).map(paint.quiet)];
  return report.interrupted ? [...first, ...wrap(interruption(report), width).map(paint.state.WEAK)] : first;
}

/** `Node 20.20 · 2 cores · 6 executors · seed 7 · 61 s`. */
export function factsOf({ environment, scenarios, seed, elapsedMs }: Report): string {
  const names = new Set(scenarios.flatMap(({ executors }) => executors.map(({ variant: { name } }) => name)));
  const executors = `${names.size} ${names.size === 1 ? 'executor' : 'executors'}`;
  const facts = [`Node ${nodeVersion(environment)}`, coresText(environment), executors, `seed ${seed}`];
  return [...facts, duration(elapsedMs)].join(' · ');
}

function nodeVersion({ node }: Environment): string {
  return node.replace(/^v/, '').split('.').slice(0, 2).join('.');
}

/** `2 cores`; `1.5 of 8 cores` where a cgroup limits them. */
export function coresText({ cores, cgroupCores }: Environment): string {
  const limited = cgroupCores !== null && cgroupCores < cores;
  const number = limited ? `${exactNumber(cgroupCores)} of ${cores}` : String(cores);
  return `${number} ${cores === 1 ? 'core' : 'cores'}`;
}

function interruption({ plan, scenarios }: Report): string {
  const planned = plan.scenarios.length;
  return `Interrupted: ${scenarios.length} of ${planned} ${planned === 1 ? 'scenario' : 'scenarios'} measured, what was finished is shown`;
}
