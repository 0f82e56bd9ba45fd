import { z } from 'zod';
import { RESULTS_COMPARED } from './constants.js';
import { failureMessageSchema } from './failure.js';
import { lossSchema, lossStageSchema } from './loss.js';
import { paramValueSchema } from './params.js';
import { type Immutable, numberOrNull, quote, share, wholeNumber } from './parts.js';
import { predicateSchema } from './predicate.js';

/** What a trial's counts say that must be the same: a trial with such a fault does not count. */
export const trialFaultSchema = z.discriminatedUnion('code', [
  /** By the ledger and by what reached the main thread. */
  z.object({
    code: z.literal('not-received'),
    outcome: z.enum(['completed', 'failed', 'cancelled']),
    inLedger: wholeNumber,
    received: wholeNumber,
  }),
  z.object({ code: z.literal('not-issued'), issued: wholeNumber, expected: wholeNumber }),
  /** By the broker, as tasks began: each must have at least once. */
  z.object({ code: z.literal('executions'), started: wholeNumber, issued: wholeNumber }),
  /** By the origin. */
  z.object({
    code: z.literal('requests'),
    requests: wholeNumber,
    least: wholeNumber,
    most: wholeNumber,
  }),
]);
export type TrialFault = Immutable<z.infer<typeof trialFaultSchema>>;

const severitySchema = z
  .enum(['invalid', 'weak', 'note'])
  .describe(
    'invalid: what it is about must not be believed; weak: with care; note: to be known, takes nothing from the figures',
  );
export type Severity = z.infer<typeof severitySchema>;

/** Ids of executors. */
const id = z.string();

function finding<Code extends string, Values extends z.ZodRawShape>(code: Code, values: Values) {
  return z.object({
    code: z.literal(code),
    severity: severitySchema,
    /** Ids of the executors that it is about, the values being the worst one's; empty: the whole scenario. */
    subjects: z.array(id),
    values: z.object(values),
  });
}

/**
 * What is to be known of figures: a code, and values that are numbers, ids, enums and quotes. The sentences are
 * `report/words/findings.ts`; `docs/findings.md` says what each means and what to do.
 */
