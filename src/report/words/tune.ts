import type { Report, Tune } from '../../schema/index.js';
import { count } from '../format.js';
import { scalingText } from './scaling.js';
import { type Answered, answered } from './tune-answered.js';
import { asGoodText } from './tune-as-good.js';
import { brokerText } from './tune-broker.js';
import { tuneHeadline } from './tune-headline.js';
import { noneKeepsText } from './tune-limits.js';
import { loopHeldText, noneHoldsText } from './tune-objective.js';
import { inFlightText, sizesText } from './tune-sizes.js';
import { cutShortText, notExcludedText, suretyText } from './tune-surety.js';
import { coldnessText, taskText } from './tune-task.js';

/** What a tune found, in sentences without the last full stop. */
export interface TuneWords {
  readonly headline: string;
  readonly sentences: readonly string[];
}

/** A recommendation and what it rests on. Pure. */
export function tuneWords(report: Report, tune: Tune): TuneWords {
  const { answer } = tune;
  if (answer === null) return unanswered(report, tune);
  const said = answered(report, tune, answer);
  const sentences = [
    loopHeldText,
    sizesText,
    inFlightText,
    asGoodText,
    growthText,
    taskText,
    brokerText,
    coldnessText,
    suretyText,
    notExcludedText,
  ];
  return {
    headline: tuneHeadline(said),
    sentences: sentences.map(text => text(said)).filter(sentence => sentence !== null),
  };
}

function unanswered(report: Report, tune: Tune): TuneWords {
  const cutShort = report.interrupted ? null : cutShortText(tune);
  return { headline: unansweredHeadline(report, tune), sentences: cutShort === null ? [] : [cutShort] };
}

/** With what would fit the law, where a search has run too little for that. */
function growthText({ tune, answer, choice }: Answered): string | null {
  const { scaling } = answer;
  if (scaling == null) return null;
  const text = `Scaling: ${scalingText(scaling)}`;
  if (scaling.law !== null || scaling.why === 'short range') return text;
  const own = tune.points.filter(
    ({ executor, workers, tier }) =>
      executor === choice.executor && (tier === 0 || scaling.sizes.includes(workers)),
  );
  const sizes = [...new Set(own.map(({ workers }) => workers))].sort((a, b) => a - b);
  const flags = `--executors ${choice.executor} --threads ${sizes.join(',')}`;
  return `${text}; a search runs no size longer than it has to: \`run … ${flags}\` runs all of them`;
}

function unansweredHeadline(report: Report, tune: Tune): string {
  const { alone, forks } = tune;
  if (report.interrupted)
    return `No answer yet: interrupted after ${count(forks.length)} ${forks.length === 1 ? 'fork' : 'forks'}; --resume goes on`;
  if (alone === null)
    return 'No answer: tasks fail. `run` shows with what; a function that takes arguments is given them by --args';
  return noneKeepsText(tune) ?? noneHoldsText(report, tune) ?? 'No answer: nothing could be confirmed';
}
