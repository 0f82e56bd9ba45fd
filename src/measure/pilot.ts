import { LEAST_PILOT_CPU_MS, type Settling, settle, sumOf, type WarmUpNeed } from '../analysis/steady.js';
import type { Host, Launcher } from '../hosts/launcher.js';
import type { AloneMeasured, Scenario, WarmUpBlock } from '../schema/index.js';
import type { WarmUpAim } from '../trial/warm-up.js';
import { onLoneLoop } from './lone-loop.js';
import type { RunEnv } from './start-message.js';
import { unrecordedSpecOf } from './trial-spec.js';

/** How the code of a task comes to its speed in a fresh isolate. */
export interface Pilot {
  readonly blocks: readonly WarmUpBlock[];
  readonly settling: Settling;
  /** Its loop is busy for less than a third of the time: what it computes decides nothing. */
  readonly waits: boolean;
}

/** One whose blocks are not at hand: what it found that an isolate needs is. */
export function knownPilot(
  { waits, settled }: { readonly waits: boolean; readonly settled: boolean },
  { tasks, cpuMs }: Pick<WarmUpNeed, 'tasks' | 'cpuMs'>,
): Pilot {
  const settling = { settled, need: { settledTasks: 0, tasks, cpuMs }, mostCpuMs: cpuMs };
  return { blocks: [], waits, settling };
}

export interface PilotSetting {
  readonly alone: AloneMeasured | null;
  readonly env: Omit<RunEnv, 'originUrl'>;
  readonly launcher: Launcher;
  /** Wall time after which it ends, settled or not. */
  readonly mostMs: number;
  readonly signal: AbortSignal;
}

/** Long enough to tell whether a loop waits. */
const FIRST_MS = 300;
const WAITING_SHARE = 1 / 3;
const STEP_MS = 1_000;
/** A block has whole passes; of longer ones a pilot would have too few. */
const LONGEST_PASS_MS = 400;
const GRACE_MS = 15_000;

/**
 * Runs a scenario's tasks on a fresh loop at the scenario's in-flight, as `limited` does, until the CPU time of a task
 * no longer changes. In the executors' own shape, since V8 compiles what it sees: the same code in a bare loop may
 * make a jump that it never makes between awaits.
 *
 * @returns null when the host is lost: the forks will show why
 */
export async function runPilot(scenario: Scenario, setting: PilotSetting): Promise<Pilot | null> {
  const tasks = passTasks(scenario, setting.alone);
  const inFlight = Math.min(scenario.inFlight, tasks);
  const loop = { purpose: 'pilot', executor: 'limited', inFlight, tasks } as const;
  return onLoneLoop(scenario, loop, setting.env, setting.launcher, (host, batch, salt) =>
    pilotOn(host, batch, salt, setting),
  );
}

async function pilotOn(
  host: Host,
  scenario: Scenario,
  salt: number,
  { mostMs, signal }: PilotSetting,
): Promise<Pilot> {
  const spec = unrecordedSpecOf(scenario, salt);
  const blocks: WarmUpBlock[] = [];
  let spentMs = 0;
  const run = async (aim: Partial<WarmUpAim>): Promise<void> => {
    const leftMs = Math.max(1, mostMs - spentMs);
    const limitMs = leftMs + scenario.tasks! * scenario.taskTimeoutMs + GRACE_MS;
    const whole = { tasksPerWorker: 0, cpuMs: 0, wallMs: 0, mostMs: leftMs, ...aim };
    const result = await host.warmUp(spec, whole, limitMs);
    blocks.push(...result.blocks);
    spentMs = sumOf(blocks, 'wallMs');
  };
  await run({ wallMs: Math.min(FIRST_MS, mostMs) });
  const waits = sumOf(blocks, 'loopBusyMs') < WAITING_SHARE * spentMs;
  if (!waits) await run({ cpuMs: LEAST_PILOT_CPU_MS - sumOf(blocks, 'cpuMs') });
  let settling = settle(blocks);
  while (!waits && !settling.settled && spentMs < mostMs && !signal.aborted) {
    await run({ wallMs: STEP_MS });
    settling = settle(blocks);
  }
  return { blocks, settling, waits };
}

/** All tasks of a trial, unless a pass of them would take too long. */
function passTasks({ tasks }: Scenario, alone: AloneMeasured | null): number {
  const most = alone === null || alone.cpuMs <= 0 ? 1_000 : Math.ceil(LONGEST_PASS_MS / alone.cpuMs);
  return Math.max(1, Math.min(tasks ?? 1_000, most));
}
