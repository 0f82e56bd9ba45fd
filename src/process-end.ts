import { isRefusal, refusalRemedy, refusalText } from './refusals.js';
import type { ProcessEnd, ProcessLoss } from './schema/index.js';

/** `exited with code 1: Error: no such file`, `killed by SIGKILL`, `ran out of memory`: of a process, after its name. */
export function processEndText({ exitCode, signal, outOfMemory, message }: ProcessEnd): string {
  if (outOfMemory) return 'ran out of memory';
  const how =
    signal !== null
      ? `killed by ${signal}`
      : exitCode === null
        ? 'could not be started'
        : `exited with code ${exitCode}`;
  return message === null ? how : `${how}: ${message}`;
}

/** `host killed by SIGKILL`, `host could not be started: EMFILE, this process has too many open files. Raise …`. */
export function processLossText(loss: ProcessLoss): string {
  if (loss.code === 'process-ended') return `${loss.process} ${processEndText(loss)}`;
  const { process, errorCode, message } = loss;
  const isKnown = errorCode !== null && isRefusal(errorCode);
  const why = isKnown ? `${refusalText(errorCode)}. ${refusalRemedy(errorCode)}` : message;
  return `${process} could not be started: ${why}`;
}
