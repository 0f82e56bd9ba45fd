import { createRequire } from 'node:module';
import type { Generator, GeneratorRun } from './generator.js';

const require = createRequire(import.meta.url);

/** By Matteo Collina: Node, its own HTTP parser. Its histogram has whole ms, rounded down. */
export const autocannon: Generator = {
  name: 'autocannon',
  p50StepMs: 1,
  command: ({ url, headers, connections, seconds }) => [
    process.execPath,
    require.resolve('autocannon'),
    '-c',
    String(connections),
    '-d',
    String(seconds),
    '--json',
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]),
    url,
  ],
  parse: parseAutocannon,
};

/** What is read of its JSON. */
interface AutocannonResult {
  /** Seconds, to two decimals. */
  readonly duration: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly non2xx: number;
  readonly '2xx': number;
  readonly latency: { readonly p50: number };
}

/** @throws Error see `Generator.parse` */
export function parseAutocannon(output: string): GeneratorRun {
  const result = JSON.parse(output) as AutocannonResult;
  const failures = (['errors', 'timeouts', 'non2xx'] as const).filter(kind => result[kind] > 0);
  if (failures.length > 0)
    throw new Error(`autocannon: ${failures.map(kind => `${result[kind]} ${kind}`).join(', ')}`);
  const requests = result['2xx'];
  const run = { requests, perSecond: requests / result.duration, p50Ms: result.latency?.p50 };
  // A missing field makes a figure NaN or undefined.
  if (!Object.values(run).every(Number.isFinite))
    throw new Error(`autocannon wrote something else than expected:\n${output}`);
  return run;
}
