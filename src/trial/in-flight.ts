import type { InFlightFigures } from '../schema/index.js';

/** Where the sampler's thread leaves what. */
export const SAMPLER = { samples: 0, sum: 1, squares: 2, cpuMs: 3 } as const;

/**
 * Little's law (Little, 1961) seen from both sides: throughput × mean service time, which is what the stamps add up to,
 * and the mean number in flight as somebody counted it who knows no stamps.
 *
 * @param serviceSumMs of all tasks that ended
 * @param sampled the sampler's figures; null when nobody counted
 */
export function inFlightFigures(
  serviceSumMs: number,
  wallMs: number,
  sampled: Float64Array | null,
): InFlightFigures {
  const fromStamps = wallMs > 0 ? serviceSumMs / wallMs : 0;
  const samples = sampled?.[SAMPLER.samples] ?? 0;
  if (sampled === null || samples < 2) return { fromStamps, sampled: null, samples, standardError: null };
  const mean = sampled[SAMPLER.sum]! / samples;
  const variance = Math.max(0, sampled[SAMPLER.squares]! / samples - mean * mean);
  // As if samples were independent: neighbours are alike, so the true error of their mean is smaller.
  return { fromStamps, sampled: mean, samples, standardError: Math.sqrt(variance / samples) };
}