export const findingSchema = z.discriminatedUnion('code', [
  // Of results and counts.
  finding('results-differ', {
    other: id,
    fork: wholeNumber,
    different: wholeNumber,
    compared: wholeNumber,
    firstIndex: wholeNumber,
    /** The two results of the first task; null where they are not to be had. */
    results: z.tuple([quote, quote]).nullable(),
    comparedBy: z.enum(RESULTS_COMPARED).nullable(),
    /** What `sameResult` threw. */
    threw: quote.nullable(),
  }),
  finding('counts-disagree', { faultyTrials: wholeNumber, trials: wholeNumber, first: trialFaultSchema }),
  finding('too-many-failed', {
    failedShare: share,
    issued: wholeNumber,
    failed: z.record(z.string(), wholeNumber),
    cancelled: wholeNumber,
    wanted: predicateSchema,
  }),
  finding('duplicates-differ', { differing: wholeNumber, duplicates: wholeNumber }),
  finding('executed-again', {
    /** Executions beyond one of each task. */
    more: wholeNumber,
    executions: wholeNumber,
    trials: wholeNumber,
    ofTrials: wholeNumber,
    workersLost: wholeNumber,
    /** How the first of them ended. */
    loss: lossSchema.nullable(),
    /** From the end of a worker to the last result that was taken over from it. */
    recoveryMs: numberOrNull,
    /** Σ of what those took whose result came twice. */
    duplicateMs: z.number(),
  }),
  finding('broker-slow', {
    /** The longest that the broker took to answer. */
    slowestMs: z.number(),
    trials: wholeNumber,
    ofTrials: wholeNumber,
  }),
  finding('clocks-apart', {
    /** The most that the clock of a worker may have been wrong by; null: nobody knows. */
    errorMs: numberOrNull,
    trials: wholeNumber,
    ofTrials: wholeNumber,
  }),
  finding('results-not-compared', { workload: z.string() }),
  finding('results-sampled', { notAsked: wholeNumber }),
  finding('results-kept', {}),
  // Of loads and what serves them.
  finding('origin-saturated', { by: z.enum(['loop', 'cpu']), busyShare: share, allowedShare: share }),
  finding('pacer-late', {
    percentile: z.enum(['p50', 'p90', 'p99']),
    pacerLateMs: z.number(),
    allowedMs: z.number(),
    /** Of what its workers are, where they are as many as there are cores; null: they leave one to the pacer. */
    fillsCoresWith: z.enum(['threads', 'processes']).nullable(),
    cores: z.number(),
  }),
  finding('overloaded', { backlogFrom: z.number(), backlogTo: z.number() }),
  finding('held-to-rate', { perSecond: z.number(), reachedPerSecond: z.number() }),
  finding('resolved-elsewhere', { failed: wholeNumber }),
  finding('tasks-ran-on', { tasks: wholeNumber, trials: wholeNumber, ofTrials: wholeNumber }),
  finding('littles-law', {
    offTrials: wholeNumber,
    checkedTrials: wholeNumber,
    fromStamps: z.number(),
    counted: z.number(),
    countedBy: z.enum(['sampler', 'origin']),
    differenceShare: z.number(),
  }),
  // Of warm code.
  finding('not-warm', {
    /** Null where nobody counted: then it is CPU time that is known. */
    neededTasks: wholeNumber.nullable(),
    neededMs: numberOrNull.default(null),
    hadTasks: wholeNumber,
  }),
  finding('no-steady-state', {}),
  finding('still-warming', { by: z.enum(['longer fork', 'rounds']) }),
  finding('dear-workers', { moreShare: z.number() }),
  finding('drift', { percentPerRound: z.number() }),
  // Of how much was measured.
  finding('nothing-measured', { why: z.enum(['stopped', 'no-trial-counts']) }),
  finding('too-few-forks', { forks: wholeNumber, needed: wholeNumber, budgetEnded: z.boolean() }),
  finding('few-forks', { forks: wholeNumber, usual: wholeNumber, budgetEnded: z.boolean() }),
  finding('once-a-fork', {}),
  finding('too-few-tasks', { tasks: wholeNumber, needed: wholeNumber }),
  finding('too-few-for-p99', { neededInFork: wholeNumber }),
  finding('short-trials', { steps: wholeNumber, clockStepNs: z.number(), trialMs: z.number() }),
  finding('short-tasks', { steps: wholeNumber, clockStepNs: z.number() }),
  finding('budget-ended', { budgetMs: z.number(), wantedPrecision: z.number() }),
  finding('precision-missed', {
    wanted: z.number(),
    missed: wholeNumber,
    of: wholeNumber,
    widest: z.object({ executor: id, baseline: id, halfWidth: z.number() }),
    forksNeeded: wholeNumber.nullable(),
    budgetMsNeeded: numberOrNull,
    /** Whether a longer budget alone would lead there. */
    byBudgetAlone: z.boolean(),
  }),
  // Of the machine.
  finding('machine-busy', { by: z.enum(['programs', 'hypervisor']), share: z.number() }),
  finding('unknown-load', {}),
  finding('load-average', { loadAverage: z.number(), cores: z.number() }),
  finding('taken-off-core', { perCpuSecond: z.number(), usual: z.number() }),
  finding('libuv-pool-limit', { reachedShare: z.number(), uvThreads: wholeNumber }),
  // Of what was lost or left out.
  finding('stopped', { loss: lossSchema }),
  finding('left-out', { trialMs: z.number() }),
  finding('given-up', {}),
  finding('remote-total', { sent: wholeNumber, total: wholeNumber }),
  finding('other-baseline', { baseline: id, why: z.enum(['left-out', 'lost', 'overloaded']) }),
  finding('lost', { trials: wholeNumber, during: lossStageSchema, loss: lossSchema }),
  finding('failed-tasks', { kind: z.string(), example: failureMessageSchema }),
  finding('dropped-trials', { trials: wholeNumber }),
  // Of the plan.
  finding('rounded-in-flight', {
    rounded: z.array(z.object({ asked: wholeNumber, used: wholeNumber })),
    threads: z.array(wholeNumber),
    multiple: wholeNumber,
  }),
  finding('no-timeline', {}),
  finding('repeated-batches', {}),
  finding('threads-unused', {}),
  finding('uncommitted', { files: wholeNumber }),
  finding('unknown-option', { option: z.string(), unknown: z.array(paramValueSchema) }),
  finding('baseline-missing', { scenario: z.string(), baseline: id, asked: id }),
]);
export type Finding = Immutable<z.infer<typeof findingSchema>>;
export type FindingCode = Finding['code'];
export type FindingOf<Code extends FindingCode> = Extract<Finding, { readonly code: Code }>;
