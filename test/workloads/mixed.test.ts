import { expect, test } from 'vitest';
import { resourceAt } from '../../src/origin/resources.js';
import { PLAIN_ORIGIN } from '../../src/origin/settings.js';
import { hash32 } from '../../src/random.js';
import { mix } from '../../src/workloads/kernel.js';
import mixed from '../../src/workloads/mixed.js';
import { originOf } from '../../src/workloads/origin-of.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';
import { ENV, openOnOrigin, paramsOf } from './support.js';

test('waits for an answer, then computes on it', async () => {
  await using opened = await openOnOrigin(mixed, { waitMs: 0, cpuMs: 3 });
  const result = await mixed.task(opened.context, 4, new TaskSignal());
  const answer = resourceAt('/todos/5', 0).body;
  expect(result).toEqual({ index: 4, digest: mix(3 * ENV.cpuIterationsPerMs, hash32(0, answer)) });
  expect(opened.origin.snapshot()).toMatchObject({ requests: 1, responses: 1 });
});

test('computes before it asks, where the mortar has to set', async () => {
  await using opened = await openOnOrigin(mixed, { waitMs: 0, cpuMs: 3, first: 'compute' });
  const result = await mixed.task(opened.context, 4, new TaskSignal());
  const answer = resourceAt('/todos/5', 0).body;
  const digest = mix(3 * ENV.cpuIterationsPerMs, 4) ^ hash32(0, answer);
  expect(result).toEqual({ index: 4, digest });
});

test('its origin waits, and has no faults', () => {
  const latency = { kind: 'fixed', ms: 25 };
  expect(originOf(mixed, paramsOf(mixed, { waitMs: 25 }))).toEqual({ ...PLAIN_ORIGIN, latency });
  expect(mixed).toMatchObject({ kind: 'mixed', needsCalibration: true, requestsPerTask: 1 });
});

test('an origin that is gone is a failure by kind', async () => {
  const opened = await openOnOrigin(mixed, { waitMs: 0 });
  await opened.origin.close();
  await expect(mixed.task(opened.context, 0, new TaskSignal())).rejects.toMatchObject({ kind: 'refused' });
  await mixed.close(opened.context);
});
