import { once } from 'node:events';
import { UsageError } from '../errors.js';
import { startOrigin } from '../origin/server.js';
import { builtIns } from '../plan/catalogue.js';
import { checkParams } from '../plan/params.js';
import type { OriginSettings } from '../schema/index.js';
import { firstValues } from '../settings/checks.js';
import { seedOf } from '../settings/settings.js';
import { readAssignments } from '../settings/text.js';
import { flagWording } from '../settings/wording.js';
import { describe } from '../suggest.js';
import { originOf } from '../workloads/origin-of.js';
import type { CliDeps } from './deps.js';
import { CTRL_C, listenForInterrupt } from './interrupt.js';
import { readPort } from './port.js';

export interface OriginFlags {
  readonly port: string;
  readonly param?: readonly string[] | undefined;
  readonly seed?: number | string | undefined;
}

/** Its parameters are those of this workload. */
const WORKLOAD = 'http';

/** Serves until Ctrl-C, which is how it is meant to end, or SIGTERM. @returns the exit code: 0, or 143 */
export async function origin(flags: OriginFlags, deps: CliDeps): Promise<number> {
  const port = readPort(flags.port);
  const seed = seedOf(flags.seed, flagWording);
  const settings = await readSettings(flags.param ?? [], deps);
  using interrupt = listenForInterrupt(deps);
  const server = await startOrigin({ settings, seed, port });
  try {
    deps.stdout.write(`${server.url}\n`);
    deps.stderr.write(`Serving with seed ${seed} until Ctrl-C.\n`);
    if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort');
  } finally {
    await server.close();
  }
  return interrupt.exitCode === CTRL_C ? 0 : interrupt.exitCode;
}

async function readSettings(texts: readonly string[], deps: CliDeps): Promise<OriginSettings> {
  const workload = await (deps.catalogue ?? builtIns).findWorkload(WORKLOAD)!.load();
  const given = readAssignments('--param', texts);
  const values = checkParams('parameter', WORKLOAD, workload.params, given);
  const several = Object.entries(values).find(([, list]) => list.length > 1);
  if (several !== undefined) {
    const [key, list] = several;
    throw new UsageError(`--param ${key}`, 'one value', list.join(', '), 'Start one origin for each.');
  }
  const params = firstValues(values);
  workload.check?.(params);
  const settings = originOf(workload, params);
  if (settings !== null) return settings;
  throw new UsageError('--param url', 'none here', describe(params.url), 'Leave it out: this is the origin.');
}
