import type { Report, Tune } from '../../schema/index.js';
import { count } from '../format.js';
import { answered } from './tune-answered.js';
import { tuneHeadline } from './tune-headline.js';
import { inFlightText, sizesText } from './tune-sizes.js';
import { notExcludedText, suretyText } from './tune-surety.js';
import { coldnessText, taskText } from './tune-task.js';

/** What a tune found, in sentences without the last full stop. */
export interface TuneWords {
  readonly headline: string;
  readonly sentences: readonly string[];
}

/** A recommendation and what it rests on. Pure. */
export function tuneWords(report: Report, tune: Tune): TuneWords {
  const { answer } = tune;
  if (answer === null) return { headline: unansweredHeadline(report, tune), sentences: [] };
  const said = answered(report, tune, answer);
  const sentences = [sizesText, inFlightText, taskText, coldnessText, suretyText, notExcludedText];
  return {
    headline: tuneHeadline(said),
    sentences: sentences.map(text => text(said)).filter(sentence => sentence !== null),
  };
}

function unansweredHeadline({ interrupted }: Report, { alone, forks }: Tune): string {
  if (interrupted)
    return `No answer yet: interrupted after ${count(forks.length)} ${forks.length === 1 ? 'fork' : 'forks'}; --resume goes on`;
  if (alone === null)
    return 'No answer: tasks fail. `run` shows with what; a function that takes arguments is given them by --args';
  return 'No answer: nothing could be confirmed';
}
