import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Measured } from './measured.js';

export type ScriptConfig = Readonly<Record<string, string | number | boolean>>;

/** To a script's process: first its configuration, then a number of tasks for each trial. */
export type ToScript = { readonly config: ScriptConfig } | { readonly tasks: number };
export type FromScript = { readonly ready: true } | Measured;

/** A side of a pair that is a script in a process of its own: a baseline, nearly always. */
export interface Script extends AsyncDisposable {
  trial(tasks: number): Promise<Measured>;
}

/**
 * Forks a script in the environment that hosts have.
 *
 * @param path under `bench/self`, without extension, e.g. `baselines/piscina`
 */
export async function startScript(path: string, config: ScriptConfig): Promise<Script> {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const file = fileURLToPath(new URL(`../${path}.js`, import.meta.url));
  const child = fork(file, [], { env, execArgv: [], serialization: 'advanced' });
  const exited = once(child, 'exit');
  const lost = exited.then(([code]) => {
    throw new Error(`${path} exited with code ${code}`);
  });
  lost.catch(() => {});
  const ask = async (message: ToScript): Promise<FromScript> => {
    const answer = once(child, 'message');
    child.send(message);
    return (await Promise.race([answer, lost]))[0] as FromScript;
  };
  await ask({ config });
  return {
    trial: async tasks => (await ask({ tasks })) as Measured,
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}
