import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Executor } from '../executors/executor.js';
import { findExecutor } from '../executors/registry.js';
import { startOrigin } from '../origin/server.js';
import type { Params } from '../schema/index.js';
import { FAILED } from '../tasks/recorder.js';
import { digestResults } from '../trial/digest.js';
import { originOf } from '../workloads/origin-of.js';
import { findWorkload } from '../workloads/registry.js';
import type { Workload } from '../workloads/workload.js';
import { type CheckBody, check, type OpenCheck, range } from './check.js';
import { VALUES } from './probe.js';
import { type StartRequest, startExecutor } from './start.js';

/** Results arrive as they were, whatever they are made of and whatever made them. */
export function resultChecks(executor: Executor): OpenCheck[] {
  return [
    check(executor, 'carries every kind of value, with the digests of a loop', start =>
      sameAsLoop(start, 2 * VALUES.length, { does: 'values' }),
    ),
    check(executor, 'takes a task that returns a plain value for one that has ended', async start => {
      const probe = await start({ does: 'plain' });
      const batch = probe.batch(12);
      await probe.executor.run(batch);
      assert.deepEqual(batch.results, range(12));
    }),
    ...ONE_OF_EACH_KIND.map(([kind, name, params]) =>
      check(
        executor,
        `runs a workload of kind ${kind} (${name}), with the results of a loop`,
        async start => {
          const entry = findWorkload(name)!;
          const workload = await entry.load();
          // What blocks cannot run what cannot block: that is for the plan to say.
          if (executor.needsTaskSync === true && workload.taskSync === undefined) return;
          await inOwnFolder(() =>
            onOrigin(workload, paramsOf(workload, params), (given, originUrl) =>
              sameAsLoop(start, 12, {
                workload: { name, moduleUrl: entry.moduleUrl, params: given },
                ...(originUrl !== null && { originUrl }),
              }),
            ),
          );
        },
      ),
    ),
    uncloneable(executor),
    ...(!executor.capabilities.workers ? [] : [losesTheUnsendable(executor)]),
    ...payloads(executor),
  ];
}

/** Small, so that a check takes no time. */
const ONE_OF_EACH_KIND: readonly (readonly [kind: string, name: string, params: Params])[] = [
  ['wait', 'timer', { waitMs: 1 }],
  ['cpu', 'cpu', { cpuMs: 0.1 }],
  ['mixed', 'mixed', { waitMs: 1, cpuMs: 0.1 }],
  ['libuv', 'scrypt', { cost: 16 }],
  ['blocking', 'fs', { api: 'sync', bytes: 100 }],
];

function paramsOf(workload: Workload, given: Params): Params {
  const defaults = Object.entries(workload.params).map(([key, spec]) => [key, spec.default]);
  return { ...Object.fromEntries(defaults), ...given };
}

/** Temporary files go where they are removed: a pool may end a worker before that one could. */
async function inOwnFolder(body: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), 'threads-vs-loop-contract-'));
  process.env.TMPDIR = folder;
  try {
    await body();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function onOrigin(
  workload: Workload,
  params: Params,
  body: (params: Params, originUrl: string | null) => Promise<void>,
): Promise<void> {
  const settings = originOf(workload, params);
  if (settings === null) return body(params, null);
  const origin = await startOrigin({ settings, seed: 1 });
  try {
    await body(params, origin.url);
  } finally {
    await origin.close();
  }
}

async function sameAsLoop(
  start: Parameters<CheckBody>[0],
  tasks: number,
  asked: StartRequest,
): Promise<void> {
  const probe = await start(asked);
  const batch = probe.batch(tasks);
  await probe.executor.run(batch);
  assert.equal(batch.completed, tasks, batch.examples[0]?.message);
  const loop = await startExecutor(await findExecutor('sequential')!.load(), asked);
  try {
    const reference = loop.batch(tasks);
    await loop.executor.run(reference);
    assert.deepEqual([...digestResults(batch.results)], [...digestResults(reference.results)]);
  } finally {
    await loop[Symbol.asyncDispose]();
  }
}

/** Between threads a function cannot travel: that task has failed, and says what it was. On a loop nothing has to. */
function uncloneable(executor: Executor): OpenCheck {
  return check(
    executor,
    'counts a result that cannot travel as a failure that names the value',
    async start => {
      if (executor.needsTaskSync === true) return;
      const probe = await start({ does: 'uncloneable' });
      const batch = probe.batch(6);
      await probe.executor.run(batch);
      if (!executor.capabilities.workers) {
        assert.equal(batch.completed, 6);
        return;
      }
      assert.equal(batch.completed, 5);
      assert.deepEqual(batch.failedByKind, { uncloneable: 1 });
      assert.match(batch.examples[0]!.message, /callback.*\(\) => index/);
      assert.equal(probe.ledger.outcome[1], FAILED);
    },
  );
}

/** In a measured trial nobody looks at results: what cannot travel ends the trial, and nobody waits for it. */
function losesTheUnsendable(executor: Executor): OpenCheck {
  return check(
    executor,
    'loses a batch whose results nobody looks at over one that cannot travel, and says why',
    async start => {
      const probe = await start({ does: 'uncloneable' });
      const batch = probe.batch(6, undefined, { checked: false });
      await assert.rejects(probe.executor.run(batch), { name: 'WorkerLost', message: /\w/ });
    },
  );
}

function payloads(executor: Executor): OpenCheck[] {
  const spec = executor.options.payloadBy;
  const ways = spec?.kind === 'choice' ? spec.choices : [];
  const asked = ways.length === 0 ? [{}] : ways.map(payloadBy => ({ payloadBy }));
  return asked.flatMap(options =>
    [1, 65_536].map(payloadBytes => {
      const by = 'payloadBy' in options ? ` by ${options.payloadBy}` : '';
      const bytes = payloadBytes === 1 ? '1 byte' : `${payloadBytes} bytes`;
      return check(executor, `takes ${bytes} to each task and back${by}`, async start => {
        const probe = await start({ does: 'index', payloadBytes, options });
        for (const tasks of [3, 40]) {
          const batch = probe.batch(tasks);
          await probe.executor.run(batch);
          assert.deepEqual(batch.results, range(tasks));
        }
      });
    }),
  );
}
