import type { Attachment } from '../schema/index.js';
import type { ParamInput } from '../settings/setting.js';
import type { Settings } from '../settings/settings.js';
import type { ArticleInput } from './article.js';

export const ARTICLE_KIND = 'article';
const USUAL_TIME_SCALE = 0.1;

/** A scenario whose waits are those of an article's program. */
interface ArticleScenario extends Settings {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly workload: string;
  readonly params: ParamInput;
  /** Parameters that are times of that program: they are multiplied by `timeScale`. */
  readonly scaledParams: readonly string[];
  /** Left out: it says nothing of these programs. */
  readonly article?: ArticleInput;
}

interface ScaledScenario extends Omit<ArticleScenario, 'scaledParams' | 'article'> {
  attachment(isAsWritten: boolean): Attachment;
  scaled(factor: number): ScaledScenario;
}

/** For a suite: it can be asked for at other scales of time, and carries what the article says. */
export function articleScenario(scenario: ArticleScenario): ScaledScenario {
  return atScale(scenario, scenario.timeScale ?? USUAL_TIME_SCALE);
}

function atScale(scenario: ArticleScenario, timeScale: number): ScaledScenario {
  const { scaledParams, article = null, ...written } = scenario;
  const waits = scaledParams.map(key => [key, multiplied(written.params[key] ?? [], timeScale)]);
  return {
    ...written,
    params: { ...written.params, ...Object.fromEntries(waits) },
    // Its figures are about these parameters, so many at once, and about no others.
    attachment: isAsWritten => ({
      kind: ARTICLE_KIND,
      data: { timeScale, article: isAsWritten ? article : null },
    }),
    scaled: factor => atScale(scenario, factor),
  };
}

function multiplied(given: ParamInput[string], factor: number): ParamInput[string] {
  return [given].flat().map(value => (typeof value === 'number' ? value * factor : value));
}
