import type { TrialSetting } from '../../src/trial/trial.js';

const signal = new AbortController().signal;

/** What a host has at hand for a trial: nobody stops it, paces it or samples it, and its memory is that of a bare one. */
export function trialSetting(
  given: Pick<TrialSetting, 'executor' | 'ledger'> & Partial<TrialSetting>,
): TrialSetting {
  return { idleRssBytes: 0, bareRssBytes: 0, signal, pacer: null, sampler: null, ...given };
}
