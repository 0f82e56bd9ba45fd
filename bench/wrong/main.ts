/** `npm run bench:wrong`: for each rule of docs/methodology.md what goes wrong without it, in figures of this run. */
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

const measurements: readonly (() => Promise<Example | readonly Example[]>)[] = [
  batchExamples,
  pairingExample,
  forkExample,
  equalityExample,
  percentileExample,
  failureExample,
  clockExample,
  omissionExample,
  overloadExample,
  littleExample,
  busyExample,
];

console.log(
  `Node ${process.versions.node} · ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'} · ${systemClock.date().toISOString().slice(0, 10)}\n`,
);
console.log('| rule | with it | without it |');
console.log('| --- | --- | --- |');
// One after the other: two measurements at once would be the next example.
for (const make of measurements) {
  for (const { rule, right, wrong } of [await make()].flat())
    console.log(`| ${rule} | ${right} | ${wrong} |`);
}
