import type { TunePoint } from '../../schema/index.js';
import { bytes, duration } from '../format.js';
import { type Answered, confirmedOf, isUndecided, mayBeBeaten, ofRunnerUp } from './tune-answered.js';
import { exceedsLimit } from './tune-limits.js';
import { goalText, heldFigures, heldText } from './tune-objective.js';
import { ratioText, shapeText } from './tune-shapes.js';

/** What to use, what it gains, and what it costs. */
export function tuneHeadline(said: Answered): string {
  const { tune, answer, choice } = said;
  const { toLoop, loop } = answer;
  if (goalText(said.report) !== null) return heldHeadline(said);
  if (choice.workers === 0) return `Use ${loopText(choice)}${threadsGain(said)}`;
  const what = `Use ${shapeText(choice)}`;
  const gain = loop === null ? '' : `: ${ratioText(toLoop)} ${oneLoop(said, loop)}`;
  return loop === null || !isUndecided(tune, answer)
    ? `${what}${gain}${costText(said)}`
    : `Undecided between ${shapeText(choice)} and ${oneLoop(said, loop)}: ${ratioText(toLoop)}`;
}

/** At a rate more than what comes cannot be done: what counts is who holds it. */
function heldHeadline(said: Answered): string {
  const { choice, answer } = said;
  const isLoop = choice.workers === 0;
  const what = isLoop ? loopText(choice) : shapeText(choice);
  return `Use ${what}: it ${heldText(said)}${heldFigures(said, answer.choice)}${isLoop ? '' : costText(said)}`;
}

function loopText({ inFlightPerWorker: limit, executor, uvThreads }: TunePoint): string {
  const pool = uvThreads === null ? '' : ` and ${uvThreads} threads of libuv's pool (UV_THREADPOOL_SIZE)`;
  const tasks = limit === 1 ? 'one task at a time' : `${limit} tasks in flight`;
  return `the event loop, ${tasks}${executor === 'limited' || executor === 'sequential' ? '' : ` (${executor})`}${pool}`;
}

/** Of the best with threads, where the loop is recommended. */
function threadsGain(said: Answered): string {
  const { tune, answer } = said;
  const { runnerUp } = answer;
  const point = tune.points.find(({ id, workers }) => id === runnerUp && workers > 0);
  const ratio = ofRunnerUp(said);
  if (point === undefined || ratio === null) return '';
  if (exceedsLimit(said, runnerUp)) return `: ${shapeText(point)} exceeds a limit`;
  return mayBeBeaten(said)
    ? `: that ${shapeText(point)} does more is not shown, ${ratioText(ratio)}`
    : `: ${shapeText(point)} does ${ratioText(ratio)} that`;
}

function oneLoop(said: Answered, loop: string): string {
  const limit = said.tune.points.find(({ id }) => id === loop)?.inFlightPerWorker ?? 1;
  const remarks = [
    limit === 1 ? null : `${limit} in flight`,
    exceedsLimit(said, loop) ? 'which exceeds a limit' : null,
  ].filter(remark => remark !== null);
  return remarks.length === 0 ? 'one loop' : `one loop (${remarks.join(', ')})`;
}

/** `, for 41 MB more and 160 ms of start-up`. */
function costText(said: Answered): string {
  const [own, loop] = [said.answer.choice, said.answer.loop].map(id => confirmedOf(said, id));
  const more = (own?.memoryBytes ?? null) === null ? null : own!.memoryBytes! - (loop?.memoryBytes ?? 0);
  const parts = [
    more !== null && more > 0 ? `${bytes(more)} more` : null,
    own?.startupMs != null ? `${duration(own.startupMs)} of start-up` : null,
  ].filter(part => part !== null);
  return parts.length === 0 ? '' : `, for ${parts.join(' and ')}`;
}
