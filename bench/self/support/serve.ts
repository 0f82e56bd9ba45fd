import { elapsedMs, nowNs } from '../../../src/clock.js';
import type { Measured } from './measured.js';
import type { FromScript, ScriptConfig, ToScript } from './script.js';

/** What is measured: all `tasks` once, every result in hand at the end. */
export type RunTasks = (tasks: number) => Promise<unknown>;
type Measure = (tasks: number) => Promise<Measured>;

/** The process side of a script: opens it by the first message, and times it once for each further one. */
export function serve(open: (config: ScriptConfig) => Promise<RunTasks>): void {
  serveMeasured(async config => {
    const run = await open(config);
    return tasks => timed(() => run(tasks));
  });
}

/** The same for a script that measures itself. */
export function serveMeasured(open: (config: ScriptConfig) => Promise<Measure>): void {
  let measure: Measure = () => Promise.reject(new Error('a trial was asked for before the configuration'));
  const answer = async (message: ToScript): Promise<FromScript> => {
    if ('tasks' in message) return measure(message.tasks);
    measure = await open(message.config);
    return { ready: true };
  };
  process.on('message', (message: ToScript) => {
    // A rejection ends the process, and the check with its reason.
    void answer(message).then(reply => process.send?.(reply));
  });
  process.on('disconnect', () => process.exit(0));
}

async function timed(run: () => Promise<unknown>): Promise<Measured> {
  const cpuBefore = process.cpuUsage();
  const startNs = nowNs();
  // Held until the clock has stopped, as whoever calls such a script holds them.
  const results = await run();
  const wallMs = elapsedMs(startNs);
  const cpu = process.cpuUsage(cpuBefore);
  if (results === undefined) throw new Error('the script kept no results');
  return { wallMs, cpuMs: (cpu.user + cpu.system) / 1000 };
}
