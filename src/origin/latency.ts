import type { LatencyDistribution } from '../model.js';
import { hashUnit } from '../random.js';

/**
 * The latency of one request, in milliseconds: a hash of seed and request id, so that it is the same whoever asks and
 * in whatever order.
 *
 * Lognormal by Box and Muller (1958) from two hashes.
 */
export function latencyMs(distribution: LatencyDistribution, seed: number, requestId: string): number {
  switch (distribution.kind) {
    case 'fixed':
      return distribution.ms;
    case 'uniform': {
      const { minMs, maxMs } = distribution;
      return minMs + (maxMs - minMs) * hashUnit(seed, 'latency', requestId);
    }
    case 'lognormal': {
      // In (0, 1], where the logarithm is finite.
      const u = 1 - hashUnit(seed, 'latency', requestId);
      const v = hashUnit(seed, 'latency-angle', requestId);
      const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
      return distribution.medianMs * Math.exp(distribution.sigma * normal);
    }
  }
}
