import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Executor } from '../executors/executor.js';
import { findExecutor } from '../executors/registry.js';
import { startOrigin } from '../origin/server.js';
import type { OriginSettings, Params } from '../schema/index.js';
import { FAILED } from '../tasks/recorder.js';
import { digestResults } from '../trial/digest.js';
import { originOf } from '../workloads/origin-of.js';
import { findWorkload } from '../workloads/registry.js';
import { check, type OpenCheck, range, type Start } from './check.js';
import { VALUES } from './probe.js';
import { type StartRequest, startExecutor, withDefaults } from './start.js';

/** Results arrive as they were, whatever they are made of and whatever made them. */
export function resultChecks(executor: Executor): OpenCheck[] {
  return [
    check('carries every kind of value, with the digests of a loop', start =>
      sameAsLoop(start, 2 * VALUES.length, { does: 'values' }),
    ),
    check('takes a task that returns a plain value for one that has ended', async start => {
      const probe = await start({ does: 'plain' });
      assert.deepEqual((await probe.run(12)).results, range(12));
    }),
    ...ONE_OF_EACH_KIND.map(([kind, name, params]) =>
      check(`runs a workload of kind ${kind} (${name}), with the results of a loop`, async start => {
        const entry = findWorkload(name)!;
        const workload = await entry.load();
        // What blocks cannot run what cannot block: that is for the plan to say.
        if (executor.needsTaskSync === true && workload.taskSync === undefined) return;
        const given = withDefaults(workload.params, params);
        await inOwnFolder(() =>
          onOrigin(originOf(workload, given), originUrl =>
            sameAsLoop(start, 12, {
              workload: { name, moduleUrl: entry.moduleUrl, params: given },
              originUrl,
            }),
          ),
        );
      }),
    ),
    uncloneable(executor),
    ...(!executor.capabilities.workers ? [] : [losesTheUnsendable()]),
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

/** Temporary files go where they are removed: a pool may end a worker before that one could. */
async function inOwnFolder(body: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), 'threads-vs-loop-contract-'));
  process.env.TMPDIR = folder;
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  // Whoever runs the checks may end in the middle of them.
  process.once('exit', remove);
  try {
    await body();
  } finally {
    process.off('exit', remove);
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    remove();
  }
}

async function onOrigin(
  settings: OriginSettings | null,
  body: (originUrl: string | null) => Promise<void>,
): Promise<void> {
  if (settings === null) return body(null);
  const origin = await startOrigin({ settings, seed: 1 });
  try {
    await body(origin.url);
  } finally {
    await origin.close();
  }
}

async function sameAsLoop(start: Start, tasks: number, asked: StartRequest): Promise<void> {
  const probe = await start(asked);
  const batch = await probe.run(tasks);
  assert.equal(batch.completed, tasks, JSON.stringify(batch.examples[0]));
  await using loop = await startExecutor(await findExecutor('sequential')!.load(), asked);
  const reference = await loop.run(tasks);
  assert.deepEqual([...digestResults(batch.results)], [...digestResults(reference.results)]);
}

/** Between threads a function cannot travel: that task has failed, and says what it was. On a loop nothing has to. */
function uncloneable(executor: Executor): OpenCheck {
  return check('counts a result that cannot travel as a failure that names the value', async start => {
    if (executor.needsTaskSync === true) return;
    const probe = await start({ does: 'uncloneable' });
    const batch = await probe.run(6);
    if (!executor.capabilities.workers) {
      assert.equal(batch.completed, 6);
      return;
    }
    assert.equal(batch.completed, 5);
    assert.deepEqual(batch.failedByKind, { uncloneable: 1 });
    assert.match(JSON.stringify(batch.examples[0]!.message), /callback.*\(\) => index/);
    assert.equal(probe.ledger.outcome[1], FAILED);
  });
}

/** In a measured trial nobody looks at results: what cannot travel ends the trial, and nobody waits for it. */
function losesTheUnsendable(): OpenCheck {
  return check(
    'loses a batch whose results nobody looks at over one that cannot travel, and says why',
    async start => {
      const probe = await start({ does: 'uncloneable' });
      const run = probe.run(6, undefined, { checked: false });
      await assert.rejects(run, { name: 'WorkerLost', message: /\w/ });
    },
  );
}

function payloads(executor: Executor): OpenCheck[] {
  const spec = executor.options.payloadBy;
  const ways: Params[] = spec?.kind === 'choice' ? spec.choices.map(payloadBy => ({ payloadBy })) : [{}];
  return ways.flatMap(options =>
    [1, 65_536].map(payloadBytes => {
      const by = options.payloadBy === undefined ? '' : ` by ${options.payloadBy}`;
      const bytes = payloadBytes === 1 ? '1 byte' : `${payloadBytes} bytes`;
      return check(`takes ${bytes} to each task and back${by}`, async start => {
        const probe = await start({ does: 'index', payloadBytes, options });
        for (const tasks of [3, 40]) assert.deepEqual((await probe.run(tasks)).results, range(tasks));
      });
    }),
  );
}
