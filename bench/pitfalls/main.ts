/** `npm run bench:pitfalls`: for each rule of docs/methodology.md what goes wrong without it, in figures of this run. */
import { cpus } from 'node:os';
import { systemClock } from '../../src/clock.js';
import {
  batchExamples,
  clockExample,
  equalityExample,
  failureExample,
  forkExample,
  pairingExample,
  percentileExample,
} from './batches.js';
import type { Example } from './example.js';
import { busyExample, littleExample, omissionExample, overloadExample } from './loads.js';

/** In the order in which they run; `npm run bench:pitfalls -- NAME…` makes some of them. */
const measurements: Readonly<Record<string, () => Promise<Example | readonly Example[]>>> = {
  batches: batchExamples,
  pairs: pairingExample,
  forks: forkExample,
  equality: equalityExample,
  percentiles: percentileExample,
  failures: failureExample,
  clock: clockExample,
  omission: omissionExample,
  overload: overloadExample,
  little: littleExample,
  busy: busyExample,
};

const asked = process.argv.slice(2);
const unknown = asked.filter(name => !Object.hasOwn(measurements, name));
if (unknown.length > 0) {
  console.error(
    `error: expected some of ${Object.keys(measurements).join(', ')}, got ${unknown.join(', ')}. Leave them out for all.`,
  );
  process.exit(2);
}

console.log(
  `Node ${process.versions.node} · ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'} · ${systemClock.date().toISOString().slice(0, 10)}\n`,
);
console.log('| rule | with it | without it |');
console.log('| --- | --- | --- |');
// One after the other: two measurements at once would be the next example.
for (const name of asked.length === 0 ? Object.keys(measurements) : asked) {
  for (const { rule, right, wrong } of [await measurements[name]!()].flat())
    console.log(`| ${rule} | ${right} | ${wrong} |`);
}
