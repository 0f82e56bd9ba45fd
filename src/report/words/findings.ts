import { formatPredicate } from '../../predicate.js';
import type {
  Finding,
  FindingCode,
  FindingOf,
  ScenarioResult,
  Steadiness,
  TrialFault,
} from '../../schema/index.js';
import { count, duration, exactNumber, percent } from '../format.js';
import { failureText } from './failures.js';
import { listed, quoted, textOf } from './labels.js';
import { lossText, lostTrialText } from './losses.js';
import { precisionTakes } from './precision.js';

/** Words that go with one subject, and with several; `upTo` is for before a figure. */
const ONE = { many: false, upTo: '', is: 'is', was: 'was', its: 'its' };
const MANY: typeof ONE = { many: true, upTo: 'up to ', is: 'are', was: 'were', its: 'their' };

/** Whom a sentence is about, such as `limited and queue`; of several the values are those of the worst. */
type Subjects = typeof ONE & { readonly names: string };

type Sentences = {
  readonly [Code in FindingCode]: (values: FindingOf<Code>['values'], subjects: Subjects) => string;
};

/**
 * What a finding says, without a full stop: what is the matter, with its figures, and what to do, unless that is to
 * measure more: a hint has the command for it.
 */
export function sentenceOf({ code, subjects, values }: Finding): string {
  const about = { names: listed(subjects.map(quoted)), ...(subjects.length > 1 ? MANY : ONE) };
  const say = SENTENCES[code] as (values: Finding['values'], subjects: Subjects) => string;
  return say(values, about);
}

/** Why the figures of a scenario must not be believed. */
export function whyInvalid(scenario: ScenarioResult | undefined): string {
  const finding = scenario?.findings.find(({ severity }) => severity === 'invalid');
  return finding === undefined ? 'the figures are not valid' : sentenceOf(finding);
}

/** What is asked first of tasks that all fail alike. */
function allFailedText(kinds: readonly string[]): string {
  if (kinds.includes('refused')) return '; is the server running?';
  return kinds.includes('error') ? '; a function that takes arguments is given them by --args' : '';
}

