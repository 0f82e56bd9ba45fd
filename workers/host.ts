/** The process that holds one executor while a scenario runs: starts it, runs trials, stops. */
import { elapsedMs, nowNs } from '../src/clock.js';
import { lossOf } from '../src/errors.js';
import type { RunningExecutor } from '../src/executors/executor.js';
import { loadExecutorModule } from '../src/executors/registry.js';
import { startChecked } from '../src/executors/start-checked.js';
import type { ResultsCompared } from '../src/schema/index.js';
import type { DigestOf } from '../src/trial/digest.js';
import { Ledger } from '../src/trial/ledger.js';
import { rssBytes } from '../src/trial/memory.js';
import type { FromHost, StartMessage, StopMessage, ToHost } from '../src/trial/messages.js';
import { showResults } from '../src/trial/shown-result.js';
import { SideThread } from '../src/trial/side-thread.js';
import { runTrial, type TrialSetting, type TrialSpec } from '../src/trial/trial.js';
import { warmUp } from '../src/trial/warm-up.js';
import { loadWorkloadModule } from '../src/workloads/registry.js';

/**
 * Of tasks that go through a broker. Of a batch of more the times are taken down in histograms as they come, and not kept: the
 * controller of ten million tasks needs no more memory than that of a million.
 */
const MOST_PLACES = 1_000_000;

/** Nothing aborts: a host that is not wanted any more is ended. */
const { signal } = new AbortController();

/** What lives as long as this process does. */
interface Session extends Pick<TrialSetting, 'ledger' | 'pacer' | 'keepResults'> {
  readonly executor: RunningExecutor;
  /** Started by the first trial that wants it. */
  sampler: SideThread | null;
  readonly compared: ResultsCompared;
  readonly workloadUrl: string;
  /** Of the latest trial, where that was digested. */
  digested: readonly unknown[];
  /** Of the process before its first trial, with its side threads. */
  idleRssBytes: number;
  /** Of the process before it had an executor, with its ledger and side threads. */
  bareRssBytes: number;
}
let session: Session | null = null;

async function start(message: StartMessage): Promise<FromHost> {
  const { workload, options, threads, inFlight, inFlightPerWorker, load, capacity } = message;
  const { taskTimeoutMs, payloadBytes, broker } = message;
  const bootedRssBytes = rssBytes();
  const definition = await loadExecutorModule(message.executor.moduleUrl);
  // On a loop a result is on the main thread as soon as its task has finished.
  const { workers, hasBroker = false } = definition.capabilities;
  const mostPlaces = hasBroker ? MOST_PLACES : Number.POSITIVE_INFINITY;
  const ledger = Ledger.allocate(capacity, workers, { load, workers: threads, mostPlaces });
  await definition.prepare?.({ broker });
  const startedNs = nowNs();
  const executor = await startChecked(
    definition,
    workload,
    { options, threads, inFlight, inFlightPerWorker, taskTimeoutMs, payloadBytes, broker, recorder: ledger },
    signal,
  );
  const startupMs = elapsedMs(startedNs);
  const startedRssBytes = rssBytes();
  const pacer = ledger.isPaced ? await SideThread.start('pacer', ledger) : null;
  const readyRssBytes = rssBytes();
  await executor.refreshUsage?.();
  const idleRssBytes = readyRssBytes + (executor.usage?.().peakRssBytes ?? 0);
  const bareRssBytes = bootedRssBytes + ledger.bytes + Math.max(0, readyRssBytes - startedRssBytes);
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
    bareRssBytes,
  };
  return { type: 'started', startupMs };
}

async function measure(current: Session, spec: TrialSpec): Promise<FromHost> {
  if (spec.gauge && current.sampler === null) await addSampler(current);
  return { type: 'measured', output: await runTrial(settingOf(current, spec), spec) };
}

function settingOf(current: Session, { gauge }: TrialSpec): TrialSetting {
  // The heap of a measured trial must not hold the results of the one before.
  current.digested = [];
  return {
    ...current,
    sampler: gauge ? current.sampler : null,
    signal,
    digestBy: () => digestBy(current),
    holdResults: results => {
      current.digested = results;
    },
  };
}

/** The workload is loaded here for its `digest` alone, after the clock has stopped: in its start it would be warm already. */
async function digestBy({ compared, workloadUrl }: Session): Promise<DigestOf | null | undefined> {
  if (compared === 'may differ') return null;
  if (compared === 'contents') return undefined;
  const workload = await loadWorkloadModule(workloadUrl);
  return workload.digest?.bind(workload);
}

async function addSampler(to: Session): Promise<void> {
  const before = rssBytes();
  to.sampler = await SideThread.start('sampler', to.ledger);
  const samplerBytes = Math.max(0, rssBytes() - before);
  to.idleRssBytes += samplerBytes;
  to.bareRssBytes += samplerBytes;
}

function send(message: FromHost): void {
  // The CLI may be gone: `disconnect` ends this process then.
  if (process.connected) process.send?.(message, undefined, {}, () => {});
}

async function stop(): Promise<void> {
  await session?.executor[Symbol.asyncDispose]();
  process.exit(0);
}

async function answerTo(message: Exclude<ToHost, StopMessage>): Promise<FromHost> {
  if (message.type === 'start') return start(message);
  if (session === null) return { type: 'fault', loss: { code: 'not-started' } };
  switch (message.type) {
    case 'trial':
      return measure(session, message.spec);
    case 'warm-up': {
      const { spec, aim } = message;
      return { type: 'warmed-up', result: await warmUp(settingOf(session, spec), spec, aim) };
    }
    case 'results':
      return { type: 'results', results: showResults(session.digested, message.indexes) };
  }
}

process.on('message', (message: ToHost) => {
  if (message.type === 'stop') void stop();
  else {
    answerTo(message).then(send, (error: unknown) => send({ type: 'fault', loss: lossOf(error) }));
  }
});
process.on('disconnect', () => process.exit(0));
send({ type: 'booted' });
