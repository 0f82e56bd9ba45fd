import { expect, test } from 'vitest';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { flagWording } from '../../src/settings/wording.js';

const plan = (input: PlanInput) =>
  makePlan({ targets: ['noop'], ...input }, { defaultThreads: 2, wording: flagWording });

test('bullmq is there for the asking, and no plan has it that does not name it', async () => {
  const { scenarios, broker } = await plan({ executors: ['limited', 'bullmq'], threads: 2, inFlight: 8 });
  const [, variant] = scenarios[0]!.executors;
  expect(variant).toMatchObject({ id: 'bullmq', threads: 2, inFlight: 8, inFlightPerWorker: 4 });
  expect(variant!.capabilities).toMatchObject({ hasBroker: true, takesOver: true, sharesMemory: false });
  expect(variant!.options).toEqual({
    backend: 'any',
    persistence: 'none',
    rtt: 0,
    attempts: 1,
    backoff: 0,
    maxStalled: 1,
    payloadBy: 'clone',
  });
  expect(broker).toBe(undefined);
  const usual = await plan({});
  expect(usual.scenarios[0]!.executors.map(({ name }) => name)).not.toContain('bullmq');
});

test('a backend that is not built is refused, with those that are', async () => {
  const asked = plan({ executors: ['bullmq'], options: { backend: 'kafka' } });
  await expect(asked).rejects.toThrow(/backend.*expected one of any, redis, valkey, postgres, got "kafka"/);
});

test.each([
  'redis://localhost',
  'rediss://me:secret@broker.example:6380/15',
  'redis://[::1]:7000/',
  'postgres://localhost/jobs',
  'postgresql://me:secret@db.example:5433/jobs?sslmode=verify-full',
])('%s is a broker', async url => {
  expect((await plan({ executors: ['limited', 'bullmq'], broker: url })).broker).toBe(url);
});

test.each([
  'localhost:6379',
  'http://localhost:6379',
  'redis://',
  'redis://localhost/zero',
  'redis://localhost?password=secret',
  'postgres:///jobs',
  'postgres://localhost/jobs/more',
  'postgres://localhost/jobs?sslmode=prefer',
  'postgres://localhost/jobs?password=secret',
])('%s is none', async url => {
  const asked = plan({ executors: ['bullmq'], broker: url });
  await expect(asked).rejects.toThrow(/^--broker: expected a URL such as redis:\/\/HOST:6379/);
});

test('what is refused is said without its password', async () => {
  const asked = plan({ executors: ['bullmq'], broker: 'redis://me:secret-word@localhost/zero' });
  await expect(asked).rejects.toThrow(/got "redis:\/\/me:•••@localhost\/zero"/);
});

test('a broker that no executor goes through is a slip', async () => {
  const asked = plan({ executors: ['limited', 'queue'], broker: 'redis://localhost' });
  await expect(asked).rejects.toThrow(
    '--broker: expected an executor that goes through a broker, got limited, queue. Add bullmq to the executors.',
  );
});

const AT_BROKER = { broker: 'redis://localhost', executors: ['limited', 'bullmq'] };

test('workers are waited for where there is a broker that they can reach', async () => {
  expect((await plan({ ...AT_BROKER, workers: 4 })).workers).toBe(4);
  const without = plan({ executors: ['bullmq'], workers: 4 });
  await expect(without).rejects.toThrow(/^--workers: expected a broker that they can reach, got none/);
  expect((await plan({ ...AT_BROKER, broker: 'postgres://localhost/jobs', workers: 4 })).workers).toBe(4);
  const none = plan({ ...AT_BROKER, workers: 0 });
  await expect(none).rejects.toThrow(/^--workers: expected a whole number/);
});

test('tasks that need something of the controller’s machine go to no others', async () => {
  const asked = plan({ ...AT_BROKER, targets: ['http'], workers: 4 });
  await expect(asked).rejects.toThrow(/^--workers: .*HTTP, which needs the embedded origin/);
});

test('a round trip is a time, up to a second', async () => {
  const rttOf = async (...rtt: string[]) => {
    const { scenarios } = await plan({ executors: ['bullmq'], options: { rtt } });
    return scenarios[0]!.executors.map(({ options }) => options.rtt);
  };
  expect(await rttOf('0', '0.5ms', '1s')).toEqual([0, 0.5, 1_000]);
  for (const rtt of ['1', '2s', '-1ms', 'far'])
    await expect(rttOf(rtt)).rejects.toThrow(/rtt of bullmq: expected a time such as 1ms, from 0 to 1000 ms/);
});

test('a round trip is added to a private broker alone, whatever its engine', async () => {
  const asked = plan({ ...AT_BROKER, options: { rtt: ['0', '1ms'] } });
  await expect(asked).rejects.toThrow(
    "--broker: expected no option rtt beside it, which is for a run's own private broker, got rtt=1ms. Leave one of the two out: a broker that is given has a round trip of its own, which the report says.",
  );
  const options = { backend: ['any', 'postgres'], rtt: '1ms' };
  const { scenarios } = await plan({ executors: ['limited', 'bullmq'], options });
  expect(scenarios[0]!.executors.map(one => one.options.rtt)).toEqual([undefined, 1, 1]);
});
