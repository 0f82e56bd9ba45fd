import { hasherOf } from '../random.js';
import type { LatencyDistribution } from '../schema/index.js';

/**
 * A function that has the latency of each request, in milliseconds: a hash of seed and request id, so that it is the same
 * whoever asks and in whatever order.
 *
 * Lognormal by Box and Muller (1958) from two hashes.
 */
export function createLatency(
  distribution: LatencyDistribution,
  seed: number,
): (requestId: string) => number {
  switch (distribution.kind) {
    case 'fixed':
      return () => distribution.ms;
    case 'uniform': {
      const { minMs, maxMs } = distribution;
      const unit = hasherOf(seed, 'latency');
      return requestId => minMs + (maxMs - minMs) * unit(requestId);
    }
    case 'lognormal': {
      const { medianMs, sigma } = distribution;
      const unit = hasherOf(seed, 'latency');
      const angle = hasherOf(seed, 'latency-angle');
      return requestId => {
        // 1 − u lies in (0, 1], where the logarithm is finite.
        const radius = Math.sqrt(-2 * Math.log(1 - unit(requestId)));
        return medianMs * Math.exp(sigma * radius * Math.cos(2 * Math.PI * angle(requestId)));
      };
    }
  }
}
