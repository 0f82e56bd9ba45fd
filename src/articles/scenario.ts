import type { ParamInput } from '../settings/setting.js';
import type { CheckedSettings, Settings } from '../settings/settings.js';
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

/** For a suite: it takes `timeScale`, and carries what the article says. */
export function articleScenario({ scaledParams, article, ...written }: ArticleScenario) {
  const { timeScale: usual = USUAL_TIME_SCALE, ...scenario } = written;
  return {
    ...scenario,
    takes: ['timeScale'] as const,
    adapt(request: CheckedSettings) {
      const { timeScale = usual } = request;
      const waits = scaledParams.map(key => [key, multiplied(written.params[key] ?? [], timeScale)]);
      const data = { timeScale, article: isAsWritten(request) ? (article ?? null) : null };
      return {
        params: { ...written.params, ...Object.fromEntries(waits) } as ParamInput,
        attachment: { kind: ARTICLE_KIND, data },
      };
    },
  };
}

/** An article's figures are about so many tasks with these parameters, so many at once, and about no others. */
function isAsWritten(request: CheckedSettings): boolean {
  const { tasks, load, durationMs, params, payloadBytes, threads, inFlight, options } = request;
  const changed = [tasks, load, durationMs, params, payloadBytes, threads, inFlight, options];
  return changed.every(one => one === undefined);
}

function multiplied(given: ParamInput[string], factor: number): ParamInput[string] {
  return [given].flat().map(value => (typeof value === 'number' ? value * factor : value));
}
