import type { Origin } from '../../../src/hosts/launcher.js';
import type { Bench, Bound, Check } from '../support/check.js';
import { startContestant, startOrigin } from '../support/contestant.js';
import { originSettings } from '../support/origin-settings.js';
import { interleave, medianOf, medianRatio } from '../support/pairs.js';
import { startScript } from '../support/script.js';
import { warmUp } from '../support/warm.js';

const IN_FLIGHT = 64;
const REQUESTS = 4_000;
const WAIT_MS = 5;

export const httpCpu: Check = {
  name: 'http-cpu',
  summary: 'CPU per request: promise-all and limited against bare undici scripts, without and with time-outs',
  async run(bench) {
    for (const [executor, shape] of [
      ['promise-all', 'all'],
      ['limited', 'lanes'],
    ] as const) {
      await compare(bench, { executor, shape, abortable: false }, { atMost: 1.05 });
      // Tasks can be timed out and aborted: what that costs a script explains what it costs here.
      await compare(bench, { executor, shape, abortable: true }, null);
    }
  },
};

interface Sides {
  readonly executor: string;
  readonly shape: string;
  /** Whether the bare script gives each request a signal, as the executor does. */
  readonly abortable: boolean;
}

async function compare(bench: Bench, sides: Sides, bound: Bound): Promise<void> {
  await using origin = await startOrigin(bench.launcher, originSettings(WAIT_MS));
  const cpuUs: (readonly [number, number])[] = [];
  // How V8 optimises the client varies from process to process by more than the bound: several of each.
  for (let fork = 0; fork < (bench.quick ? 1 : 4); fork++)
    cpuUs.push(...(await pairsOfFork(bench, origin, sides)));
  const ourUs = medianOf(cpuUs, ([us]) => us).toFixed(1);
  const bareUs = medianOf(cpuUs, ([, us]) => us).toFixed(1);
  bench.report({
    measured: `${sides.executor} on http, CPU per request`,
    baseline: `a bare undici script${sides.abortable ? ' with an AbortController a request' : ''}`,
    value: medianRatio(cpuUs),
    unit: '×',
    bound,
    note: `${ourUs} and ${bareUs} µs`,
  });
}

/** CPU time in µs a request, ours and bare, of fresh processes that have warmed up. */
async function pairsOfFork({ launcher, quick }: Bench, origin: Origin, sides: Sides) {
  const { executor, shape, abortable } = sides;
  const params = { waitMs: WAIT_MS };
  const spec = { workload: 'http', executor, tasks: REQUESTS, inFlight: IN_FLIGHT, params };
  const config = { url: origin.url, connections: IN_FLIGHT, shape, inFlight: IN_FLIGHT, abortable };
  await using ours = await startContestant(launcher, spec, { origin });
  await using bare = await startScript('baselines/undici', config);
  const runBare = () => bare.trial(REQUESTS);
  await warmUp(quick ? 3 : 6, () => ours.trial(), runBare);
  const pairs = await interleave(quick ? 5 : 9, () => ours.trial(), runBare);
  return pairs.map(([a, b]) => [(a.cpuMs / REQUESTS) * 1000, (b.cpuMs / REQUESTS) * 1000] as const);
}
