import type { ScenarioResult } from '../../../schema/index.js';
import type { PicturesView } from '../picture-types.js';
import { idealBars } from './ideal.js';
import { percentileCurves } from './percentiles.js';
import { scalingCharts } from './scaling.js';
import { taskCpuStacks } from './task-cpu.js';
import { taskTimeStacks } from './task-time.js';
import { throughputBars } from './throughput.js';

/** All that one scenario has to show. */
export function picturesOf(result: ScenarioResult): PicturesView {
  return {
    throughput: throughputBars(result),
    percentiles: percentileCurves(result),
    ideal: idealBars(result),
    taskTime: taskTimeStacks(result),
    taskCpu: taskCpuStacks(result),
    scaling: scalingCharts(result),
  };
}
