import { describe, expect, it } from 'vitest';
import { viewOf } from '../../src/map/cell.js';
import { modelOf, predictedRatio } from '../../src/map/model.js';
import { shareOff } from '../../src/stats/share-off.js';
import { CPUS_MS, mapSurface, TWO_CORES, trueRatio, WAITS_MS } from './surfaces.js';

const SHAPE = { inFlight: 64, threadCount: 2, cores: 2 };

describe('the model', () => {
  it('comes near to what is true on cells that it has not seen, and says how near', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { cells } = mapSurface(TWO_CORES, seed);
      const { fit, checks } = modelOf(cells.map(viewOf), SHAPE)!;
      const seen = new Set(cells.map(({ waitMs, cpuMs }) => `${waitMs} ${cpuMs}`));
      const unseen = WAITS_MS.flatMap(waitMs => CPUS_MS.map(cpuMs => [waitMs, cpuMs] as const)).filter(
        ([waitMs, cpuMs]) => !seen.has(`${waitMs} ${cpuMs}`),
      );
      const misses = unseen.map(([waitMs, cpuMs]) =>
        shareOff(predictedRatio(fit, SHAPE, waitMs, cpuMs), trueRatio(TWO_CORES, waitMs, cpuMs)),
      );
      expect(unseen.length).toBeGreaterThan(10);
      expect(Math.max(...misses)).toBeLessThan(0.15);
      expect(checks).toHaveLength(cells.length);
      expect(fit.cores).toBeGreaterThan(1.8);
      expect(fit.cores).toBeLessThanOrEqual(2);
    }
  });

  it('predicts each cell without having seen it: one that nothing explains does not explain itself', () => {
    const views = mapSurface(TWO_CORES, 1).cells.map(viewOf);
    const odd = views.map((view, at) => (at === 4 ? { ...view, ratio: view.ratio! * 3 } : view));
    const { predicted, measured } = modelOf(odd, SHAPE)!.checks[4]!;
    expect(measured / predicted).toBeGreaterThan(2);
  });

  it('of few cells is none', () => {
    const views = mapSurface(TWO_CORES, 1, { most: 5 }).cells.map(viewOf);
    expect(modelOf(views, SHAPE)).toBeNull();
  });
});

it('threads do no more than a loop where both wait, and as much as there are cores where both compute', () => {
  const fit = { loopOverheadMs: 0, threadOverheadMs: 0, cores: 2, timerLateMs: 0 };
  expect(predictedRatio(fit, SHAPE, 100, 0.02)).toBeCloseTo(1, 3);
  expect(predictedRatio(fit, SHAPE, 0, 20)).toBeCloseTo(2, 3);
  expect(predictedRatio(fit, SHAPE, 25, 20)).toBeCloseTo(2, 3);
});
