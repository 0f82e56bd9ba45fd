import { isMeasured, type Pair, pairOf } from '../report/pairs.js';
import type { ExecutorResult, ScenarioResult } from '../schema/index.js';
import type { Article, ArticleProgram } from './article.js';

/** A program of an article beside the executor that is the same program here. */
export interface ArticleRow {
  readonly program: ArticleProgram;
  readonly executor: ExecutorResult | null;
  /** What the others are compared with. */
  readonly isFirst: boolean;
  /** Of the trials that its ratio is of, the cold ones if one of the two has no others. */
  readonly wallHereMs: number | null;
  readonly isCold: boolean;
  /** Of its wall time to the first program's, there; null without a figure of either. */
  readonly ratioThere: number | null;
  /** The first program's wall time ÷ its own, here, within rounds; null for the first itself. */
  readonly pair: Pair | null;
  /** What equal work allows: the ratio of the two ideals. */
  readonly atMost: number | null;
}

export function articleRows(result: ScenarioResult, { programs }: Article): ArticleRow[] {
  const executorOf = ({ executor }: ArticleProgram) =>
    result.executors.find(({ variant: { id } }) => id === executor) ?? null;
  const [first] = programs;
  const base = first === undefined ? null : executorOf(first);
  return programs.map(program => {
    const executor = executorOf(program);
    const isCold = executor?.coldOnly === true || base?.coldOnly === true;
    const comparable = base !== null && executor !== null && base !== executor && isMeasured(executor);
    return {
      program,
      executor,
      isFirst: program === first,
      wallHereMs: (isCold ? executor?.coldWallMs : executor?.wallMs.median) ?? null,
      isCold,
      ratioThere: program === first ? null : ratioThere(program, first!),
      pair: comparable ? pairOf(result, executor.variant.id, base.variant.id) : null,
      atMost: comparable ? idealRatio(executor, base) : null,
    };
  });
}

function ratioThere({ wallMs, ratio }: ArticleProgram, first: ArticleProgram): number | null {
  return first.wallMs === null || wallMs === null ? ratio : first.wallMs / wallMs;
}

function idealRatio({ ideal }: ExecutorResult, base: ExecutorResult): number | null {
  return ideal === null || base.ideal === null ? null : ideal.perSecond / base.ideal.perSecond;
}
