/** The process that runs a workload's `setup`, keeps what that started, and runs its `teardown`. */
import type { FromSetup, SetupRequest, ToSetup } from '../src/hosts/setup-process.js';
import { thrownText } from '../src/tasks/failure.js';
import { loadWorkloadModule } from '../src/workloads/registry.js';
import { plainSetup } from '../src/workloads/setup.js';

// Nothing is measured here: what throws is named by its place in TypeScript.
process.setSourceMapsEnabled(true);

let tearDown: () => Promise<void> = async () => {};

async function setUp({ workload: { name, moduleUrl }, seed }: SetupRequest): Promise<FromSetup> {
  const workload = await loadWorkloadModule(moduleUrl);
  const returned = await workload.setup?.({ seed });
  tearDown = async () => workload.teardown?.(returned);
  try {
    return { type: 'ready', data: plainSetup(returned, `what setup of ${name} returns`) };
  } catch (error) {
    await tearDown();
    throw error;
  }
}

async function answerTo(message: ToSetup): Promise<FromSetup> {
  if (message.type === 'setup') return setUp(message);
  await tearDown();
  return { type: 'torn-down' };
}

process.on('message', (message: ToSetup) => {
  answerTo(message)
    .catch((error: unknown): FromSetup => ({ type: 'failed', reason: thrownText(error) }))
    .then(answer => process.send?.(answer, undefined, {}, () => {}));
});
process.on('disconnect', () => process.exit(0));
