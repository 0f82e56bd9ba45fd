import type { Check } from '../support/check.js';
import { perSecond } from '../support/measured.js';
import { startScript } from '../support/script.js';

const TASKS = 1_000_000;
const WORKERS = 8;
const CONCURRENCY = 16;
const MEGABYTE = 1_000_000;
/** As many again need no more memory: the times of more than a million are in histograms. */
const MOST_MEMORY_MB = 300;

export const brokerMillion: Check = {
  name: 'broker-million',
  summary:
    'no-op tasks through bullmq and 8 workers (--tasks, 1,000,000): none lost, none counted twice, memory of the controller',
  async run({ quick, tasks: asked, report }) {
    const tasks = asked ?? (quick ? TASKS / 20 : TASKS);
    const config = { workers: WORKERS, concurrency: CONCURRENCY, most: tasks };
    await using script = await startScript('support/broker-scale', config);
    const measured = await script.trial(tasks);
    const many = tasks.toLocaleString('en-US');
    // One that is not told keeps to no bound.
    const told = (name: string) => measured.figures?.[name] ?? Number.NaN;
    const rate = `${Math.round(perSecond(tasks, measured))} a second`;
    const none = { baseline: 'none', unit: 'runs', bound: { atMost: 0 } } as const;
    report({
      ...none,
      measured: `bullmq, of ${many} tasks lost, or not as they were counted`,
      value: told('lost') + told('faults'),
      note: `${(measured.wallMs / 1_000).toFixed(0)} s, ${rate}`,
    });
    report({
      ...none,
      measured: `bullmq, of ${many} tasks counted twice`,
      value: told('countedTwice'),
      note: `${told('duplicates')} results came twice`,
    });
    report({
      ...none,
      measured: `bullmq, percentiles of ${many} tasks that are not told`,
      value: told('untold'),
      note: `p99 of the latency ${(told('p99Ms') / 1_000).toFixed(1)} s`,
    });
    report({
      measured: `bullmq, peak memory of the controller of ${many} tasks`,
      baseline: '',
      value: told('rssBytes') / MEGABYTE,
      unit: 'MB',
      bound: { atMost: MOST_MEMORY_MB },
      note: `${WORKERS} workers of ${CONCURRENCY}`,
    });
  },
};
