import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../../src/report/words/findings.js';
import { findingSchema } from '../../../src/schema/finding.js';
import type { Finding, FindingCode, FindingOf } from '../../../src/schema/index.js';
import { FAILURE_TEXTS, freeTexts, LOSS_TEXTS } from '../../support/free-texts.js';
import { killed, PACER_LATE, RESULTS_DIFFER, tooManyFailed } from '../../support/report-fixture.js';

type Sample<Code extends FindingCode> = readonly [
  values: FindingOf<Code>['values'],
  sentence: string,
  /** Of two subjects; left out: it names none. */
  ofTwo?: string,
];

const PRECISION = {
  wanted: 0.03,
  missed: 2,
  of: 3,
  widest: { executor: 'queue', baseline: 'limited', halfWidth: 0.062 },
  forksNeeded: 9,
  budgetMsNeeded: 31_200,
  byBudgetAlone: true,
};

/** Of each code: what it says of `queue`, and of `queue` and `piscina`. */
const SAMPLES: { readonly [Code in FindingCode]: Sample<Code> } = {
  'results-differ': [
    { ...(RESULTS_DIFFER as FindingOf<'results-differ'>).values, results: ['1', '2'] },
    "results differ: `queue` and `limited` disagree on 1 of 200 tasks in fork 1, the first is task 17: 1 and 2; if they may, say so by sameResult(a, b), digest(result) or results: 'may differ', exported beside the task or members of the workload",
    "results differ: `queue` and `piscina` disagree with `limited` on up to 1 of 200 tasks in fork 1, the first is task 17: 1 and 2; if they may, say so by sameResult(a, b), digest(result) or results: 'may differ', exported beside the task or members of the workload",
  ],
  'counts-disagree': [
    {
      faultyTrials: 2,
      trials: 12,
      first: { code: 'not-received', outcome: 'completed', inLedger: 4, received: 3 },
    },
    'counts disagree: `queue`, 2 of 12 trials, e.g. 4 tasks completed in the ledger, 3 received',
    'counts disagree: `queue` and `piscina`, up to 2 of 12 trials, e.g. 4 tasks completed in the ledger, 3 received',
  ],
  'too-many-failed': [
    (tooManyFailed('queue', 0.5) as FindingOf<'too-many-failed'>).values,
    'too many failed tasks: `queue`, 50 % of 6,000 (3,000 http-429), wanted is failed <= 1 % (--max-failed; --expect-failures http-429 where they belong to it)',
    'too many failed tasks: `queue` and `piscina`, up to 50 % of 6,000 (3,000 http-429), wanted is failed <= 1 % (--max-failed; --expect-failures http-429 where they belong to it)',
  ],
  'results-not-compared': [
    { workload: 'salted' },
    'results were not compared between executors: salted says that they may differ',
  ],
  'results-sampled': [
    { notAsked: 1_200 },
    'sameResult was asked about the first tasks whose results differ, and not about 1,200 more',
  ],
  'results-kept': [
    {},
    'results are kept until a trial ends, in the heap that takes them in (--results keep)',
  ],
  'origin-saturated': [
    { by: 'cpu', busyShare: 0.97, allowedShare: 0.9 },
    'origin saturated: it used a core 97 % of the time under `queue`, at most 90 % allowed; give it longer waits or fewer in flight',
    'origin saturated: it used a core up to 97 % of the time under `queue` and `piscina`, at most 90 % allowed; give it longer waits or fewer in flight',
  ],
  'pacer-late': [
    { ...(PACER_LATE as FindingOf<'pacer-late'>).values, fillsCoresWith: 'threads' },
    'pacer late: under `queue` tasks were released 9.0 ms after they were due (p99), at most 2.0 ms allowed, so that latency cannot be told from that; ask for a lower rate, or for fewer threads than the 2 cores',
    'pacer late: under `queue` and `piscina` tasks were released up to 9.0 ms after they were due (p99), at most 2.0 ms allowed, so that latency cannot be told from that; ask for a lower rate, or for fewer threads than the 2 cores',
  ],
  overloaded: [
    { backlogFrom: 12, backlogTo: 960.4 },
    'overloaded: the backlog of `queue` grew from 12 to 960 tasks, so that its latencies only tell how long the trial was',
    'overloaded: the backlog of `queue` and `piscina` grew (at most from 12 to 960 tasks), so that their latencies only tell how long the trial was',
  ],
  'held-to-rate': [
    { perSecond: 100, reachedPerSecond: 99.53 },
    'held to a rate: `queue` sent 99.5 requests a second where 100 are allowed, so that the limit set its pace; ask for a lower --load rate=…, or raise --remote-rate on a server of yours',
    'held to a rate: `queue` and `piscina` sent up to 99.5 requests a second where 100 are allowed, so that the limit set their pace; ask for a lower --load rate=…, or raise --remote-rate on a server of yours',
  ],
  'resolved-elsewhere': [
    { failed: 12 },
    "resolved elsewhere: under `queue` 12 tasks found the server's name at other addresses than at the start, and were not sent; run again, or give the address itself",
    "resolved elsewhere: under `queue` and `piscina` up to 12 tasks found the server's name at other addresses than at the start, and were not sent; run again, or give the address itself",
  ],
  'duplicates-differ': [
    { differing: 1, duplicates: 3 },
    'duplicates differ: `queue` ran tasks twice, and 1 of 3 second results are not the first; a task must come to the same however often it is run',
    'duplicates differ: `queue` and `piscina` ran tasks twice, and up to 1 of 3 second results are not the first; a task must come to the same however often it is run',
  ],
  'executed-again': [
    {
      more: 12,
      executions: 1012,
      trials: 1,
      ofTrials: 5,
      workersLost: 1,
      loss: {
        code: 'worker-ended',
        worker: 'process',
        number: null,
        host: null,
        exitCode: null,
        signal: 'SIGKILL',
      },
      recoveryMs: 7_400,
      duplicateMs: 0,
    },
    'executed again: under `queue` 1 worker was lost (a worker process was killed by SIGKILL), taken over within 7.4 s, and 12 of 1,012 executions in 1 of 5 trials were not the first of their task',
    'executed again: under `queue` and `piscina` up to 1 worker was lost (a worker process was killed by SIGKILL), taken over within 7.4 s, and up to 12 of 1,012 executions in 1 of 5 trials were not the first of their task',
  ],
  'broker-slow': [
    { slowestMs: 3_140, trials: 1, ofTrials: 5 },
    'broker slow: what `queue` ran through took 3.1 s to answer, in 1 of 5 trials; these figures have that in them',
    'broker slow: what `queue` and `piscina` ran through took up to 3.1 s to answer, in 1 of 5 trials; these figures have that in them',
  ],
  'clocks-apart': [
    { errorMs: 12.4, trials: 1, ofTrials: 5 },
    'clocks apart: what lies between the clocks of two machines under `queue` (wait, delivery) is left out where their error of 12 ms could have made it, in 1 of 5 trials',
    'clocks apart: what lies between the clocks of two machines under `queue` and `piscina` (wait, delivery) is left out where their error of up to 12 ms could have made it, in 1 of 5 trials',
  ],
  'tasks-ran-on': [
    { tasks: 1, trials: 2, ofTrials: 12 },
    "tasks ran on: under `queue` 1 task ignored the abort at the time limit and ran on while others were measured, in 2 of 12 trials; hand the task's signal to what it waits for, or raise --task-timeout",
    "tasks ran on: under `queue` and `piscina` 1 task ignored the abort at the time limit and ran on while others were measured, in up to 2 of 12 trials; hand the task's signal to what it waits for, or raise --task-timeout",
  ],
  'littles-law': [
    {
      offTrials: 1,
      checkedTrials: 2,
      fromStamps: 50,
      counted: 40.04,
      countedBy: 'origin',
      differenceShare: 0.2,
    },
    "Little's law is off in 1 of 2 trials of `queue`, at worst 50 in flight by the stamps, 40 in the origin (20 % apart)",
    "Little's law is off in up to 1 of 2 trials of `queue` and `piscina`, at worst 50 in flight by the stamps, 40 in the origin (20 % apart)",
  ],
  'not-warm': [
    { neededTasks: 2_400, neededMs: 1_700, hadTasks: 100 },
    'not warm: an isolate needs about 2,400 tasks and had 100; --warmup none asks for the first tasks in fresh processes',
  ],
  'no-steady-state': [
    {},
    'no steady state: the CPU time of a task still changed when the longest pilot ended',
  ],
  'still-warming': [
    { by: 'longer fork' },
    'still warming: the fork of `queue` that was warmed twice as long takes less CPU time a task; a longer warm-up shows how much less',
    'still warming: the fork of `queue` and `piscina` that was warmed twice as long takes less CPU time a task; a longer warm-up shows how much less',
  ],
  'dear-workers': [
    { moreShare: 0.23 },
    'dear workers: a task takes up to 23 % more CPU time in the workers of `queue` than on the loop: they share caches and cores, or are not as warm; a longer warm-up tells which',
    'dear workers: a task takes up to 23 % more CPU time in the workers of `queue` and `piscina` than on the loop: they share caches and cores, or are not as warm; a longer warm-up tells which',
  ],
  drift: [
    { percentPerRound: -1.34 },
    'drift: `queue` changes by -1.3 % a round within a fork',
    'drift: `queue` and `piscina` change by up to -1.3 % a round within a fork',
  ],
  'nothing-measured': [{ why: 'stopped' }, 'nothing measured: stopped before the first trial'],
  'too-few-forks': [
    { forks: 1, needed: 3, budgetEnded: true },
    'too few forks: 1 before the budget ended, an interval needs 3',
  ],
  'few-forks': [
    { forks: 3, usual: 5, budgetEnded: false },
    'few forks: 3, so the intervals are wide; 5 are usual',
  ],
  'once-a-fork': [
    {},
    'once a fork: `queue` took so much of the budget that its cold trials are its only ones',
    'once a fork: `queue` and `piscina` took so much of the budget that their cold trials are their only ones',
  ],
  'too-few-tasks': [
    { tasks: 5, needed: 20 },
    'too few samples: 5 tasks in all (`queue`), a median needs 20',
    'too few samples: 5 tasks in all (`queue` and `piscina`), a median needs 20',
  ],
  'too-few-for-p99': [
    { neededInFork: 1_000 },
    'too few samples: p99 needs 1,000 tasks in each fork (`queue`)',
    'too few samples: p99 needs 1,000 tasks in each fork (`queue` and `piscina`)',
  ],
  'short-trials': [
    { steps: 100, clockStepNs: 15_600, trialMs: 1.2 },
    'clock too coarse: a trial of `queue` is less than 100 steps of the clock (15.6 µs)',
    'clock too coarse: a trial of `queue` and `piscina` is less than 100 steps of the clock (15.6 µs)',
  ],
  'short-tasks': [
    { steps: 10, clockStepNs: 40 },
    "clock too coarse: half of `queue`'s tasks take less than 10 steps of the clock (40 ns): its times of single tasks say nothing, its throughput does",
    "clock too coarse: half of `queue` and `piscina`'s tasks take less than 10 steps of the clock (40 ns): their times of single tasks say nothing, their throughput does",
  ],
  'budget-ended': [
    { budgetMs: 20_000, wantedPrecision: 0.03 },
    'the budget of 20 s ended before the wanted precision of 3 %',
  ],
  'precision-missed': [
    PRECISION,
    'the wanted precision of ±3 % was missed in 2 of 3 comparisons, the widest has ±6.2 % (`queue` ÷ `limited`)',
  ],
  'machine-busy': [
    { by: 'programs', share: 0.31 },
    'machine busy: other programs took 31 % of its CPU time; close them and run again',
  ],
  'unknown-load': [
    {},
    'whether other programs were at work is not known: this system has no /proc; peaks of memory are those of whole processes',
  ],
  'load-average': [
    { loadAverage: 3.14, cores: 2 },
    'machine busy: the load average was 3.1 on 2 cores before the start; close other programs and run again',
  ],
  'taken-off-core': [
    { perCpuSecond: 220.4, usual: 200 },
    'machine busy: `queue` was taken off its core 220 times in a second of CPU time, at most 200 are usual; close other programs and run again',
    'machine busy: `queue` and `piscina` were taken off their core up to 220 times in a second of CPU time, at most 200 are usual; close other programs and run again',
  ],
  'libuv-pool-limit': [
    { reachedShare: 0.97, uvThreads: 1 },
    "libuv's pool is the limit: `queue` reached 97 % of what its 1 thread allows, however many workers wait for them; --uv-threads compares more",
    "libuv's pool is the limit: `queue` and `piscina` reached up to 97 % of what its 1 thread allows, however many workers wait for them; --uv-threads compares more",
  ],
  stopped: [{ loss: killed('origin') }, 'the scenario could not go on: origin killed by SIGKILL'],
  'left-out': [
    { trialMs: 130_000 },
    '`queue` is left out: one trial of it would take 3 minutes, longer than the budget',
    '`queue` and `piscina` are left out: one trial would take up to 3 minutes, longer than the budget',
  ],
  'remote-total': [
    { sent: 9_987, total: 10_000 },
    'ended after 9,987 requests to another machine: the next trial would have exceeded 10,000 (--remote-total)',
  ],
  'given-up': [
    {},
    '`queue` was lost in two forks running, and not started a third time',
    '`queue` and `piscina` were lost in two forks running, and not started a third time',
  ],
  'other-baseline': [
    { baseline: 'limited', why: 'overloaded' },
    'compared with `limited`: `queue` is overloaded, and has no latency to compare with',
    'compared with `limited`: `queue` and `piscina` are overloaded, and have no latency to compare with',
  ],
  lost: [
    { trials: 3, during: 'trial', loss: killed('host') },
    '`queue`: 3 lost, host killed by SIGKILL',
    '`queue` and `piscina`: 3 lost, host killed by SIGKILL',
  ],
  'failed-tasks': [
    { kind: 'timeout', example: 'no answer within 30 s' },
    '`queue`: failed tasks (timeout), e.g. no answer within 30 s',
    '`queue` and `piscina`: failed tasks (timeout), e.g. no answer within 30 s',
  ],
  'dropped-trials': [
    { trials: 1 },
    '1 trial does not count (lost, nothing completed, or counts disagree): such rounds are left out of the ratios',
  ],
  'rounded-in-flight': [
    { rounded: [{ asked: 10, used: 12 }], threads: [1, 4], multiple: 4 },
    'in-flight is 12 instead of 10 for all executors, so that 1, 4 threads share it evenly; a multiple of 4 avoids this',
  ],
  'no-timeline': [
    {},
    'there is no timeline: a load by duration keeps none of its tasks; give it a number of tasks, or a rate',
  ],
  'repeated-batches': [
    {},
    '`queue` starts in-flight tasks at once, again and again: all tasks at once has no end in a load without one',
    '`queue` and `piscina` start in-flight tasks at once, again and again: all tasks at once has no end in a load without one',
  ],
  'threads-unused': [
    {},
    'no executor here has threads; add queue or piscina to the executors to compare numbers of threads',
  ],
  uncommitted: [
    { files: 2 },
    'HEAD is the last commit, without the 2 files that are changed since; . is the working tree',
  ],
  'unknown-option': [
    { option: 'payloadBy', unknown: ['transfer', 'shared'] },
    '`queue` knows no payloadBy=transfer,shared, and runs without',
    '`queue` and `piscina` know no payloadBy=transfer,shared, and run without',
  ],
  'baseline-missing': [
    { scenario: 'waiting', baseline: 'limited', asked: 'piscina' },
    'waiting is compared with `limited`: it has no `piscina`; add that with --executors',
  ],
};