const SENTENCES: Sentences = {
  'results-differ': (values, { names, many, upTo }) => {
    const { other, fork, different, compared, firstIndex, results } = values;
    const who = many ? `${names} disagree with ${quoted(other)}` : `${names} and ${quoted(other)} disagree`;
    const seen = results === null ? '' : `: ${results[0]} and ${results[1]}${comparisonText(values)}`;
    return `results differ: ${who} on ${upTo}${different} of ${compared} tasks in fork ${fork + 1}, the first is task ${firstIndex}${seen}`;
  },
  'counts-disagree': ({ faultyTrials, trials, first }, { names, upTo }) =>
    `counts disagree: ${names}, ${upTo}${faultyTrials} of ${trials} trials, e.g. ${faultText(first)}`,
  'too-many-failed': ({ failedShare, issued, failed, cancelled, wanted }, { names, upTo }) => {
    const kinds = Object.entries(failed).map(([kind, number]) => `${count(number)} ${kind}`);
    if (cancelled > 0) kinds.push(`${count(cancelled)} cancelled`);
    const belong = Object.keys(failed).join(',');
    const expected = belong === '' ? '' : `; --expect-failures ${belong} where they belong to it`;
    const asked = failedShare === 1 ? allFailedText(Object.keys(failed)) : '';
    return `too many failed tasks: ${names}, ${upTo}${percent(failedShare)} of ${count(issued)} (${kinds.join(', ')}), wanted is ${formatPredicate(wanted)} (--max-failed${expected})${asked}`;
  },
  'duplicates-differ': ({ differing, duplicates }, { names, upTo }) =>
    `duplicates differ: ${names} ran tasks twice, and ${upTo}${count(differing)} of ${count(duplicates)} second results are not the first; a task must come to the same however often it is run`,
  'executed-again': (values, { names, upTo }) => {
    const { more, executions, trials, ofTrials, workersLost, loss, recoveryMs, duplicateMs } = values;
    const lost =
      workersLost === 0
        ? 'locks ran out'
        : `${upTo}${count(workersLost)} ${workersLost === 1 ? 'worker was' : 'workers were'} lost (${loss === null ? 'no reason is known' : lossText(loss)})`;
    const recovered = recoveryMs === null ? '' : `, taken over within ${duration(recoveryMs)}`;
    const cost = duplicateMs === 0 ? '' : `; what came twice took ${duration(duplicateMs)}`;
    return `executed again: under ${names} ${lost}${recovered}, and ${upTo}${count(more)} of ${count(executions)} executions in ${trials} of ${ofTrials} trials were not the first of their task${cost}`;
  },
  'broker-slow': ({ slowestMs, trials, ofTrials }, { names, upTo }) =>
    `broker slow: what ${names} ran through took ${upTo}${duration(slowestMs)} to answer, in ${trials} of ${ofTrials} trials; these figures have that in them`,
  'clocks-apart': ({ errorMs, trials, ofTrials }, { names, upTo }) =>
    `clocks apart: what lies between the clocks of two machines under ${names} (wait, delivery) is left out where their error ${errorMs === null ? 'that nobody knows' : `of ${upTo}${duration(errorMs)}`} could have made it, in ${trials} of ${ofTrials} trials`,
  'results-not-compared': ({ workload }) =>
    `results were not compared between executors: ${workload} says that they may differ`,
  'results-sampled': ({ notAsked }) =>
    `sameResult was asked about the first tasks whose results differ, and not about ${count(notAsked)} more`,
  'results-kept': () =>
    'results are kept until a trial ends, in the heap that takes them in (--results keep)',

  'origin-saturated': ({ by, busyShare, allowedShare }, { names, upTo }) => {
    const what = by === 'loop' ? 'its loop was busy' : 'it used a core';
    return `origin saturated: ${what} ${upTo}${percent(busyShare)} of the time under ${names}, at most ${percent(allowedShare)} allowed; give it longer waits or fewer in flight`;
  },
  'pacer-late': (values, { names, upTo }) => {
    const { percentile, pacerLateMs, allowedMs, fillsCoresWith, cores } = values;
    const remedy =
      fillsCoresWith === null
        ? 'ask for a lower rate, or close other programs and run again'
        : `ask for a lower rate, or for fewer ${fillsCoresWith} than the ${cores} cores`;
    return `pacer late: under ${names} tasks were released ${upTo}${duration(pacerLateMs)} after they were due (${percentile}), at most ${duration(allowedMs)} allowed, so that latency cannot be told from that; ${remedy}`;
  },
  overloaded: ({ backlogFrom, backlogTo }, { names, many, its }) =>
    `overloaded: the backlog of ${names} grew ${many ? '(at most ' : ''}from ${count(backlogFrom)} to ${count(backlogTo)} tasks${many ? ')' : ''}, so that ${its} latencies only tell how long the trial was`,
  'held-to-rate': ({ perSecond, reachedPerSecond }, { names, many, upTo }) =>
    `held to a rate: ${names} sent ${upTo}${tasksText(reachedPerSecond)} requests a second where ${exactNumber(perSecond)} are allowed, so that the limit set ${many ? 'their' : 'its'} pace; ask for a lower --load rate=…, or raise --remote-rate on a server of yours`,
  'resolved-elsewhere': ({ failed }, { names, upTo }) =>
    `resolved elsewhere: under ${names} ${upTo}${count(failed)} tasks found the server's name at other addresses than at the start, and were not sent; run again, or give the address itself`,
  'tasks-ran-on': ({ tasks, trials, ofTrials }, { names, upTo }) => {
    const number = tasks === 1 ? '1 task' : `up to ${count(tasks)} tasks`;
    return `tasks ran on: under ${names} ${number} ignored the abort at the time limit and ran on while others were measured, in ${upTo}${trials} of ${ofTrials} trials; hand the task's signal to what it waits for, or raise --task-timeout`;
  },
  'littles-law': (values, { names, upTo }) => {
    const { offTrials, checkedTrials, fromStamps, counted, countedBy, differenceShare } = values;
    const where = countedBy === 'sampler' ? 'counted' : 'in the origin';
    return `Little's law is off in ${upTo}${offTrials} of ${checkedTrials} trials of ${names}, at worst ${tasksText(fromStamps)} in flight by the stamps, ${tasksText(counted)} ${where} (${percent(differenceShare)} apart)`;
  },

  'not-warm': values =>
    `not warm: an isolate ${needText(values)}; --warmup none asks for the first tasks in fresh processes`,
  'no-steady-state': () =>
    'no steady state: the CPU time of a task still changed when the longest pilot ended',
  'still-warming': ({ by }, { names }) =>
    by === 'rounds'
      ? `still warming: the CPU time of a task in ${names} falls from the first rounds of a fork to the last; a longer warm-up shows how far`
      : `still warming: the fork of ${names} that was warmed twice as long takes less CPU time a task; a longer warm-up shows how much less`,
  'dear-workers': ({ moreShare }, { names }) =>
    `dear workers: a task takes up to ${percent(moreShare)} more CPU time in the workers of ${names} than on the loop: they share caches and cores, or are not as warm; a longer warm-up tells which`,
  drift: ({ percentPerRound }, { names, many, upTo }) =>
    `drift: ${names} ${many ? 'change' : 'changes'} by ${upTo}${percentPerRound.toFixed(1)} % a round within a fork`,

  'nothing-measured': ({ why }) =>
    `nothing measured: ${why === 'stopped' ? 'stopped before the first trial' : 'no executor has a trial that counts'}`,
  'too-few-forks': ({ forks, needed, budgetEnded }) =>
    `too few forks: ${forks}${endedText(budgetEnded)}, an interval needs ${needed}`,
  'few-forks': ({ forks, usual, budgetEnded }) =>
    `few forks: ${forks}${endedText(budgetEnded)}, so the intervals are wide; ${usual} are usual`,
  'once-a-fork': (_, { names, its }) =>
    `once a fork: ${names} took so much of the budget that ${its} cold trials are ${its} only ones`,
  'too-few-tasks': ({ tasks, needed }, { names }) =>
    `too few samples: ${count(tasks)} tasks in all (${names}), a median needs ${needed}`,
  'too-few-for-p99': ({ neededInFork }, { names }) =>
    `too few samples: p99 needs ${count(neededInFork)} tasks in each fork (${names})`,
  'short-trials': ({ steps, clockStepNs }, { names }) =>
    `clock too coarse: a trial of ${names} is less than ${steps} steps of the clock (${clockText(clockStepNs)})`,
  'short-tasks': ({ steps, clockStepNs }, { names, its }) =>
    `clock too coarse: half of ${names}'s tasks take less than ${steps} steps of the clock (${clockText(clockStepNs)}): ${its} times of single tasks say nothing, ${its} throughput does`,
  'budget-ended': ({ budgetMs, wantedPrecision }) =>
    `the budget of ${exactNumber(budgetMs / 1_000)} s ended before the wanted precision of ${chosenPercent(wantedPrecision)}`,
  'precision-missed': values => {
    const { wanted, missed, of, widest, budgetMsNeeded } = values;
    const comparisons = of === 1 ? 'comparison' : 'comparisons';
    return `the wanted precision of ±${chosenPercent(wanted)} was missed in ${missed} of ${of} ${comparisons}, the widest has ±${percent(widest.halfWidth)} (${quoted(widest.executor)} ÷ ${quoted(widest.baseline)})${precisionTakes(budgetMsNeeded)}`;
  },

  'machine-busy': ({ by, share }) =>
    by === 'programs'
      ? `machine busy: other programs took ${percent(share)} of its CPU time; close them and run again`
      : `machine busy: the hypervisor took ${percent(share)} of its CPU time`,
  'unknown-load': () =>
    'whether other programs were at work is not known: this system has no /proc; peaks of memory are those of whole processes',
  'load-average': ({ loadAverage, cores }) =>
    `machine busy: the load average was ${Number(loadAverage.toPrecision(2))} on ${cores} cores before the start; close other programs and run again`,
  'taken-off-core': ({ perCpuSecond, usual }, { names, upTo, was, its }) =>
    `machine busy: ${names} ${was} taken off ${its} core ${upTo}${Math.round(perCpuSecond)} times in a second of CPU time, at most ${usual} are usual; close other programs and run again`,
  'libuv-pool-limit': ({ reachedShare, uvThreads }, { names, upTo }) => {
    const allowed = uvThreads === 1 ? '1 thread allows' : `${uvThreads} threads allow`;
    return `libuv's pool is the limit: ${names} reached ${upTo}${percent(reachedShare)} of what its ${allowed}, however many workers wait for them; --uv-threads compares more`;
  },

  stopped: ({ loss }) => `the scenario could not go on: ${lossText(loss)}`,
  'left-out': ({ trialMs }, { names, many, upTo, is }) =>
    `${names} ${is} left out: one trial ${many ? '' : 'of it '}would take ${upTo}${Math.ceil(trialMs / 60_000)} minutes, longer than the budget`,
  'remote-total': ({ sent, total }) =>
    `ended after ${count(sent)} requests to another machine: the next trial would have exceeded ${count(total)} (--remote-total)`,
  'given-up': (_, { names, was }) =>
    `${names} ${was} lost in two forks running, and not started a third time`,
  'other-baseline': ({ baseline, why }, { names, many, is, was }) => {
    const reasons = {
      'left-out': `${is} left out`,
      lost: `${was} lost`,
      overloaded: `${is} overloaded, and ${many ? 'have' : 'has'} no latency to compare with`,
    };
    return `compared with ${quoted(baseline)}: ${names} ${reasons[why]}`;
  },
  lost: ({ trials, during, loss }, { names }) =>
    `${names}: ${trials} lost, ${lostTrialText({ during, loss })}`,
  'failed-tasks': ({ kind, example }, { names }) =>
    `${names}: failed tasks (${kind}), e.g. ${failureText(example)}`,
  'dropped-trials': ({ trials }) => {
    const which = trials === 1 ? '1 trial does' : `${count(trials)} trials do`;
    return `${which} not count (lost, nothing completed, or counts disagree): such rounds are left out of the ratios`;
  },

  'rounded-in-flight': ({ rounded, threads, multiple }) => {
    const changes = rounded.map(({ asked, used }) => `${used} instead of ${asked}`).join(', ');
    return `in-flight is ${changes} for all executors, so that ${threads.join(', ')} threads share it evenly; a multiple of ${multiple} avoids this`;
  },
  'no-timeline': () =>
    'there is no timeline: a load by duration keeps none of its tasks; give it a number of tasks, or a rate',
  'repeated-batches': (_, { names, many }) =>
    `${names} ${many ? 'start' : 'starts'} in-flight tasks at once, again and again: all tasks at once has no end in a load without one`,
  'threads-unused': () =>
    'no executor here has threads; add queue or piscina to the executors to compare numbers of threads',
  uncommitted: ({ files }) =>
    `HEAD is the last commit, without ${files === 1 ? 'the file' : `the ${files} files`} that ${files === 1 ? 'is' : 'are'} changed since; . is the working tree`,
  'unknown-option': ({ option, unknown }, { names, many }) =>
    `${names} ${many ? 'know' : 'knows'} no ${option}=${unknown.map(textOf).join(',')}, and ${many ? 'run' : 'runs'} without`,
  'baseline-missing': ({ scenario, baseline, asked }) =>
    `${scenario} is compared with ${quoted(baseline)}: it has no ${quoted(asked)}; add that with --executors`,
};

