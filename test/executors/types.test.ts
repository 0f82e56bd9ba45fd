import { expect, expectTypeOf, it } from 'vitest';
import { defineExecutor, payloadOptions, type RunningExecutor, THREADS } from '../../src/executors/index.js';

it('options of an executor are typed by their specs', () => {
  const text = { summary: '', default: '' } as const;
  const executor = defineExecutor({
    name: 'typed',
    summary: 'of every kind',
    capabilities: THREADS,
    options: {
      batchSize: { kind: 'number', default: 1, min: 1, max: 9, summary: '' },
      inOrder: { kind: 'boolean', default: true, summary: '' },
      atomics: { kind: 'choice', default: 'sync', choices: ['sync', 'async'], summary: '' },
      broker: { kind: 'text', ...text },
      ...payloadOptions(),
    },
    concurrency({ options }) {
      expectTypeOf(options.batchSize).toEqualTypeOf<number>();
      return options.batchSize;
    },
    start(_workload, { options }) {
      expectTypeOf(options.batchSize).toEqualTypeOf<number>();
      expectTypeOf(options.inOrder).toEqualTypeOf<boolean>();
      expectTypeOf(options.atomics).toEqualTypeOf<'sync' | 'async'>();
      expectTypeOf(options.broker).toEqualTypeOf<string>();
      expectTypeOf(options.payloadBy).toEqualTypeOf<'clone' | 'transfer' | 'shared'>();
      // @ts-expect-error it has no such option
      void options.batchsize;
      return Promise.resolve({} as RunningExecutor);
    },
  });
  const limits = { inFlight: 1, tasks: 1, connections: false };
  expect(executor.concurrency!({ options: { batchSize: 4 }, ...limits })).toBe(4);
});
