import { describe, expect, it } from 'vitest';
import { type ConclusionKind, conclude } from '../../src/report/words/conclusion.js';
import { coldAnswer } from '../../src/report/words/steadiness.js';
import type { ScenarioResult } from '../../src/schema/index.js';
import {
  computingScenario,
  killed,
  makeComparison,
  makeExecutor,
  makeLostTrial,
  makeScenario,
  PACER_LATE,
  RESULTS_DIFFER,
  STEADY,
  tooManyFailed,
  waitingScenario,
  withPlan,
  withVariant,
} from '../support/report-fixture.js';
import { whyText } from '../support/why-text.js';

const sequential = makeExecutor({ name: 'sequential', perSecond: 20 });
const limited = makeExecutor({ name: 'limited', perSecond: 1_000 });
const queue = (perSecond: number) => makeExecutor({ name: 'queue', perSecond });
const lost = makeExecutor({ name: 'queue', tasksPerSecond: { median: null, low: null, high: null } });
const lostBecause = (name: string, message = 'no database here') =>
  makeExecutor({
    name,
    tasksPerSecond: { median: null, low: null, high: null },
    lostTrials: 1,
    trials: [makeLostTrial(message, { round: 0, cold: true, during: 'start' })],
  });
const threads = (number: number, perSecond: number) =>
  makeExecutor({ name: 'queue', id: `queue threads=${number}`, threads: number, perSecond });
const processes = makeExecutor({ name: 'cluster', kind: 'processes', perSecond: 1_900 });

const invalid = (spec: Parameters<typeof makeExecutor>[0], finding = PACER_LATE) =>
  makeExecutor({ validity: 'INVALID', findings: [finding], ...spec });
/** A variant of which a share is refused. */
const inFlight = (number: number, perSecond: number, share = 0) =>
  makeExecutor({
    id: `limited in-flight=${number}`,
    inFlight: number,
    perSecond,
    validity: share > 0 ? 'INVALID' : 'VALID',
    findings: share > 0 ? [tooManyFailed(`limited in-flight=${number}`, share)] : [],
    outcomes: {
      issued: 1_000,
      completed: 1_000 * (1 - share),
      cancelled: 0,
      failed: share > 0 ? { 'http-429': 1_000 * share } : {},
    },
  });
/** `limited` is 26 times `sequential`; threads ÷ loop is a ratio with an interval of that factor. */
function concurrent(ratio: number, factor: number): ScenarioResult {
  const executors = [sequential, makeExecutor({ name: 'limited', perSecond: 520 }), queue(520 * ratio)];
  const comparisons = [
    makeComparison('limited', 'sequential', 26, 0.19),
    makeComparison('queue', 'sequential', 26 * ratio, 0.19),
    makeComparison('queue', 'limited', ratio, factor - 1),
  ];
  return makeScenario({ executors, comparisons, winner: null });
}

