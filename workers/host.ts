/** The process that holds one executor while a scenario runs: starts it, runs trials, stops. */
import { elapsedMs, nowNs } from '../src/clock.js';
import { messageOf } from '../src/errors.js';
import { type RunningExecutor, startChecked } from '../src/executors/executor.js';
import { loadExecutorModule } from '../src/executors/registry.js';
import type { ResultsCompared } from '../src/model.js';
import type { DigestOf } from '../src/trial/digest.js';
import { Ledger } from '../src/trial/ledger.js';
import { rssBytes } from '../src/trial/memory.js';
import type { FromHost, StartMessage, ToHost } from '../src/trial/messages.js';
import { showResults } from '../src/trial/shown-result.js';
import { SideThread } from '../src/trial/side-thread.js';
import { runTrial, type TrialSpec } from '../src/trial/trial.js';
import { loadWorkloadModule } from '../src/workloads/registry.js';

const controller = new AbortController();

/** What lives as long as this process does. */
interface Session {
  readonly executor: RunningExecutor;
  readonly ledger: Ledger;
  readonly pacer: SideThread | null;
  /** Started by the first trial that wants it. */
  sampler: SideThread | null;
  readonly keepResults: boolean;
  readonly compared: ResultsCompared;
  readonly workloadUrl: string;
  /** Of the latest trial, where that was digested. */
  digested: readonly unknown[];
  /** Of the process before its first trial, with its side threads. */
  idleRssBytes: number;
}
let session: Session | null = null;

async function start(message: StartMessage): Promise<FromHost> {
  const { workload, options, threads, inFlight, inFlightPerWorker, load, capacity } = message;
  const { taskTimeoutMs, payloadBytes } = message;
  const definition = await loadExecutorModule(message.executor.moduleUrl);
  // On a loop a result is on the main thread as soon as its task has finished.
  const ledger = Ledger.allocate(capacity, definition.kind !== 'loop', { load, workers: threads });
  await definition.prepare?.();
  const startedNs = nowNs();
  const executor = await startChecked(
    definition,
    workload,
    { options, threads, inFlight, inFlightPerWorker, taskTimeoutMs, payloadBytes, ledger },
    controller.signal,
  );
  const startupMs = elapsedMs(startedNs);
  const pacer = load === 'rate' ? await SideThread.start('pacer', ledger) : null;
  await executor.refreshUsage?.();
  const idleRssBytes = rssBytes() + (executor.usage?.().peakRssBytes ?? 0);
  session = {
    executor,
    ledger,
    pacer,
    sampler: null,
    keepResults: message.keepResults,
    compared: message.resultsCompared,
    workloadUrl: workload.moduleUrl,
    digested: [],
    idleRssBytes,
  };
  return { type: 'started', startupMs };
}

async function measure(spec: TrialSpec): Promise<FromHost> {
  if (session === null)
    return { type: 'fault', reason: 'a trial was asked for before the executor was started' };
  const current = session;
  if (spec.gauge && current.sampler === null) await addSampler(current);
  const { executor, ledger, pacer, sampler, keepResults, idleRssBytes } = current;
  // The heap of a measured trial must not hold those of the one before.
  current.digested = [];
  const output = await runTrial(
    {
      executor,
      ledger,
      pacer,
      sampler: spec.gauge ? sampler : null,
      keepResults,
      idleRssBytes,
      signal: controller.signal,
      digestBy: () => digestBy(current),
      holdResults: results => {
        current.digested = results;
      },
    },
    spec,
  );
  return { type: 'measured', output };
}

/** The workload is loaded here for its `digest` alone, after the clock has stopped: in its start it would be warm already. */
async function digestBy({ compared, workloadUrl }: Session): Promise<DigestOf | null | undefined> {
  if (compared === 'may differ') return null;
  if (compared === 'contents') return undefined;
  const workload = await loadWorkloadModule(workloadUrl);
  return workload.digest?.bind(workload);
}

function shown(indexes: readonly number[]): FromHost {
  return { type: 'results', results: showResults(session?.digested ?? [], indexes) };
}

function answer(message: Exclude<ToHost, { readonly type: 'stop' }>): Promise<FromHost> {
  if (message.type === 'start') return start(message);
  return message.type === 'trial' ? measure(message.spec) : Promise.resolve(shown(message.indexes));
}

async function addSampler(to: Session): Promise<void> {
  const before = rssBytes();
  to.sampler = await SideThread.start('sampler', to.ledger);
  to.idleRssBytes += Math.max(0, rssBytes() - before);
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
  else answer(message).then(send, (error: unknown) => send({ type: 'fault', reason: messageOf(error) }));
});
process.on('disconnect', () => process.exit(0));
send({ type: 'booted' });
