/** The process that holds one executor while a scenario runs: starts it, runs trials, stops. */
import { elapsedMs, nowNs } from '../src/clock.js';
import type { RunningExecutor } from '../src/executors/executor.js';
import { loadExecutorModule } from '../src/executors/registry.js';
import { Ledger } from '../src/trial/ledger.js';
import { rssBytes } from '../src/trial/memory.js';
import type { FromHost, StartMessage, ToHost } from '../src/trial/messages.js';
import { runTrial, type TrialSetting, type TrialSpec } from '../src/trial/trial.js';

const controller = new AbortController();
let session: (TrialSetting & { readonly executor: RunningExecutor }) | null = null;

async function start(message: StartMessage): Promise<FromHost> {
  const { workload, options, threads, inFlight, inFlightPerWorker, capacity, taskTimeoutMs } = message;
  const definition = await loadExecutorModule(message.executor.moduleUrl);
  // On a loop a result is on the main thread as soon as its task has finished.
  const ledger = Ledger.allocate(capacity, definition.kind !== 'loop');
  const startedNs = nowNs();
  const executor = await definition.start(
    workload,
    { options, threads, inFlight, inFlightPerWorker, taskTimeoutMs, ledger },
    controller.signal,
  );
  const startupMs = elapsedMs(startedNs);
  session = {
    executor,
    ledger,
    idleRssBytes: rssBytes(),
    signal: controller.signal,
  };
  return { type: 'started', startupMs };
}

async function measure(spec: TrialSpec): Promise<FromHost> {
  if (session === null)
    return { type: 'fault', reason: 'a trial was asked for before the executor was started' };
  return { type: 'measured', output: await runTrial(session, spec) };
}

function send(message: FromHost): void {
  // The CLI may be gone: `disconnect` ends this process then.
  if (process.connected) process.send?.(message, undefined, {}, () => {});
}

async function stop(): Promise<void> {
  await session?.executor[Symbol.asyncDispose]();
  process.exit(0);
}

process.on('message', (message: ToHost) => {
  if (message.type === 'stop') void stop();
  else {
    const answer = message.type === 'start' ? start(message) : measure(message.spec);
    answer.then(send, (error: unknown) =>
      send({ type: 'fault', reason: error instanceof Error ? error.message : String(error) }),
    );
  }
});
process.on('disconnect', () => process.exit(0));
send({ type: 'booted' });
