import type { Tune } from '../../schema/index.js';
import { bytes, duration } from '../format.js';
import { listed } from './labels.js';
import { type Answered, confirmedOf } from './tune-answered.js';
import { secondsText } from './tune-surety.js';

/** Below this part of what it needs code is another than it will be. */
const MUCH_LESS = 3;
/** A new isolate is given half as much again as it needs. */
const WARM_UP_MARGIN = 1.5;

/** What a task does, and from when on threads pay for it. */
export function taskText(said: Answered): string | null {
  const { alone } = said.tune;
  if (alone === null) return null;
  const { parts } = alone;
  // V8 compiles and collects for it on threads of its own.
  const computesMs = parts == null ? 0 : Math.max(parts.computesMs, alone.cpuMs - parts.offThreadMs);
  const does =
    parts == null
      ? `A task takes ${duration(alone.serviceMs)} and ${duration(alone.cpuMs)} of CPU time`
      : `A task ${listed(
          [
            computesMs > 0 ? `computes ${duration(computesMs)}` : null,
            parts.blocksMs > 0 ? `blocks its thread for ${duration(parts.blocksMs)}` : null,
            parts.offThreadMs > 0 ? `has ${duration(parts.offThreadMs)} computed on other threads` : null,
            parts.childrenMs > 0 ? `has ${duration(parts.childrenMs)} computed by child processes` : null,
            parts.waitsMs > 0 ? `waits ${duration(parts.waitsMs)}` : null,
          ].filter(part => part !== null),
        )}`;
  const pays = breakEvenText(said);
  return [does, pays, threadText(said)].filter(part => part !== null).join('; ');
}

/** `a new thread takes 10 MB, and 1.7 s of CPU time to its speed`. */
function threadText(said: Answered): string | null {
  const { warmUp } = said.tune;
  const memory = threadBytes(said);
  const takes = [
    memory === null ? null : bytes(memory),
    warmUp === null ? null : `${neededText(warmUp)} of CPU time to its speed`,
  ].filter(part => part !== null);
  return takes.length === 0 ? null : `a new thread takes ${takes.join(', and ')}`;
}

/** `1.7 s`; `more than 8.0 s`, where the code was still changing when the longest pilot ended. */
function neededText({ cpuMs, settled }: NonNullable<Tune['warmUp']>): string {
  const seen = duration(cpuMs / WARM_UP_MARGIN);
  return settled ? seen : `more than ${seen}`;
}

/** What threads have more than the loop, each. */
function threadBytes(said: Answered): number | null {
  const { choice, answer } = said;
  const [own, loop] = [answer.choice, answer.loop].map(id => confirmedOf(said, id)?.memoryBytes ?? null);
  if (choice.workers === 0 || own == null || loop == null || own <= loop) return null;
  return (own - loop) / choice.workers;
}

/**
 * What a task costs more in a thread than on the loop has to be gained by the cores: with n of them from
 * cost ÷ (n − 1) of computing on.
 */
function breakEvenText(said: Answered): string | null {
  const { answer, choice, tune } = said;
  const [loop, own] = [answer.loop, answer.choice].map(id => confirmedOf(said, id));
  // Through a broker there is more to gain: that has a sentence of its own.
  if (choice.hasBroker === true) return null;
  const cores = Math.min(choice.workers, tune.cores);
  if (loop?.cpuMsPerTask == null || own?.cpuMsPerTask == null || cores < 2) return null;
  const overheadMs = own.cpuMsPerTask - loop.cpuMsPerTask;
  if (overheadMs <= 0) return null;
  return `threads pay above about ${duration(overheadMs / (cores - 1))} of computing`;
}

/** Where isolates were given less than a third of what their code needs. */
export function coldnessText({ tune: { warmUp, budgetMs } }: Answered): string | null {
  if (warmUp === null || warmUp.givenMs * MUCH_LESS >= warmUp.cpuMs / WARM_UP_MARGIN) return null;
  return `Threads were not at their speed: their code needs ${neededText(warmUp)} of CPU time, and the budget had ${duration(warmUp.givenMs)} for each; --budget ${secondsText(2 * budgetMs)} gives more`;
}
