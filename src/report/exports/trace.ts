import { gzipSync } from 'node:zlib';
import type { Report } from '../../schema/index.js';
import { harmlessData } from '../text.js';
import { recordingsOf } from './recordings.js';
import { processEvents } from './trace-events.js';

/**
 * The recorded tasks in Chrome's trace event format, gzipped: ui.perfetto.dev and chrome://tracing open it as it is.
 *
 * @throws UsageError for a report without any
 */
export function renderTrace(untrusted: Report): Uint8Array {
  const report = harmlessData(untrusted);
  const { generator, startedAt, seed, environment } = report;
  const traceEvents = recordingsOf(report, 'trace').flatMap((recording, at) =>
    processEvents(recording, at + 1),
  );
  const otherData = { generator, startedAt, seed, node: environment.node, cpuModel: environment.cpuModel };
  return gzipSync(JSON.stringify({ traceEvents, displayTimeUnit: 'ms', otherData }));
}
