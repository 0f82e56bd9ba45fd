import { why } from '../../src/report/words/why.js';
import type { ExecutorResult, ScenarioResult } from '../../src/schema/index.js';

/** The reasons as one text, as reports have them. */
export function whyText(scenario: ScenarioResult, about: readonly ExecutorResult[]): string | null {
  return why(scenario, { kind: 'no difference', about })?.join('. ') ?? null;
}
