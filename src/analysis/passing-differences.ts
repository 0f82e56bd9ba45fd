import type { DifferenceCode, Environment, Report, RunDifference } from '../schema/index.js';

/** Half a core more at work for others. */
const LOAD_AVERAGE = 0.5;
/** Of CPU time. */
const STEAL_SHARE = 0.01;
const MEMORY_SHARE = 0.1;
/** By which the calibrated kernel of the `cpu` workload was faster or slower: the clock of the machine. */
const KERNEL_SHARE = 0.05;

type Values = Pick<RunDifference, 'base' | 'next'>;

/** What passes: another hour, a busier machine, another seed. It makes no comparison wrong, and any of them doubtful. Pure. */
export function passingDifferences(base: Report, next: Report): RunDifference[] {
  const [before, after] = [base.environment, next.environment];
  const isSameMajor = before.node.split('.')[0] === after.node.split('.')[0];
  return [
    ...when(isSameMajor && before.node !== after.node, 'node', { base: before.node, next: after.node }),
    ...measured(
      'load-average',
      before.loadAverage1m,
      after.loadAverage1m,
      (a, b) => Math.abs(a - b) > LOAD_AVERAGE,
    ),
    ...measured('steal', before.stealShare, after.stealShare, (a, b) => Math.abs(a - b) > STEAL_SHARE),
    ...measured('memory', before.memoryBytes, after.memoryBytes, isApartBy(MEMORY_SHARE)),
    ...measured('kernel-speed', before.cpuIterationsPerMs, after.cpuIterationsPerMs, isApartBy(KERNEL_SHARE)),
    ...when(base.seed !== next.seed, 'seed', { base: base.seed, next: next.seed }),
    ...when(base.interrupted || next.interrupted, 'interrupted', {
      base: base.interrupted,
      next: next.interrupted,
    }),
    ...timeBetween(base, next),
  ];
}

/** One for each package of another version; of those that both runs know. */
export function packageDifferences(base: Environment, next: Environment): RunDifference[] {
  return Object.entries(base.versions).flatMap(([name, before]) => {
    const after = next.versions[name];
    return when(
      after !== undefined && after !== before,
      'package',
      { base: before, next: after ?? null },
      name,
    );
  });
}

/** From the end of the earlier run to the start of the later; below 0 where they overlap. */
function timeBetween(base: Report, next: Report): RunDifference[] {
  const [first, last] = [base, next].toSorted((a, b) => startOf(a) - startOf(b));
  const betweenMs = startOf(last!) - (startOf(first!) + first!.elapsedMs);
  return when(Number.isFinite(betweenMs), 'time-between', { base: 0, next: betweenMs });
}

function startOf({ startedAt }: Report): number {
  return Date.parse(startedAt);
}

function isApartBy(share: number) {
  return (a: number, b: number) => Math.max(a, b) > Math.min(a, b) * (1 + share);
}

/** Nothing where one of them is not known. */
function measured(
  code: DifferenceCode,
  base: number | null,
  next: number | null,
  isApart: (a: number, b: number) => boolean,
): RunDifference[] {
  return when(base !== null && next !== null && isApart(base, next), code, { base, next });
}

function when(
  isSo: boolean,
  code: DifferenceCode,
  values: Values,
  name: string | null = null,
): RunDifference[] {
  return isSo ? [{ code, isGrave: false, scenario: null, executor: null, name, ...values }] : [];
}