/** How results were compared; a workload that says nothing of them is told what it may say. */
function comparisonText({ comparedBy, threw }: FindingOf<'results-differ'>['values']): string {
  if (threw !== null) return `; its sameResult(a, b) threw ${threw}`;
  if (comparedBy === 'digest' || comparedBy === 'sameResult')
    return `; compared by the workload's own ${comparedBy}`;
  return "; if they may, say so by sameResult(a, b), digest(result) or results: 'may differ', exported beside the task or members of the workload";
}

function faultText(fault: TrialFault): string {
  switch (fault.code) {
    case 'not-received':
      return `${fault.inLedger} tasks ${fault.outcome} in the ledger, ${fault.received} received`;
    case 'not-issued':
      return `${fault.issued} tasks issued of ${fault.expected}`;
    case 'executions':
      return `${fault.started} executions counted by the broker for ${fault.issued} tasks`;
    case 'requests': {
      const { requests, least, most } = fault;
      const expected = least === most ? `${most}` : `${least} to ${most}`;
      return `the origin saw ${requests} requests, expected ${expected}`;
    }
  }
}

/** What isolates need; of a pilot that was lost the tasks are not known. */
type Need = Pick<Steadiness, 'neededTasks' | 'neededMs' | 'hadTasks'>;

/** `needs about 2,400 tasks and had 600`, `needs about 2,400 tasks (1.7 s) and had 600`. */
export function needText({ neededTasks, neededMs, hadTasks }: Need, form?: 'with its time'): string {
  const ofCpu = neededMs === null ? '' : duration(neededMs);
  const time = form === undefined || ofCpu === '' ? '' : ` (${ofCpu})`;
  const what = neededTasks === null ? `${ofCpu} of CPU time` : `${count(neededTasks)} tasks${time}`;
  const needs = `needs about ${what}`;
  // What a fork can afford is a trial of fresh processes: as long as it is, its time is that of code on its way.
  return neededTasks === null || (hadTasks !== null && hadTasks >= neededTasks)
    ? `${needs} before its trials count, and the budget has no room for both`
    : `${needs} and had ${hadTasks === null ? 'few' : count(hadTasks)}`;
}

function endedText(budgetEnded: boolean): string {
  return budgetEnded ? ' before the budget ended' : '';
}

/** A mean number of tasks. */
function tasksText(tasks: number): string {
  return exactNumber(Number(tasks.toPrecision(3)));
}

function clockText(stepNs: number): string {
  return stepNs >= 1_000 ? `${exactNumber(stepNs / 1_000)} µs` : `${exactNumber(stepNs)} ns`;
}

/** A share that was chosen, without digits that nobody gave. */
function chosenPercent(share: number): string {
  return `${exactNumber(100 * share)} %`;
}
