import { z } from 'zod';
import { type Immutable, numberOrNull, wholeNumber } from '../schema/parts.js';

/** Null, or left out: the article does not say. */
const articleProgramSchema = z.object({
  /** Its name there. */
  program: z.string(),
  /** Id of the executor that is the same program here. */
  executor: z.string(),
  wallMs: numberOrNull.default(null),
  /** Tasks that it had in flight at most. */
  atOnce: wholeNumber.nullable().default(null),
  /** How many times as fast as the first program, where the article says that and gives no times. */
  ratio: numberOrNull.default(null),
  /** Its own words, where they say more than the figure. */
  claim: z.string().nullable().default(null),
});
export type ArticleProgram = Immutable<z.infer<typeof articleProgramSchema>>;

/** What a published article says of the programs that a scenario is modelled on. */
const articleSchema = z.object({
  title: z.string(),
  /** Along numbers of tasks: the one that its figures are about. */
  tasks: wholeNumber.optional(),
  /** The first is what the others are compared with. */
  programs: z.array(articleProgramSchema),
});
export type Article = Immutable<z.infer<typeof articleSchema>>;
/** As far as it says it. */
export type ArticleInput = Immutable<z.input<typeof articleSchema>>;

/** What a scenario carries of its article. */
export const articleAttachmentSchema = z.object({
  /** What the waits of the article's programs were multiplied by. */
  timeScale: z.number(),
  /** Null: it says nothing of this work. */
  article: articleSchema.nullable(),
});
