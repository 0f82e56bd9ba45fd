import type { OriginSettings } from '../../../src/model.js';
import { PLAIN_ORIGIN } from '../../../src/origin/settings.js';

/** An origin that answers every request after the same time. */
export function originSettings(waitMs: number): OriginSettings {
  return { ...PLAIN_ORIGIN, latency: { kind: 'fixed', ms: waitMs } };
}
