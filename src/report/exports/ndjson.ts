import type { Report } from '../../schema/index.js';
import { harmlessData } from '../text.js';
import { familyOf, workerName } from '../words/labels.js';
import { type RecordedTask, type Recording, recordingsOf } from './recordings.js';

/**
 * A line of JSON for each recorded task.
 *
 * @throws UsageError for a report without any
 */
export function renderNdjson(untrusted: Report): string {
  const recordings = recordingsOf(harmlessData(untrusted), 'ndjson');
  return recordings
    .flatMap(recording => recording.tasks.map(task => `${JSON.stringify(lineOf(recording, task))}\n`))
    .join('');
}

function lineOf({ result, executor: { variant } }: Recording, task: RecordedTask) {
  const { index, worker, queuedMs, startedMs, finishedMs, deliveredMs, outcome, says } = task;
  return {
    scenario: result.scenario.id,
    executor: variant.name,
    variant: variant.id,
    worker: workerName(familyOf(variant), worker),
    index,
    outcome,
    queuedMs,
    startedMs,
    finishedMs,
    deliveredMs,
    waitMs: between(queuedMs, startedMs),
    serviceMs: between(startedMs, finishedMs),
    deliveryMs: between(finishedMs, deliveredMs),
    latencyMs: between(queuedMs, deliveredMs),
    says,
  };
}

/** To the nanosecond, as clocks have it: a difference of doubles has dust behind that. */
function between(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null ? null : Number((toMs - fromMs).toFixed(6));
}
