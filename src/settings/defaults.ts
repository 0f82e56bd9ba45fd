import { USUAL_FORKS } from '../schema/constants.js';

/** What holds where nobody says anything; the table says it too. */
export const DEFAULTS = {
  inFlight: 64,
  taskTimeoutMs: 30_000,
  maxFailed: 0.01,
  maxBacklog: 10_000,
  /** From here to `precision`: what statistics.md chose by simulation. */
  minForks: USUAL_FORKS,
  maxForks: 12,
  rounds: 5,
  precision: 0.03,
  budgetMs: 20_000,
  /** Nobody who said nothing of time is made to wait longer for code to become warm. */
  mostBudgetMs: 60_000,
  remoteRate: 100,
  remoteTotal: 10_000,
} as const;
