import { z } from 'zod';
import { type Immutable, numberOrNull, wholeNumber } from './parts.js';
import { predicateSchema } from './predicate.js';

/** What fails a run or a comparison: `--fail-on "slower>5%"`, `--fail-on slo`, `--assert "queue/limited ratio>1.5"`. */
const gateSchema = z.discriminatedUnion('kind', [
  /** It fails where an executor lost more against the common baseline, as a share of its ratio before. */
  z.object({ kind: z.literal('slower'), operator: z.enum(['>', '>=']), value: z.number() }),
  /** It fails where an executor misses an objective of its scenario. */
  z.object({ kind: z.literal('slo') }),
  /** It fails where the ratio of two executors is another: `subject` is `queue/limited`. */
  z.object({
    kind: z.literal('ratio'),
    subject: z.string(),
    operator: predicateSchema.shape.operator,
    value: z.number(),
  }),
]);
export type Gate = Immutable<z.infer<typeof gateSchema>>;

const gateOutcomeSchema = z.enum(['passes', 'fails', 'undecided']);
export type GateOutcome = z.infer<typeof gateOutcomeSchema>;

/** What would decide it, if the figure stays where it is. */
const neededSchema = z.object({
  forks: wholeNumber,
  /** Of both runs: the earlier one alone leaves more open than there is to be decided. */
  inBoth: z.boolean(),
  /** Of the scenario; null where nobody knows how long a fork takes. */
  budgetMs: numberOrNull,
});
export type ForksNeeded = Immutable<z.infer<typeof neededSchema>>;

const gateFindingSchema = z.object({
  scenario: z.string(),
  executor: z.string(),
  /** The one of the same run that it is compared with; null: what is judged is about one alone, or about an earlier run. */
  against: z.string().nullable(),
  /** The objective's part that it is about. */
  predicate: predicateSchema.nullable(),
  outcome: gateOutcomeSchema,
  /** What is compared with the bound: the change, the ratio, or the objective's figure. */
  value: numberOrNull,
  low: numberOrNull,
  high: numberOrNull,
  /** Why there is nothing to decide it by; null: there is. */
  without: z.enum(['INVALID', 'overloaded', 'not measured', 'not compared', 'too few forks']).nullable(),
  needed: neededSchema.nullable(),
});
export type GateFinding = Immutable<z.infer<typeof gateFindingSchema>>;

export const gateVerdictSchema = z.object({
  gate: gateSchema,
  outcome: gateOutcomeSchema,
  /** The gravest first; empty: there was nothing to judge. */
  findings: z.array(gateFindingSchema),
});
export type GateVerdict = Immutable<z.infer<typeof gateVerdictSchema>>;
