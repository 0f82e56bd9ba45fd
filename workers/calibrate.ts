/** Entry point of a process that measures the computing kernel once, says the figure, and ends. */

import { nowMs } from '../src/clock.js';
import { iterationsPerMs } from '../src/workloads/calibration.js';

process.send?.(iterationsPerMs(nowMs), () => process.disconnect());
