import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { loadEngine } from '../executors/broker/engines.js';
import type { OwnModule } from '../executors/broker/remote/station.js';
import { builtIns } from '../plan/catalogue.js';
import { loadWorkload } from '../plan/loaded-workload.js';
import { hideInUrl } from '../secrets.js';
import { brokerOf, caOf } from '../settings/settings.js';
import { durationMsOrText, numberOrText } from '../settings/text.js';
import { flagWording } from '../settings/wording.js';
import { describe } from '../suggest.js';
import { moduleIdentity } from '../workloads/module-identity.js';
import type { CliDeps } from './deps.js';
import { listenForInterrupt } from './interrupt.js';

export interface WorkerFlags {
  readonly broker?: string | undefined;
  readonly ca?: string | undefined;
  readonly concurrency: string;
  readonly threads: string;
  readonly idleTimeout: string;
}

const LONGEST_IDLE_MS = 86_400_000;

/** Works for runs elsewhere until it is told to stop or has been idle. @returns the exit code: 0 idle, 130 or 143 stopped */
export async function worker(targets: readonly string[], flags: WorkerFlags, deps: CliDeps): Promise<number> {
  const url = brokerOf(flags.broker, flagWording);
  if (url === undefined)
    throw new UsageError('--broker', 'the broker of the runs', 'none', 'Write --broker redis://HOST:6379.');
  const ca = caOf(flags.ca, flagWording);
  const address = { url, caFile: ca === undefined ? null : resolve(deps.cwd, ca) };
  const threads = countOf('--threads', flags.threads, 1_000);
  const concurrency = countOf('--concurrency', flags.concurrency, 100_000);
  const idleTimeoutMs = idleTimeoutOf(flags.idleTimeout);
  const modules = await modulesOf(targets, deps);
  const { Station } = await import('../executors/broker/remote/station.js');
  const engine = await loadEngine(address);
  await engine.read(address, { backend: 'any', persistence: 'none' });
  const say = (line: string) => deps.stderr.write(`${line}\n`);
  using interrupt = listenForInterrupt(deps, () =>
    say('Stops after the tasks in flight. Again to quit at once.'),
  );
  const station = new Station({ engine, address, modules, threads, concurrency, idleTimeoutMs, say });
  const names = modules.map(({ name }) => name).join(', ');
  say(`Worker ${station.id} of ${names} at ${hideInUrl(url)}: ${threads} × ${concurrency}`);
  await station.serve(interrupt.signal);
  if (interrupt.signal.aborted) return interrupt.exitCode;
  say(`Idle for ${flags.idleTimeout}.`);
  return 0;
}

/** A worker runs these and nothing else: no code goes through the broker. */
async function modulesOf(targets: readonly string[], deps: CliDeps): Promise<OwnModule[]> {
  const { cwd: baseDir, catalogue = builtIns } = deps;
  const modules: OwnModule[] = [];
  for (const target of targets) {
    const { moduleUrl, workload } = await loadWorkload(target, null, {
      subject: 'worker',
      catalogue,
      baseDir,
    });
    const { contents } = await moduleIdentity(moduleUrl);
    modules.push({ name: workload.name, moduleUrl, contents });
  }
  return modules;
}

function countOf(flag: string, text: string, most: number): number {
  const count = numberOrText(text);
  if (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new UsageError(
    flag,
    `a whole number from 1 to ${most}`,
    describe(count),
    'Leave it out for the usual.',
  );
}

function idleTimeoutOf(text: string): number {
  const ms = durationMsOrText(text);
  if (typeof ms === 'number' && ms >= 1_000 && ms <= LONGEST_IDLE_MS) return ms;
  throw new UsageError(
    '--idle-timeout',
    'a duration from 1s to 1440m',
    describe(text),
    'Leave it out for 10m.',
  );
}
