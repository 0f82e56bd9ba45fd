import type { Attachment } from '../schema/index.js';
import type { ParamInput } from '../settings/setting.js';
import type { Settings } from '../settings/settings.js';
import type { ArticleAttachment, ArticleProgram } from './article.js';

export const ARTICLE_KIND = 'article';
const USUAL_TIME_SCALE = 0.1;

/** What an article says, as far as it says it. */
interface ArticleSpec {
  readonly title: string;
  /** Along numbers of tasks: the one that its figures are about. */
  readonly tasks?: number;
  /** The first is what the others are compared with. */
  readonly programs: readonly (Pick<ArticleProgram, 'program' | 'executor'> & Partial<ArticleProgram>)[];
}

interface WrittenScenario extends Settings {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly workload: string;
  readonly params: ParamInput;
}

/** A scenario whose waits are those of an article's program. */
interface ArticleScenario extends WrittenScenario {
  /** Parameters that are times of that program: they are multiplied by `timeScale`. */
  readonly scaledParams: readonly string[];
  /** Left out: it says nothing of these programs. */
  readonly article?: ArticleSpec;
}

interface ScaledScenario extends WrittenScenario {
  attachment(work: { readonly tasks: number | null; readonly isAsWritten: boolean }): Attachment;
  scaled(factor: number): ScaledScenario;
}

/** For a suite: it can be asked for at other scales of time, and carries what the article says. */
export function articleScenario(scenario: ArticleScenario): ScaledScenario {
  return atScale(scenario, scenario.timeScale ?? USUAL_TIME_SCALE);
}

function atScale(scenario: ArticleScenario, timeScale: number): ScaledScenario {
  const { scaledParams, article, ...written } = scenario;
  const waits = scaledParams.map(key => [key, multiplied(written.params[key], timeScale)]);
  return {
    ...written,
    params: { ...written.params, ...Object.fromEntries(waits) },
    attachment: ({ tasks, isAsWritten }) => {
      // Its figures are about so many tasks with these parameters, so many at once, and about no others.
      const applies = article !== undefined && isAsWritten && (article.tasks ?? tasks) === tasks;
      const data: ArticleAttachment = { timeScale, article: applies ? articleOf(article) : null };
      return { kind: ARTICLE_KIND, data };
    },
    scaled: factor => atScale(scenario, factor),
  };
}

function multiplied(given: ParamInput[string] | undefined, factor: number): ParamInput[string] {
  const values = given === undefined ? [] : [given].flat();
  return values.map(value => (typeof value === 'number' ? value * factor : value));
}

/** With null for what it does not say. */
function articleOf({ title, programs }: ArticleSpec): ArticleAttachment['article'] {
  const nothing = { wallMs: null, atOnce: null, ratio: null, claim: null };
  return { title, programs: programs.map(program => ({ ...nothing, ...program })) };
}
