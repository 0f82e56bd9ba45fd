import { expect, test } from 'vitest';
import { calibrateKernel } from '../../src/hosts/calibrate.js';

test('a process of its own measures the kernel', async () => {
  const figure = await calibrateKernel();
  // Between a slow phone and one iteration a cycle of a core that does not exist.
  expect(figure).toBeGreaterThan(1e4);
  expect(figure).toBeLessThan(1e7);
});
