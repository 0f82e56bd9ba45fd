import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RemoteTotalReached, WorkerLost } from '../../../src/errors.js';
import { workerEnded } from '../../../src/executors/worker-exits.js';
import { errorText, lossText, lostTrialText } from '../../../src/report/words/losses.js';
import type { Loss, LossCode, LossOf } from '../../../src/schema/index.js';
import { lossSchema } from '../../../src/schema/loss.js';
import { trialSchema } from '../../../src/schema/trial.js';
import { freeTexts, LOSS_TEXTS } from '../../support/free-texts.js';
import { killed, makeLostTrial } from '../../support/report-fixture.js';

type Sample<Code extends LossCode> = readonly [values: Omit<LossOf<Code>, 'code'>, sentence: string];

const NO_END = { exitCode: null, signal: null, outOfMemory: false, message: null };
const THREAD = { worker: 'thread', number: null } as const;
const SECOND = { worker: 'thread', number: 2 } as const;

const UNCLONEABLE = {
  ...({ code: 'uncloneable', way: 'thread', path: 'result.at' } as const),
  ...({ what: 'function', quote: '() => 1' } as const),
};

const SAMPLES: { readonly [Code in LossCode]: readonly Sample<Code>[] } = {
  failed: [
    [{ by: null, message: 'no database here' }, 'no database here'],
    [{ by: 'piscina', message: 'no room' }, 'piscina: no room'],
  ],
  'executor-unusable': [
    [{ executor: 'my-pool' }, 'start() of my-pool returned no { run, [Symbol.asyncDispose] }'],
  ],
  'digest-threw': [
    [
      { task: 3, message: 'TypeError: no such field' },
      'digest(result) of the workload threw for task 3: TypeError: no such field',
    ],
  ],
  'process-ended': [
    [{ ...NO_END, process: 'host', signal: 'SIGKILL' }, 'host killed by SIGKILL'],
    [
      { ...NO_END, process: 'host', exitCode: 7, message: 'Error: no such thing' },
      'host exited with code 7: Error: no such thing',
    ],
    [
      { ...NO_END, process: 'host', signal: 'SIGABRT', outOfMemory: true, message: 'FATAL ERROR: heap' },
      'host ran out of memory',
    ],
  ],
  'process-not-started': [
    [
      { process: 'host', errorCode: 'EMFILE', message: 'spawn node EMFILE' },
      'host could not be started: EMFILE, this process has too many open files. Raise the limit (ulimit -n), or ask for fewer executors.',
    ],
    [
      { process: 'host', errorCode: null, message: 'spawn node ENOEXEC' },
      'host could not be started: spawn node ENOEXEC',
    ],
  ],
  'timed-out': [
    [{ step: 'warm-up', limitMs: 61_400 }, 'the warm-up did not end within 61 s and was stopped'],
  ],
  'host-gone': [[{}, 'its host was lost before']],
  'no-answer': [[{ process: 'origin' }, 'the origin did not answer']],
  'wrong-answer': [[{ answer: 'booted' }, 'the process answered out of turn (booted)']],
  'not-started': [[{}, 'a trial was asked for before the executor was started']],
  'run-over': [[{ process: 'host' }, 'host not started: the run is over']],
  'setup-ended': [
    [
      { ...NO_END, workload: 'set-up', exitCode: 3 },
      "the process of set-up's setup is gone: setup exited with code 3",
    ],
  ],
  'serve-ended': [
    [
      { ...NO_END, command: 'node server.mjs', exitCode: 5, output: ['listening', 'out of luck'] },
      '"node server.mjs" exited with code 5. It printed last: listening · out of luck',
    ],
    [
      { ...NO_END, command: 'server', message: 'spawn sh ENOENT', output: [] },
      '"server" could not be started: spawn sh ENOENT. It printed nothing.',
    ],
  ],
  'worker-ended': [
    [{ ...SECOND, host: null, exitCode: 0, signal: null }, 'worker thread 2 exited with code 0'],
    [{ ...THREAD, host: null, exitCode: null, signal: null }, 'a worker thread ended'],
    [
      { worker: 'process', number: null, host: 'blue', exitCode: null, signal: 'SIGKILL' },
      'blue: a worker process was killed by SIGKILL',
    ],
  ],
  'worker-failed': [
    [{ ...SECOND, message: 'RangeError: too far' }, 'worker thread 2 failed: RangeError: too far'],
  ],
  'worker-out-of-memory': [[SECOND, 'worker thread 2 ran out of memory']],
  'message-unreadable': [
    [{ ...SECOND, message: 'Error: no' }, 'worker thread 2 sent what cannot be read: Error: no'],
  ],
  'result-not-sent': [
    [{ number: null, task: null, message: null, uncloneable: null }, 'a result could not be sent'],
    [
      { number: null, task: 3, message: '() => 1 could not be cloned.', uncloneable: null },
      'the result of task 3 could not be sent: () => 1 could not be cloned.',
    ],
    [
      { number: 2, task: 3, message: null, uncloneable: UNCLONEABLE },
      'worker thread 2 could not send the result of task 3: result.at, a function (() => 1), cannot be sent to another thread',
    ],
  ],
  'payload-damaged': [[{ task: 2 }, 'the payload of task 2 did not come back whole']],
  'workers-not-open': [[{ opened: 1, workers: 4 }, 'only 1 of 4 workers have opened the workload']],
  'broker-lost': [
    [{ message: 'ECONNREFUSED' }, 'the broker is lost: ECONNREFUSED'],
    [{ message: null }, 'the broker is lost: its connection was closed'],
  ],
  'broker-silent': [[{ limitMs: 30_000 }, 'the broker has not answered for 30 s']],
  'broker-evicts': [
    [
      { policy: 'allkeys-lru' },
      'the broker was set to forget what it is given when it is full (maxmemory-policy allkeys-lru)',
    ],
  ],
  'broker-damaged': [
    [
      { what: 'result', fault: 'unknown-outcome' },
      'the broker holds a result that no worker of this run has sent: unknown outcome',
    ],
  ],
  'task-not-run': [[{ task: 3, message: 'no such job' }, 'task 3 could not be run: no such job']],
  'worker-not-replaced': [
    [
      { exitCode: 1, signal: null, message: 'no database' },
      'a worker process exited with code 1, and one in its place failed: no database',
    ],
    [
      { exitCode: 1, signal: null, message: null },
      'a worker process exited with code 1, and those in its place ended too',
    ],
  ],
  'worker-silent': [
    [{ host: 'blue', how: 'gone' }, 'the worker blue is gone'],
    [{ host: 'blue', how: 'no answer' }, 'the worker blue gives no answer'],
  ],
  'worker-refused': [
    [{ host: 'blue', why: 'failed', message: 'Error: no database' }, 'the worker blue: Error: no database'],
    [{ host: 'blue', why: 'busy', message: null }, 'the worker blue: it works for another run'],
  ],
  'all-workers-gone': [[{}, 'all workers are gone']],
};