const cases: readonly [kind: ConclusionKind, headline: string, scenario: ScenarioResult][] = [
  [
    'invalid',
    'No verdict: results differ: `queue` and `limited` disagree on 1 of 200 tasks in fork 1, the first is task 17',
    makeScenario({ validity: 'INVALID', findings: [RESULTS_DIFFER, PACER_LATE] }),
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
      findings: [{ code: 'stopped', severity: 'note', subjects: [], values: { loss: killed('origin') } }],
    }),
  ],
  ['alone', 'No comparison: only `limited` was measured', makeScenario({ executors: [limited, lost] })],
  [
    'too few forks',
    'Too few forks to say: `queue` is 1.87 to 1.93× `limited` in 2 forks',
    makeScenario({ executors: [limited, queue(1_900)], halfWidth: null }),
  ],
  [
    'too few forks',
    'Too few forks to say: `queue` is 1.90× `limited` in its only fork',
    makeScenario({
      executors: [limited, queue(1_900)],
      comparisons: [makeComparison('queue', 'limited', 1.9, null, { forks: 1, range: [1.9, 1.9] })],
    }),
  ],
  [
    'not compared',
    'No verdict: `queue` and `limited` were not compared in the same rounds; through the baseline `queue` is about 1.90× `limited`',
    makeScenario({
      executors: [sequential, limited, queue(1_900)],
      comparisons: [makeComparison('limited', 'sequential', 50), makeComparison('queue', 'sequential', 95)],
    }),
  ],
  [
    'not compared',
    'No verdict: `queue` and `limited` were not compared in the same rounds',
    makeScenario({ executors: [limited, queue(1_900)], comparisons: [] }),
  ],
  [
    'use the loop',
    'Use the loop: threads add nothing, `queue` is 1.00× [0.98, 1.01] `limited`; concurrency pays: `limited` is 50× [49, 51] `sequential`',
    makeScenario({ executors: [sequential, limited, queue(995)] }),
  ],
  [
    'no difference',
    'Undecided: `queue` is 1.0× [0.9, 1.1] the loop (`limited`), no difference shown; concurrency pays: `limited` is 50× [46, 55] `sequential`',
    makeScenario({ executors: [sequential, limited, queue(1_010)], halfWidth: 0.09 }),
  ],
  // Concurrency is no answer about threads: what is not known of them is said first.
  [
    'not precise',
    'Undecided, not measured precisely enough: `queue` is 1.0× [0.9, 1.2] the loop (`limited`); concurrency pays: `limited` is 26× [22, 31] `sequential`',
    concurrent(1, 1.16),
  ],
  [
    'not precise',
    'Undecided, not measured precisely enough: `queue` is 1.3× [0.8, 2.1] the loop (`limited`); concurrency pays: `limited` is 26× [22, 31] `sequential`',
    concurrent(1.3, 1.62),
  ],
  [
    'not precise',
    'Undecided, not measured precisely enough: `queue` is 1.0× [0.3, 3.1] the loop (`limited`)',
    makeScenario({ executors: [limited, queue(970)], halfWidth: 2.24 }),
  ],
  [
    'not precise',
    'Undecided, not measured precisely enough: `queue` is 0.97× [0.03, 31.04] the loop (`limited`)',
    makeScenario({ executors: [limited, queue(970)], halfWidth: 31 }),
  ],
  [
    'no difference',
    'Undecided: `queue` is 1.02× [0.97, 1.07] the loop (`limited`), no difference shown',
    makeScenario({ executors: [limited, queue(1_020)], halfWidth: 0.05 }),
  ],
  [
    'use the loop',
    'Use the loop: `limited` is 1.43× [1.40, 1.46] `queue`; concurrency pays: `limited` is 50× [49, 51] `sequential`',
    makeScenario({ executors: [sequential, limited, queue(700)] }),
  ],
  [
    'use the loop',
    'Use the loop: `limited` is 1.43× [1.40, 1.46] `queue`',
    makeScenario({ executors: [limited, queue(700)] }),
  ],
  [
    'use threads',
    'Use 2 threads: `queue` is 1.90× [1.86, 1.94] the loop (`limited`)',
    makeScenario({ executors: [sequential, limited, queue(1_900)] }),
  ],
  [
    'use threads',
    'Use 4 threads: `queue ×4` is 1.92× [1.88, 1.96] the loop (`limited`)',
    makeScenario({ executors: [limited, threads(1, 980), threads(2, 1_900), threads(4, 1_920)] }),
  ],
  [
    'use threads',
    'Use 2 processes: `cluster` is 1.90× [1.86, 1.94] the loop (`limited`)',
    makeScenario({ executors: [limited, withVariant(processes, { threads: 2 })] }),
  ],
  [
    'little in it',
    'Little in it: `queue` is 1.03× [1.01, 1.05] the loop (`limited`), which is simpler',
    makeScenario({ executors: [limited, queue(1_030)] }),
  ],
  [
    'use the loop',
    'Use the loop: threads add nothing, `queue` is 1.01× [0.99, 1.03] `limited`',
    makeScenario({ executors: [limited, queue(1_010)] }),
  ],
  [
    'not precise',
    'Not measured precisely enough: `limited` is 1.0× [0.5, 2.0] `promise-all`',
    makeScenario({
      executors: [limited, makeExecutor({ name: 'promise-all', perSecond: 990 })],
      halfWidth: 1,
    }),
  ],
  // One bad variant: the others' figures are worth what they were.
  [
    'use threads',
    'Use 2 threads: `queue` is 1.90× [1.86, 1.94] the loop (`limited`)',
    makeScenario({ executors: [limited, queue(1_900), invalid({ name: 'piscina', perSecond: 4_000 })] }),
  ],
  [
    'fastest',
    '20 in flight is what the server takes: at 40, 80 % of tasks fail (http-429); `limited in-flight=20` is fastest: 1.90× [1.86, 1.94] `limited in-flight=10`',
    makeScenario({ executors: [inFlight(10, 1_000), inFlight(20, 1_900), inFlight(40, 4_000, 0.8)] }),
  ],
  [
    'alone',
    '20 in flight is what the server takes: at 40, 80 % of tasks fail (http-429)',
    makeScenario({ executors: [inFlight(20, 1_900), inFlight(40, 4_000, 0.8)] }),
  ],
  [
    'invalid',
    'No verdict: only `limited` is valid; too many failed tasks: `queue`, 80 % of 6,000 (4,800 http-429), wanted is failed <= 1 % (--max-failed; --expect-failures http-429 where they belong to it)',
    makeScenario({
      executors: [limited, invalid({ name: 'queue', perSecond: 4_000 }, tooManyFailed('queue', 0.8))],
      validity: 'INVALID',
      findings: [tooManyFailed('queue', 0.8)],
    }),
  ],
  [
    'alone',
    'No comparison: only `limited` is valid',
    makeScenario({ executors: [limited, invalid({ name: 'queue', perSecond: 4_000 })] }),
  ],
  [
    'fastest',
    '`limited` is fastest: 50× [49, 51] `sequential`; not measured: `queue`',
    makeScenario({ executors: [sequential, limited, lost] }),
  ],
  [
    'fastest',
    '`queue ×2` is fastest: 1.94× [1.90, 1.98] `queue ×1`',
    makeScenario({ executors: [threads(1, 980), threads(2, 1_900)] }),
  ],
  [
    'no difference',
    'No difference shown between `limited` and `promise-all`; `limited` is 50× [49, 51] `sequential`',
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
    const two = makeScenario({ executors: [sequential, limited, queue(1_900)] });
    expect(conclude(two).aside).toBe('`limited` ÷ `sequential` 50 [49, 51]');
    const four = makeScenario({ executors: [limited, threads(2, 1_900), threads(4, 1_920)] });
    expect(conclude(four).aside).toBe('no difference shown from `queue ×2`: 0.99 [0.97, 1.01]');
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
    return [headline, aside, whyText(scenario, about)];
  };

  it('on what was measured: waiting and computing swapped swap the words', () => {
    const waiting = waitingScenario();
    const computing = computingScenario();
    const disguised = {
      ...computing,
      name: waiting.scenario.name,
      title: waiting.scenario.title,
      workload: waiting.scenario.workload.name,
    };
    expect(words(disguised)).toEqual(words(computing));
    expect(words(disguised)).not.toEqual(words(waiting));
    expect(words(waiting).join(' ')).toMatch(/Use the loop.*99 % waiting; waiting allows 1,280\/s/);
    expect(words(disguised).join(' ')).toMatch(/Use 2 threads.*99\.8 % computing; computing allows/);
  });

  it('not on the name, the parameters or the declared kind of the workload', () => {
    for (const scenario of [waitingScenario(), computingScenario()]) {
      const workload = { ...scenario.scenario.workload, name: 'cpu-heavy', kind: 'libuv' } as const;
      const renamed = withPlan(scenario, { workload, params: { cpuMs: 9 } });
      expect(words(renamed)).toEqual(words(scenario));
    }
  });

  it('says nothing of what is unknown', () => {
    const scenario = makeScenario({ alone: null, executors: [limited, queue(1_900)] });
    expect(whyText(scenario, conclude(scenario).about)).toBeNull();
  });
});

it('a cold answer says what is left of it when threads have to be started', () => {
  const executors = [
    makeExecutor({ perSecond: 113, startupMs: 231, coldWallMs: 425 }),
    makeExecutor({ name: 'queue', perSecond: 174, startupMs: 371, coldWallMs: 276 }),
  ];
  const pair = [makeComparison('queue', 'limited', 1.54, 0.05)];
  const cold = makeScenario({ executors, tasks: 48, steadiness: { ...STEADY, state: 'cold' } });
  expect(conclude(cold).headline).toMatch(
    /^First 48 tasks in a fresh process: use 2 threads: `queue` is 1\.54× .* the loop \(`limited`\); with start-up it is 1\.01×$/,
  );
  const warm = makeScenario({ executors, tasks: 48, coldComparisons: pair });
  expect(coldAnswer(warm, executors)).toMatch(/`queue` ÷ `limited` 1\.54 \[.*\], with start-up 1\.01×$/);
  const unknown = executors.map(one => ({ ...one, startupMs: null }));
  expect(coldAnswer({ ...warm, executors: unknown }, unknown)).toMatch(/ \[.*\]$/);
});
