import type { Origin } from '../../../src/hosts/launcher.js';
import type { Bench, Check } from '../support/check.js';
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
  summary: 'CPU per request: promise-all and limited against a bare undici script',
  async run(bench) {
    await compare(bench, 'promise-all', 'all');
    await compare(bench, 'limited', 'lanes');
  },
};

async function compare(bench: Bench, executor: string, shape: string): Promise<void> {
  await using origin = await startOrigin(bench.launcher, originSettings(WAIT_MS));
  const cpuUs: (readonly [number, number])[] = [];
  // How V8 optimises the client varies from process to process by more than the bound: several of each.
  for (let fork = 0; fork < (bench.quick ? 1 : 4); fork++)
    cpuUs.push(...(await pairsOfFork(bench, origin, executor, shape)));
  const ourUs = medianOf(cpuUs, ([us]) => us).toFixed(1);
  const bareUs = medianOf(cpuUs, ([, us]) => us).toFixed(1);
  bench.report({
    measured: `${executor} on http, CPU per request`,
    baseline: 'a bare undici script',
    value: medianRatio(cpuUs),
    unit: '×',
    bound: { atMost: 1.05 },
    note: `${ourUs} and ${bareUs} µs`,
  });
}

/** CPU time in µs a request, ours and bare, of fresh processes that have warmed up. */
async function pairsOfFork({ launcher, quick }: Bench, origin: Origin, executor: string, shape: string) {
  const params = { waitMs: WAIT_MS };
  const spec = { workload: 'http', executor, tasks: REQUESTS, inFlight: IN_FLIGHT, params };
  const config = { url: origin.url, connections: IN_FLIGHT, shape, inFlight: IN_FLIGHT };
  await using ours = await startContestant(launcher, spec, { origin });
  await using bare = await startScript('baselines/undici', config);
  const runBare = () => bare.trial(REQUESTS);
  await warmUp(quick ? 3 : 6, () => ours.trial(), runBare);
  const pairs = await interleave(quick ? 5 : 9, () => ours.trial(), runBare);
  return pairs.map(([a, b]) => [(a.cpuMs / REQUESTS) * 1000, (b.cpuMs / REQUESTS) * 1000] as const);
}