const codes = Object.keys(SAMPLES) as FindingCode[];
const findingOf = (code: FindingCode, subjects: readonly string[]) =>
  ({ code, severity: 'weak', subjects, values: SAMPLES[code][0] }) as Finding;

describe('a finding is one sentence', () => {
  it.each(codes)('%s', code => {
    const [, one, ofTwo = one] = SAMPLES[code];
    expect(sentenceOf(findingOf(code, ofTwo === one ? [] : ['queue']))).toBe(one);
    expect(sentenceOf(findingOf(code, ['queue', 'piscina']))).toBe(ofTwo);
  });

  it('of a precision: that it cannot be had, or not in a time that anybody is asked to wait', () => {
    const say = (more: Partial<typeof PRECISION>) =>
      sentenceOf({
        code: 'precision-missed',
        severity: 'note',
        subjects: [],
        values: { ...PRECISION, ...more },
      });
    expect(say({ budgetMsNeeded: 600_000 })).toBe(say({}));
    expect(say({ budgetMsNeeded: 1_800_000 })).toMatch(/; that would take 30 min here$/);
    expect(say({ budgetMsNeeded: 5_400_000 })).toMatch(/; it cannot be had within an hour here$/);
  });

  it('and advises to measure more by no flag: that is for the one command of a hint', () => {
    const more = /--(?:budget|forks|tasks|duration|rounds|warmup \w+ more)\b|ask for (?:more|a longer)/;
    const advising = codes.filter(code => SAMPLES[code].some(text => more.test(String(text))));
    expect(advising).toEqual([]);
  });

  it('of counts: by ledger and origin', () => {
    const say = (first: FindingOf<'counts-disagree'>['values']['first']) =>
      sentenceOf({
        code: 'counts-disagree',
        severity: 'invalid',
        subjects: ['queue'],
        values: { faultyTrials: 1, trials: 2, first },
      });
    expect(say({ code: 'not-issued', issued: 8, expected: 9 })).toMatch(/e\.g\. 8 tasks issued of 9$/);
    expect(say({ code: 'requests', requests: 12, least: 8, most: 11 })).toMatch(
      /the origin saw 12 requests, expected 8 to 11$/,
    );
    expect(say({ code: 'requests', requests: 9, least: 10, most: 10 })).toMatch(/expected 10$/);
  });
});

