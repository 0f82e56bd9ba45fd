import { messageOf, WorkerLost } from '../../errors.js';
import { processEndText, processLossText } from '../../process-end.js';
import type { Loss, LossCode, LossOf, LossStage, WorkerRefusal } from '../../schema/index.js';
import { uncloneableText } from '../../uncloneable-text.js';

type LossTexts = { readonly [Code in LossCode]: (loss: LossOf<Code>) => string };

/** Why a trial was lost, or a run ended, without a full stop: `worker thread 1 exited with code 3`. */
export function lossText(loss: Loss): string {
  return (TEXTS[loss.code] as (loss: Loss) => string)(loss);
}

/** The same of a trial: `did not start: host killed by SIGKILL`. */
export function lostTrialText({ during, loss }: { readonly during: LossStage; readonly loss: Loss }): string {
  return during === 'start' ? `did not start: ${lossText(loss)}` : lossText(loss);
}

/** Of what went wrong beside the measurements. */
export function faultText(reason: Loss | string): string {
  return typeof reason === 'string' ? reason : lossText(reason);
}

/** What an error says to people. */
export function errorText(error: unknown): string {
  return error instanceof WorkerLost ? lossText(error.loss) : messageOf(error);
}

const STEPS: Readonly<Record<LossOf<'timed-out'>['step'], string>> = {
  start: 'the start',
  trial: 'the trial',
  'warm-up': 'the warm-up',
  comparison: 'the comparison',
};

const REFUSALS: Readonly<Record<WorkerRefusal, string>> = {
  'other-module': 'it was not started with the module that this run has',
  'files-changed': 'the files of the module have changed since it was started',
  busy: 'it works for another run',
  'too-small': 'it has fewer processes, or takes fewer tasks at a time',
  'not-working': 'it does not work for this run',
};

const TEXTS: LossTexts = {
  failed: ({ by, message }) => (by === null ? message : `${by}: ${message}`),
  'executor-unusable': ({ executor }) => `start() of ${executor} returned no { run, [Symbol.asyncDispose] }`,
  'digest-threw': ({ task, message }) => `digest(result) of the workload threw for task ${task}: ${message}`,
  'process-ended': processLossText,
  'process-not-started': processLossText,
  'timed-out': ({ step, limitMs }) =>
    `${STEPS[step]} did not end within ${Math.round(limitMs / 1_000)} s and was stopped`,
  'host-gone': () => 'its host was lost before',
  'no-answer': ({ process }) => `the ${process} did not answer`,
  'wrong-answer': ({ answer }) => `the process answered out of turn (${answer})`,
  'not-started': () => 'a trial was asked for before the executor was started',
  'run-over': ({ process }) => `${process} not started: the run is over`,
  'setup-ended': ({ workload, ...end }) =>
    `the process of ${workload}'s setup is gone: setup ${processEndText(end)}`,
  'serve-ended': ({ command, output, ...end }) => {
    const printed = output.length === 0 ? 'It printed nothing.' : `It printed last: ${output.join(' · ')}`;
    return `"${command}" ${processEndText(end)}. ${printed}`;
  },
  'worker-ended': loss => `${loss.host === null ? '' : `${loss.host}: `}${workerText(loss)} ${endText(loss)}`,
  'worker-failed': loss => `${workerText(loss)} failed: ${loss.message}`,
  'worker-out-of-memory': loss => `${workerText(loss)} ran out of memory`,
  'message-unreadable': loss => `${workerText(loss)} sent what cannot be read: ${loss.message}`,
  'result-not-sent': ({ number, task, message, uncloneable }) => {
    const result = task === null ? 'a result' : `the result of task ${task}`;
    const what =
      number === null ? `${result} could not be sent` : `worker thread ${number} could not send ${result}`;
    const why = uncloneable === null ? message : uncloneableText(uncloneable);
    return why === null ? what : `${what}: ${why}`;
  },
  'payload-damaged': ({ task }) => `the payload of task ${task} did not come back whole`,
  'workers-not-open': ({ opened, workers }) =>
    `only ${opened} of ${workers} workers have opened the workload`,
  'broker-lost': ({ message }) => `the broker is lost: ${message ?? 'its connection was closed'}`,
  'broker-silent': ({ limitMs }) => `the broker has not answered for ${Math.round(limitMs / 1_000)} s`,
  'broker-evicts': ({ policy }) =>
    `the broker was set to forget what it is given when it is full (maxmemory-policy ${policy})`,
  'broker-damaged': ({ what, fault }) =>
    `the broker holds a ${what} that no worker of this run has sent: ${fault.replaceAll('-', ' ')}`,
  'task-not-run': ({ task, message }) => `task ${task} could not be run: ${message}`,
  'worker-not-replaced': ({ message, ...ending }) =>
    `a worker process ${endText(ending)}, and ${message === null ? 'those in its place ended too' : `one in its place failed: ${message}`}`,
  'worker-silent': ({ host, how }) => `the worker ${host} ${how === 'gone' ? 'is gone' : 'gives no answer'}`,
  'worker-refused': ({ host, why, message }) =>
    `the worker ${host}: ${why === 'failed' ? message : REFUSALS[why]}`,
  'all-workers-gone': () => 'all workers are gone',
};

/** `worker thread 2`; `a worker thread`, where its pool does not number them. */
function workerText({ worker, number }: Pick<LossOf<'worker-failed'>, 'worker' | 'number'>): string {
  return number === null ? `a worker ${worker}` : `worker ${worker} ${number}`;
}

function endText({ exitCode, signal }: Pick<LossOf<'worker-ended'>, 'exitCode' | 'signal'>): string {
  if (signal !== null) return `was killed by ${signal}`;
  return exitCode === null ? 'ended' : `exited with code ${exitCode}`;
}
