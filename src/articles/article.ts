import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { numberOrNull, wholeNumber } from './numbers.js';

const articleProgramSchema = z.object({
  /** Its name there. */
  program: z.string(),
  /** Id of the executor that is the same program here. */
  executor: z.string(),
  /** Null: it gives no figure. */
  wallMs: numberOrNull,
  /** Tasks that it had in flight at most; null: it does not say. */
  atOnce: wholeNumber.nullable(),
  /** How many times as fast as the first program, where the article says that and gives no times. */
  ratio: numberOrNull.default(null),
  /** Its own words, where they say more than the figure. */
  claim: z.string().nullable(),
});
export type ArticleProgram = Immutable<z.infer<typeof articleProgramSchema>>;

export const articleSchema = z
  .object({
    title: z.string(),
    /** The first is what the others are compared with. */
    programs: z.array(articleProgramSchema),
  })
  .describe('what a published article says of the programs that a scenario is modelled on');
export type Article = Immutable<z.infer<typeof articleSchema>>;