const codes = Object.keys(SAMPLES) as LossCode[];
const samples = codes.flatMap(code =>
  (SAMPLES[code] as readonly Sample<LossCode>[]).map(
    ([values, sentence]) => [{ code, ...values } as Loss, sentence] as const,
  ),
);

it.each(samples)('%j', (loss, sentence) => {
  expect(lossSchema.parse(loss)).toEqual(loss);
  expect(lossText(loss)).toBe(sentence);
  expect(errorText(new WorkerLost(loss))).toBe(sentence);
});

it('says of a trial whether its executor had started', () => {
  expect(lostTrialText(makeLostTrial('no database here', { during: 'start' }))).toBe(
    'did not start: no database here',
  );
  expect(lostTrialText(makeLostTrial('', { during: 'warm-up', loss: killed('host') }))).toBe(
    'host killed by SIGKILL',
  );
});

it('keeps the words of any other error', () => {
  expect(errorText(new RemoteTotalReached(3, 4))).toContain('ended after 3 requests');
  expect(errorText(new WorkerLost('my pool is gone'))).toBe('my pool is gone');
});

it('an error is named by code and values where nobody has words for it', () => {
  const messageOf = (loss: Loss) => new WorkerLost(loss).message;
  expect(messageOf(workerEnded('thread', { exitCode: 0, signal: null }))).toBe(
    'worker-ended (worker thread, exitCode 0)',
  );
  expect(messageOf({ code: 'worker-failed', ...SECOND, message: 'Error: no database' })).toBe(
    'worker-failed (worker thread, number 2): Error: no database',
  );
});

it('what results keep of a trial holds no English: numbers, enums, names and quotes', () => {
  expect(freeTexts(lossSchema)).toEqual([...LOSS_TEXTS].sort());
  const [, lost] = trialSchema.options;
  expect(freeTexts(lost)).toEqual(freeTexts(lossSchema));
});

it('docs/findings.md has each code', () => {
  const page = readFileSync(new URL('../../../docs/findings.md', import.meta.url), 'utf8');
  const [, losses] = page.split('\n## Losses\n');
  const rows = [...losses!.matchAll(/^\| `([a-z-]+)` *\|/gm)];
  expect(rows.map(([, code]) => code).sort()).toEqual([...codes].sort());
});