describe('what is in the results file', () => {
  it('fits the schema', () => {
    for (const code of codes) expect(findingSchema.parse(findingOf(code, ['queue']))).toBeDefined();
  });

  /** Ids and names that users chose, and what a program said word for word. */
  const IDS = [
    'other',
    'executor',
    'baseline',
    'asked',
    'scenario',
    'workload',
    'option',
    'unknown',
    'subjects',
  ];
  const QUOTES = ['results', 'threw', 'example', 'kind'];

  it('holds no English: numbers, ids, enums and quotes', () => {
    expect(freeTexts(findingSchema)).toEqual(
      [...new Set([...IDS, ...QUOTES, ...LOSS_TEXTS, ...FAILURE_TEXTS])].sort(),
    );
  });
});

it('docs/findings.md tells of each code what it means and what to do', () => {
  const page = readFileSync(new URL('../../../docs/findings.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` *\|(.*)\|(.*)\|(.*)\|$/gm)];
  expect(rows.map(([, code]) => code).sort()).toEqual([...codes].sort());
  for (const [, code, ...cells] of rows)
    for (const cell of cells) expect([code, cell.trim().length > 0]).toEqual([code, true]);
});

it.each([
  ['error', 'a function that takes arguments is given them by --args'],
  ['refused', 'is the server running?'],
])('asks what is usually the matter where all tasks fail by %s', (kind, question) => {
  expect(sentenceOf(tooManyFailed('queue', 1, kind))).toMatch(
    new RegExp(`; ${question.replace('?', '\\?')}$`),
  );
  expect(sentenceOf(tooManyFailed('queue', 0.9, kind))).not.toContain(question);
});
