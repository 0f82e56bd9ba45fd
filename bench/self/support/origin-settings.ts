import { PLAIN_ORIGIN } from '../../../src/origin/settings.js';
import type { OriginSettings } from '../../../src/schema/index.js';

/** An origin that answers every request after the same time. */
export function originSettings(waitMs: number): OriginSettings {
  return { ...PLAIN_ORIGIN, latency: { kind: 'fixed', ms: waitMs } };
}
