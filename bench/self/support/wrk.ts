import type { Generator, GeneratorRun } from './generator.js';

/** By Will Glozer: C, epoll, http_parser. One thread: one loop, as `limited` has. */
export const wrk: Generator = {
  name: 'wrk',
  p50StepMs: 0.01,
  command: ({ url, headers, connections, seconds }) => [
    'wrk',
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--latency',
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    url,
  ],
  parse: parseWrk,
};

const UNIT_MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Lines that are there only when something went wrong. */
const FAILURES = /^\s*(?:Socket errors|Non-2xx or 3xx responses):.*$/gm;

/** @throws Error see `Generator.parse` */
export function parseWrk(output: string): GeneratorRun {
  const failures = output.match(FAILURES);
  if (failures !== null) throw new Error(`wrk: ${failures.map(line => line.trim()).join('; ')}`);
  const requests = /^\s*(\d+) requests in /m.exec(output)?.[1];
  const perSecond = /^Requests\/sec:\s+([\d.]+)$/m.exec(output)?.[1];
  const [, p50, unit] = /^\s*50%\s+([\d.]+)(us|ms|s|m|h)\s*$/m.exec(output) ?? [];
  if (requests === undefined || perSecond === undefined || p50 === undefined || unit === undefined)
    throw new Error(`wrk wrote something else than expected:\n${output}`);
  return { requests: Number(requests), perSecond: Number(perSecond), p50Ms: Number(p50) * UNIT_MS[unit]! };
}
