import { describe, expect, it } from 'vitest';
import type { ScenarioResult } from '../../src/model.js';
import { type ConclusionKind, conclude } from '../../src/report/conclusion.js';
import { why } from '../../src/report/why.js';
import {
  computingScenario,
  makeComparison,
  makeExecutor,
  makeScenario,
  waitingScenario,
} from '../support/report-fixture.js';

const sequential = makeExecutor({ name: 'sequential', perSecond: 20 });
const limited = makeExecutor({ name: 'limited', perSecond: 1_000 });
const queue = (perSecond: number) => makeExecutor({ name: 'queue', perSecond });
const lost = makeExecutor({ name: 'queue', throughputPerSecond: { median: null, low: null, high: null } });
const lostBecause = (name: string, reason = 'did not start: no database here') =>
  makeExecutor({
    name,
    throughputPerSecond: { median: null, low: null, high: null },
    lostTrials: 1,
    trials: [{ state: 'lost', fork: 0, round: 0, position: 0, cold: true, reason }],
  });
const threads = (number: number, perSecond: number) =>
  makeExecutor({ name: 'queue', id: `queue threads=${number}`, threads: number, perSecond });
const processes = makeExecutor({ name: 'cluster', kind: 'processes', perSecond: 1_900 });

const cases: readonly [kind: ConclusionKind, headline: string, scenario: ScenarioResult][] = [
  [
    'invalid',
    'No verdict: results differ',
    makeScenario({ validity: { state: 'INVALID', reasons: ['results differ', 'other'] } }),
  ],
  [
    'nothing measured',
    'No verdict: no executor has a trial that counts',
    makeScenario({ executors: [lost] }),
  ],
  [
    'nothing measured',
    'Nothing measured: all executors were lost: did not start: no database here',
    makeScenario({ executors: [lostBecause('queue'), lostBecause('piscina')] }),
  ],
  [
    'nothing measured',
    'Nothing measured: all executors were lost: did not start: no database here (and 1 other reason)',
    makeScenario({ executors: [lostBecause('queue'), lostBecause('piscina', 'killed by SIGKILL')] }),
  ],
  [
    'nothing measured',
    'Nothing measured: the scenario could not go on: origin killed by SIGKILL',
    makeScenario({
      executors: [lost],
      warnings: [{ code: 'stopped', message: 'the scenario could not go on: origin killed by SIGKILL' }],
    }),
  ],
  ['alone', 'No comparison: only limited was measured', makeScenario({ executors: [limited, lost] })],
  [
    'too few forks',
    'Too few forks to say: queue is 1.87 to 1.93× limited in 2 forks',
    makeScenario({ executors: [limited, queue(1_900)], halfWidth: null }),
  ],
  [
    'too few forks',
    'Too few forks to say: queue is 1.90× limited in its only fork',
    makeScenario({
      executors: [limited, queue(1_900)],
      comparisons: [makeComparison('queue', 'limited', 1.9, null, { forks: 1, range: [1.9, 1.9] })],
    }),
  ],
  [
    'not compared',
    'No verdict: queue and limited were not compared in the same rounds; through the baseline queue is about 1.90× limited',
    makeScenario({
      executors: [sequential, limited, queue(1_900)],
      comparisons: [makeComparison('limited', 'sequential', 50), makeComparison('queue', 'sequential', 95)],
    }),
  ],
  [
    'not compared',
    'No verdict: queue and limited were not compared in the same rounds',
    makeScenario({ executors: [limited, queue(1_900)], comparisons: [] }),
  ],
  [
    'use the loop',
    'Use the loop: limited is 50× [49, 51] sequential; threads add nothing',
    makeScenario({ executors: [sequential, limited, queue(995)] }),
  ],
  [
    'use the loop',
    'Use the loop: limited is 50× [45, 55] sequential; no gain from threads shown',
    makeScenario({ executors: [sequential, limited, queue(1_010)], halfWidth: 0.1 }),
  ],
  [
    'use the loop',
    'Use the loop: limited is 50× [49, 51] sequential; threads are slower',
    makeScenario({ executors: [sequential, limited, queue(700)] }),
  ],
  [
    'use the loop',
    'Use the loop: limited is 1.43× [1.40, 1.46] queue',
    makeScenario({ executors: [limited, queue(700)] }),
  ],
  [
    'use threads',
    'Use 2 threads: queue is 1.90× [1.86, 1.94] the loop (limited)',
    makeScenario({ executors: [sequential, limited, queue(1_900)] }),
  ],
  [
    'use threads',
    'Use 4 threads: queue ×4 is 1.92× [1.88, 1.96] the loop (limited)',
    makeScenario({ executors: [limited, threads(1, 980), threads(2, 1_900), threads(4, 1_920)] }),
  ],
  [
    'use threads',
    'Use 2 processes: cluster is 1.90× [1.86, 1.94] the loop (limited)',
    makeScenario({ executors: [limited, { ...processes, threads: 2 }] }),
  ],
  [
    'little in it',
    'Little in it: queue is 1.03× [1.01, 1.05] the loop (limited), which is simpler',
    makeScenario({ executors: [limited, queue(1_030)] }),
  ],
  [
    'no difference',
    'No difference shown between limited and queue; the loop is simpler',
    makeScenario({ executors: [limited, queue(1_010)] }),
  ],
  [
    'fastest',
    'limited is fastest: 50× [49, 51] sequential; not measured: queue',
    makeScenario({ executors: [sequential, limited, lost] }),
  ],
  [
    'fastest',
    'queue ×2 is fastest: 1.94× [1.90, 1.98] queue ×1',
    makeScenario({ executors: [threads(1, 980), threads(2, 1_900)] }),
  ],
  [
    'no difference',
    'No difference shown between limited and promise-all; limited is 50× [49, 51] sequential',
    makeScenario({
      executors: [sequential, limited, makeExecutor({ name: 'promise-all', perSecond: 990 })],
    }),
  ],
];

