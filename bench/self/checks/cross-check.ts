import { setTimeout as pause } from 'node:timers/promises';
import type { Origin } from '../../../src/hosts/launcher.js';
import type { Bench, Check } from '../support/check.js';
import { type LastingContestant, startLastingContestant, startOrigin } from '../support/contestant.js';
import {
  type CrossFigure,
  cpuMsPerFurtherRequest,
  crossFigure,
  type Side,
  seenByOrigin,
  spanOf,
  type TimedRun,
} from '../support/cross-figures.js';
import { type CrossSection, cellOf, labelOf, renderCrossTable, spanText } from '../support/cross-table.js';
import type { Generator } from '../support/generator.js';
import { originSettings } from '../support/origin-settings.js';
import { onePair, type Pair } from '../support/pairs.js';
import { pickGenerator } from '../support/pick-generator.js';
import { isInstalled, runTimed } from '../support/timed-command.js';

const CONNECTIONS = 64;
const WARM_UP_S = 1;
const MEASURED_S = 2;
const REST_MS = 200;
const AGREEMENT = 0.05;
const PATH = '/todos/1';
/** The http workload tells requests of one URL apart by this header: theirs have it too, to be the same. */
const HEADERS = { 'x-request-id': '1' };

/**
 * Waiting decides at the first, so that whoever measures rightly finds the same. A wave of 64 answers takes undici about
 * 2 ms to handle, 1 ms in the middle: of 50 ms that is little, of 10 ms a tenth (a difference between the clients, not
 * between their clocks), and at the last the origin or the client is all there is.
 */
const TARGETS = [
  { name: 'answers after 50 ms', waitMs: 50, isBounded: true },
  { name: 'answers after 10 ms', waitMs: 10, isBounded: false },
  { name: 'answers at once', waitMs: 0, isBounded: false },
] as const;

const COMPARED = ['perSecond', 'p50Ms', 'cpuMsPerRequest'] as const;
/** In the table only: they say where a difference comes from. */
const SEEN_BY_ORIGIN = ['heldByOriginMs', 'countedShare', 'originBusyShare'] as const;

type Target = (typeof TARGETS)[number];

export const crossCheck: Check = {
  name: 'cross-check',
  summary: 'limited on http against another load generator at the same origin: wrk, or autocannon without it',
  async run(bench) {
    const generator = pickGenerator(isInstalled);
    // An even number: each side is first in half of them.
    const forks = bench.quick ? 2 : 6;
    if (generator.name !== 'wrk')
      console.log(
        'cross-check: wrk is not installed: autocannon instead, whose p50 is in whole ms and not judged',
      );
    const sections: CrossSection[] = [];
    for (const target of bench.quick ? TARGETS.slice(0, 1) : TARGETS)
      sections.push(await compareAt(bench, generator, target, forks));
    for (const line of ['', ...renderCrossTable(generator.name, forks, sections), '']) console.log(line);
  },
};

async function compareAt(
  bench: Bench,
  generator: Generator,
  target: Target,
  forks: number,
): Promise<CrossSection> {
  const pairs: Pair<Side, Side>[] = [];
  for (let fork = 0; fork < forks; fork++)
    pairs.push(await pairOfFork(bench, generator, target.waitMs, fork));
  const compared = COMPARED.map(name => crossFigure(name, pairs));
  for (const figure of compared) reportFigure(bench, generator, target, figure);
  return {
    origin: target.name,
    figures: [...compared, ...SEEN_BY_ORIGIN.map(name => crossFigure(name, pairs))],
  };
}

function reportFigure(bench: Bench, generator: Generator, target: Target, figure: CrossFigure) {
  const { ours, theirs, comparison } = figure;
  const interval = spanOf(comparison);
  if (comparison.ratio === null || interval === null) return;
  bench.report({
    measured: `limited on http, ${labelOf(figure.name)}, origin ${target.name}`,
    baseline: generator.name,
    value: comparison.ratio,
    interval,
    unit: '×',
    bound: isBounded(figure.name, generator, target) ? { within: AGREEMENT } : null,
    note: `${cellOf(figure.name, ours)} and ${cellOf(figure.name, theirs)}, ratio ${spanText(figure)}`,
  });
}

/** Where the origin's wait decides; of p50 only with a generator that can tell it finely enough. */
function isBounded(name: CrossFigure['name'], { p50StepMs }: Generator, target: Target): boolean {
  if (!target.isBounded) return false;
  return name === 'perSecond' || (name === 'p50Ms' && p50StepMs <= target.waitMs * AGREEMENT);
}

/** Both sides once at the same origin, all of fresh processes that have warmed up. */
async function pairOfFork({ launcher }: Bench, generator: Generator, waitMs: number, fork: number) {
  await using origin = await startOrigin(launcher, originSettings(waitMs));
  const spec = {
    workload: 'http',
    executor: 'limited',
    durationMs: MEASURED_S * 1000,
    inFlight: CONNECTIONS,
    params: { waitMs, path: PATH },
  };
  await using ours = await startLastingContestant(launcher, spec, { origin });
  await ours.trial(WARM_UP_S * 1000);
  const warmUp = await runGenerator(generator, origin, WARM_UP_S);
  // Awaited here: a bare return would end both before they are measured.
  return await onePair(
    fork,
    () => ourSide(ours, origin),
    () => theirSide(generator, origin, warmUp),
  );
}

async function ourSide(ours: LastingContestant, origin: Origin): Promise<Side> {
  await rest(origin);
  const { tasksPerSecond, serviceMs, cpuMsPerTask, outcomes } = await ours.trial(MEASURED_S * 1000);
  return {
    perSecond: tasksPerSecond,
    p50Ms: serviceMs.p50!,
    cpuMsPerRequest: cpuMsPerTask,
    ...seenByOrigin(await origin.counters(), outcomes.completed),
  };
}

async function theirSide(generator: Generator, origin: Origin, warmUp: TimedRun): Promise<Side> {
  await rest(origin);
  const run = await runGenerator(generator, origin, MEASURED_S);
  return {
    perSecond: run.perSecond,
    p50Ms: run.p50Ms,
    cpuMsPerRequest: cpuMsPerFurtherRequest(warmUp, run),
    ...seenByOrigin(await origin.counters(), run.requests),
  };
}

/** What one side left behind must not slow the other down; the origin counts from here on. */
async function rest(origin: Origin): Promise<void> {
  await pause(REST_MS);
  await origin.counters();
}

async function runGenerator(generator: Generator, { url }: Origin, seconds: number): Promise<TimedRun> {
  const load = { url: `${url}${PATH}`, headers: HEADERS, connections: CONNECTIONS, seconds };
  const [file, ...args] = generator.command(load);
  const { stdout, cpuMs } = await runTimed(file, args);
  return { ...generator.parse(stdout), cpuMs };
}
