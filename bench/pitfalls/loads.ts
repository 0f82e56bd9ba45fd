import { amount, duration, percent, times } from '../../src/report/format.js';
import { sentenceOf } from '../../src/report/words/findings.js';
import { Burners } from './burners.js';
import { type Example, measure, warmTrials } from './example.js';

const STALL = { waitMs: 0, pauseMs: 500, pauseEveryMs: 2_000 };

/** An origin that stalls for 500 ms of every 2 s, asked in two ways. */
export async function omissionExample(): Promise<Example> {
  const common = { targets: ['http'], executors: ['limited'], params: STALL, forks: 1, rounds: 1 };
  const byRate = await measure({ ...common, load: 'rate=133.3/s', durationMs: 8_000, inFlight: 256 });
  const closed = await measure({ ...common, durationMs: 8_000, inFlight: 1 });
  const [open] = warmTrials(byRate, 'limited');
  const [loop] = warmTrials(closed, 'limited');
  return {
    rule: 'latency counts from when a task was due',
    right: `tasks that come whatever happens: p90 ${duration(open!.latencyMs.p90)} (analytic 300 ms)`,
    wrong: `a client that waits for its answer before it asks again: p90 ${duration(loop!.latencyMs.p90)}, p99 ${duration(loop!.latencyMs.p99)}: ${percent(1 - loop!.outcomes.completed / loop!.outcomes.issued)} lost, and the stalls are not seen`,
  };
}

/** Four at a time of 20 ms are 200/s; 300/s come. */
export async function overloadExample(): Promise<Example> {
  const at = async (durationMs: number) => {
    const report = await measure({
      targets: ['timer'],
      executors: ['limited'],
      params: { waitMs: 20 },
      inFlight: 4,
      load: 'rate=300/s',
      durationMs,
      forks: 1,
      rounds: 1,
    });
    return warmTrials(report, 'limited')[0]!;
  };
  const [short, long] = [await at(4_000), await at(8_000)];
  const [from, , , to] = long.arrivals!.backlogByQuarter;
  return {
    rule: 'a backlog that grows is "overloaded"',
    right: `overloaded: ${amount(from!)} tasks waited in the first quarter, ${amount(to!)} in the last`,
    wrong: `"p99 is ${duration(short.latencyMs.p99)}" if one measures for 4 s, ${duration(long.latencyMs.p99)} for 8 s`,
  };
}

/** Computing on a machine of which others want the cores. */
export async function busyExample(): Promise<Example> {
  const compute = () =>
    measure({
      targets: ['cpu'],
      executors: ['sequential', 'queue'],
      params: { cpuMs: 2 },
      tasks: 400,
      forks: 1,
      rounds: 5,
    });
  const quiet = await compute();
  const burners = new Burners(8);
  burners.toggle();
  const busy = await compute().finally(() => burners.stop());
  const ratio = (report: typeof quiet) => times(report.scenarios[0]!.comparisons[0]!.ratio);
  const found = busy.scenarios[0]!.findings.find(
    ({ code }) => code === 'machine-busy' || code === 'taken-off-core',
  );
  const noticed = found === undefined ? 'nothing was noticed' : sentenceOf(found).split(';')[0];
  return {
    rule: 'a machine that is busy is said to be',
    right: `threads are ${ratio(quiet)} the loop; later: ${noticed}`,
    wrong: `then they are ${ratio(busy)} the loop, without a word`,
  };
}

/** Who is in flight, seen by somebody who knows no stamps. */
export async function littleExample(): Promise<Example> {
  const report = await measure({
    targets: ['http'],
    executors: ['limited'],
    params: { waitMs: 20 },
    load: 'rate=500/s',
    durationMs: 2_000,
    forks: 1,
    rounds: 1,
  });
  const [trial] = warmTrials(report, 'limited');
  const { fromStamps, sampled, samples } = trial!.inFlight;
  const started = trial!.tasksPerSecond * ((trial!.latencyMs.mean ?? 0) / 1_000);
  return {
    rule: "Little's law is checked against an independent count",
    right: `${amount(fromStamps)} in flight by the stamps, ${amount(sampled)} counted by another thread ${samples} times`,
    wrong: `throughput × mean latency of the same stamps: ${amount(started)}, right by algebra, whatever the stamps are`,
  };
}