describe('the verdict on a scenario', () => {
  it.each(cases)('%s: %s', (kind, headline, scenario) => {
    expect(conclude(scenario)).toMatchObject({ kind, headline });
  });

  it('gives the ratio that the headline leaves out', () => {
    expect(conclude(waitingScenario()).aside).toBe('queue ÷ limited 0.99 [0.97, 1.01]');
    const four = makeScenario({ executors: [limited, threads(2, 1_900), threads(4, 1_920)] });
    expect(conclude(four).aside).toBe('no difference shown from queue ×2: 0.99 [0.97, 1.01]');
  });

  it('claims nothing that Holm did not confirm, whatever the interval', () => {
    const comparisons = [makeComparison('queue', 'limited', 1.9, 0.02, { significant: false })];
    const scenario = makeScenario({ executors: [limited, queue(1_900)], comparisons, winner: null });
    expect(conclude(scenario).kind).toBe('no difference');
  });

  it('is the same when a pair is listed the other way round', () => {
    const executors = [limited, queue(1_900)];
    const reversed = [makeComparison('limited', 'queue', 1 / 1.9)];
    const scenario = makeScenario({ executors, comparisons: reversed, winner: 'queue' });
    expect(conclude(scenario).headline).toBe(conclude(makeScenario({ executors })).headline);
  });
});

describe('what the words depend on', () => {
  const words = (scenario: ScenarioResult) => {
    const { headline, aside, about } = conclude(scenario);
    return [headline, aside, why(scenario, about)];
  };

  it('on what was measured: waiting and computing swapped swap the words', () => {
    const waiting = waitingScenario();
    const computing = computingScenario();
    const disguised = { ...computing, name: waiting.name, title: waiting.title, workload: waiting.workload };
    expect(words(disguised)).toEqual(words(computing));
    expect(words(disguised)).not.toEqual(words(waiting));
    expect(words(waiting).join(' ')).toMatch(/Use the loop.*99 % waiting; waiting allows 1,280\/s/);
    expect(words(disguised).join(' ')).toMatch(/Use 2 threads.*99\.8 % computing; computing allows/);
  });

  it('not on the name, the parameters or the declared kind of the workload', () => {
    for (const scenario of [waitingScenario(), computingScenario()]) {
      const renamed: ScenarioResult = {
        ...scenario,
        workload: 'cpu-heavy',
        kind: 'libuv',
        params: { cpuMs: 9 },
      };
      expect(words(renamed)).toEqual(words(scenario));
    }
  });

  it('says nothing of what is unknown', () => {
    const scenario = makeScenario({ alone: null, executors: [limited, queue(1_900)] });
    expect(why(scenario, conclude(scenario).about)).toBeNull();
  });
});
