import { UsageError } from '../errors.js';
import type { Scenario } from '../schema/index.js';
import type { Setting } from '../settings/setting.js';
import type { Field } from '../settings/settings.js';
import type { ScenarioSpec } from '../settings/suite.js';
import { SETTINGS } from '../settings/table.js';
import { requireKnown } from '../suggest.js';
import type { ScenarioDraft } from './draft.js';
import type { Given } from './layers.js';
import type { LoadedExecutor } from './requested-executors.js';

/** @throws UsageError for a setting that only some scenarios take, and none of these */
export function requireTaken(specs: readonly ScenarioSpec[], { settings, wording }: Given): void {
  for (const field of Object.keys(settings) as readonly Field[]) {
    const { takenBy }: Setting<unknown, unknown> = SETTINGS[field];
    if (takenBy === undefined || specs.some(({ takes }) => takes?.includes(field))) continue;
    const got = specs.map(({ name }) => name).join(', ');
    throw new UsageError(wording.subject(field), takenBy.expected, got, takenBy.remedy);
  }
}

/** @throws UsageError for an older version of several scenarios, or of a suite */
export function requireOneTarget(specs: readonly ScenarioSpec[], { settings, wording }: Given): void {
  const { versus } = settings;
  if (versus === undefined || specs.length === 1) return;
  const got = specs.length === 0 ? 'none' : specs.map(({ name }) => name).join(', ');
  const remedy = `Name the newer one behind it, such as run --versus ${versus} ./new.ts.`;
  throw new UsageError(wording.subject('versus'), 'one target to compare it with', got, remedy);
}

/** What is set for all scenarios must mean something in one of them: otherwise it is a slip. */
export function requireTakers(drafts: readonly ScenarioDraft[], given: Given): void {
  const params = [...new Set(drafts.flatMap(({ workload }) => Object.keys(workload.params)))];
  const asked = Object.keys(given.settings.params ?? {});
  requireKnown(given.wording.subject('params'), asked, params, 'Leave it out.');
  const executors = drafts.flatMap(draft => draft.executors);
  requireOptions(executors, given);
}

/** Settings of which each says by itself what is compared. */
const COMPARED_BY = ['versus', 'node', 'worktree'] as const satisfies readonly Field[];

/**
 * What executors are compared in is one thing: of a faster version in a newer Node nobody could say which of them did it.
 *
 * @throws UsageError where two of them are asked for
 */
export function requireOneComparison(said: readonly (Given | undefined)[]): void {
  const [first, second] = COMPARED_BY.flatMap(field => {
    const given = said.find(one => one?.settings[field] !== undefined);
    return given === undefined ? [] : [given.wording.subject(field)];
  });
  if (first === undefined || second === undefined) return;
  throw new UsageError(second, 'one thing to compare', `${first} as well`, 'Run them one after the other.');
}

/** @throws UsageError for what is to be run in checkouts, where there are none */
export function requireCheckouts({ settings, wording }: Given): void {
  if (settings.worktreeSetup === undefined) return;
  const subject = wording.subject('worktreeSetup');
  throw new UsageError(subject, 'revisions to check out', 'none', wording.remedy('worktree'));
}

/** Three ways for nothing to travel would be compared as if they were three. */
export function requirePayload(scenarios: readonly Scenario[], { settings, wording }: Given): void {
  const { payloadBy } = settings.options ?? {};
  if (payloadBy === undefined) return;
  if (scenarios.some(({ payloadBytes }) => payloadBytes > 0)) return;
  const expected = `data to go ${payloadBy.join(', ')}`;
  throw new UsageError(wording.subject('payloadBytes'), expected, 'none', wording.remedy('payloadBytes'));
}

export function requireOptions(executors: readonly LoadedExecutor[], { settings, wording }: Given): void {
  const has = [...new Set(executors.flatMap(({ executor }) => Object.keys(executor.options)))];
  const asked = Object.keys(settings.options ?? {});
  requireKnown(wording.subject('options'), asked, has, 'No chosen executor has it: leave it out.');
}
