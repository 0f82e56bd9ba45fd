import { defaultThreads } from '../../cores.js';
import type { JsonSchema, Setting } from '../../settings/setting.js';
import { SETTINGS } from '../../settings/table.js';
import type { UiCatalogue, UiRange } from '../protocol.js';

/** What a slider is for: longer trials are for the command line. */
const MOST = { waitMs: 250, computeMs: 20, tasks: 1_000, inFlight: 256, threads: 16 } as const;

/** Within what the table of settings allows. */
export const RANGES: UiCatalogue['ranges'] = {
  waitMs: { from: 0, to: MOST.waitMs, step: 1 },
  computeMs: { from: 0, to: MOST.computeMs, step: 0.1 },
  tasks: wholeRange(SETTINGS.tasks, MOST.tasks),
  inFlight: wholeRange(SETTINGS.inFlight, MOST.inFlight),
  threads: wholeRange(SETTINGS.threads, Math.max(MOST.threads, defaultThreads())),
};

export type Slider = keyof UiCatalogue['ranges'];
export const SLIDERS = Object.keys(RANGES) as readonly Slider[];
/** The others are times. */
export const WHOLE: readonly Slider[] = ['tasks', 'inFlight', 'threads'];

/** Of a measurement, s. */
export const BUDGET_SECONDS: UiRange = { from: 1, to: 600, step: 1 };

function wholeRange({ check }: Setting<unknown, unknown>, most: number): UiRange {
  const { minimum, maximum } = limitsOf(check.accepts);
  return { from: minimum, to: Math.min(most, maximum), step: 1 };
}

/** Of a number, or of a list of such numbers. */
function limitsOf({ anyOf, minimum, maximum }: JsonSchema): { minimum: number; maximum: number } {
  if (typeof minimum === 'number' && typeof maximum === 'number') return { minimum, maximum };
  return limitsOf((anyOf as readonly JsonSchema[])[0]!);
}
