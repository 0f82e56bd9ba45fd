import type { FindingCode } from '../../schema/index.js';

/** What a finding means, and what to do. */
export interface Explanation {
  readonly code: FindingCode;
  /** Code in it stands in backticks. */
  readonly means: string;
  readonly remedy: string;
}

/** The tables of docs/findings.md, for pages that are read without it. */
const EXPLANATIONS: Readonly<Record<FindingCode, readonly [means: string, remedy: string]>> = {
  'results-differ': [
    'Two executors, or two versions of a task (`--versus`), gave different results for the same task: they did not do the same work.',
    "If results may differ (salts, times, ids), say so by `sameResult(a, b)`, `digest(result)` or `results: 'may differ'`, exported beside the task or members of the workload. Otherwise look for what depends on the thread: module state, `workerData`, the working directory.",
  ],
  'counts-disagree': [
    'What the ledger recorded, what reached the main thread and what the origin served are three counts of the same tasks, and they are not the same.',
    'A bug in an executor of your own: run the contract (`threads-vs-loop contract ./my-pool.ts`) on it. In a built-in one: please report it.',
  ],
  'too-many-failed': [
    'More tasks failed than `--max-failed` allows (1 %): who is fast by failing is not faster.',
    'Fix the failures, ask for fewer in flight, declare them (`expectedFailures`), or allow more with `--max-failed`.',
  ],
  'duplicates-differ': [
    'A task was run twice, since a worker was lost or held up, and came to something else the second time: nobody knows which of the two is right.',
    'A task that may be run again must come to the same each time: look for time, chance and state in it.',
  ],
  'executed-again': [
    'Through a broker a task is run again where its worker was lost, or gave no sign of life for as long as a lock holds. Each counts once; the work that was done twice, and the wait for it, are in these trials.',
    'See why workers ended. Where none did, tasks hold up the whole machine for seconds: fewer `--threads` than cores.',
  ],
  'broker-slow': [
    'While tasks ran, the broker took more than a second to answer a small write, which it is asked for once a second: something held it up that has nothing to do with the tasks.',
    'Look at what it did then: `SLOWLOG GET`, `LATENCY DOCTOR`, a snapshot or a disk that is slow, other users, swapping. A broker of its own for the run has none of these: leave `--broker` out.',
  ],
  'clocks-apart': [
    'A worker on another machine has a clock of its own, and messages to it take so long that its offset is not known to 1 ms or a tenth of the time. Throughput, latency and service have one clock each.',
    'Workers nearer to the broker, or a network that is less busy.',
  ],
  'results-not-compared': [
    'The workload says that its results may differ.',
    'Nothing; `sameResult` or `digest` would let them be compared all the same.',
  ],
  'results-sampled': [
    '`sameResult` was asked about the first tasks whose results differ, not about all.',
    'Nothing, unless differences are rare: then ask for fewer tasks.',
  ],
  'results-kept': [
    'All results of a trial are kept in the heap that also computes, as asked for by `--results keep`.',
    'Leave the flag out to measure a service, which lets go of results.',
  ],
  'origin-saturated': [
    'The embedded origin was busy more than 90 % of the time: it was measured, not the executor.',
    'Longer waits (`waitMs`), fewer in flight, or a server of your own on another machine (`--param url=…`).',
  ],
  'pacer-late': [
    'Tasks of a rate load were released late by more than a tenth of their latency (and 1 ms): that is in the latency.',
    'A lower rate, fewer threads than cores, or a quieter machine.',
  ],
  overloaded: [
    'Tasks came faster than the executor ended them, and its backlog grew: a result. Its latency tells how long the trial was.',
    'Look at lower rates: `--load rate=100..1000/s`.',
  ],
  'held-to-rate': [
    'A server elsewhere was sent as many requests a second as `--remote-rate` allows: the limit set the pace, not the executor.',
    'A `--load rate=…` below the limit compares latencies; on a server of yours raise `--remote-rate`.',
  ],
  'resolved-elsewhere': [
    'The name of a server elsewhere was found at other addresses than when the run began. These requests were not sent.',
    'Run again, or give the address itself.',
  ],
  'tasks-ran-on': [
    'Tasks ignored their abort at the time limit and ran on while others were measured.',
    "Hand the task's `signal` to what it waits for, or raise `--task-timeout`.",
  ],
  'littles-law': [
    'Throughput × mean service time is not the number in flight that an independent thread counted (more than 2 % and chance apart).',
    'Trust throughput, not service times, of that executor; please report it.',
  ],
  'not-warm': [
    'V8 needs more tasks, or CPU time, in an isolate than the budget had room for: the figures are those of fresh processes.',
    'The budget that the headline names, or `--warmup none` if the cold answer is what you want.',
  ],
  'no-steady-state': [
    'The CPU time of a task still changed when the longest pilot ended: the code, or what it keeps, grows.',
    'Look for a cache or a list that grows with each task. The figures hold for as many tasks as were run.',
  ],
  'still-warming': [
    'The fork that was warmed twice as long takes less CPU time a task, or the last rounds of forks less than the first: V8 had a later jump in store.',
    'A longer `--warmup`: one set by hand is looked at too.',
  ],
  'dear-workers': [
    'A task takes more CPU time in threads than on the loop: caches and cores are shared, or the threads are not as warm.',
    '`--warmup` with more tasks tells which of the two.',
  ],
  drift: [
    'Throughput changes from round to round within forks, beyond chance.',
    'More tasks or rounds; look for state that grows, or a CPU that heats up.',
  ],
  'nothing-measured': ['No executor has a trial that counts.', 'See what was lost, and why.'],
  'too-few-forks': [
    'Fewer than three fresh processes: there is no interval.',
    '`--forks 5`, or a longer `--budget`.',
  ],
  'few-forks': ['Three or four forks: intervals are wide.', '`--forks 5`, or a longer `--budget`.'],
  'once-a-fork': [
    'An executor is so slow that only its cold trials fit into the budget.',
    'A longer `--budget`, or fewer tasks.',
  ],
  'too-few-tasks': ['Fewer than 20 tasks in all trials: not even a median is known.', 'More tasks.'],
  'too-few-for-p99': ['A p99 needs 1,000 tasks in each fork.', 'A longer `--duration`, or more `--rounds`.'],
  'short-trials': ['A trial is less than 100 steps of the clock.', 'More tasks.'],
  'short-tasks': [
    "Half of the tasks take less than ten steps of the clock: times of single tasks are the clock's.",
    'Read the throughput, or put more work into a task.',
  ],
  'budget-ended': [
    'The budget ended before the fewest forks, with intervals wider than wanted.',
    'A longer `--budget`.',
  ],
  'precision-missed': [
    'Some intervals are wider than the wanted precision (3 %). A wide interval is as true as a narrow one.',
    'The command behind `try:`, if there is one.',
  ],
  'machine-busy': [
    "Other programs, or the hypervisor, took more than 10 % of the machine's CPU time. What `--serve` and `setup` have started is not among them, though it takes cores from the executors.",
    'Close them; on a shared machine, run again at another time.',
  ],
  'unknown-load': [
    'The system has no /proc: what other programs used, what executors lost to them, and the memory of single trials are not told.',
    'Nothing; on Linux they are.',
  ],
  'load-average': [
    'Where the system does not tell who used the CPU: tasks waited in line for it before the run.',
    'Close other programs.',
  ],
  'taken-off-core': [
    'An executor that computes was interrupted more than 200 times in a second of CPU time, and lost time by it.',
    'Close other programs.',
  ],
  'libuv-pool-limit': [
    "What was measured is libuv's pool: more workers wait in line for the same few threads.",
    '`--uv-threads 4,8,16` compares sizes of the pool.',
  ],
  stopped: ['The scenario could not go on.', 'What the reason says.'],
  'left-out': [
    'One trial of an executor would take longer than the budget.',
    'A longer `--budget`, or fewer tasks.',
  ],
  'remote-total': [
    'Requests to a server elsewhere reached `--remote-total`: the run ended with what it had.',
    'A higher total on a server of yours; fewer executors or tasks.',
  ],
  'given-up': [
    'An executor was lost in two forks running, and not started a third time.',
    'See why it was lost.',
  ],
  'other-baseline': [
    'The planned baseline is left out, lost or overloaded: others are compared with another one.',
    'Read the ratios with that in mind.',
  ],
  lost: ['Trials whose host or worker ended.', 'What the reason says: memory, a crash, a time limit.'],
  'failed-tasks': [
    'Tasks that failed, with the first message of each kind. They never count as done.',
    'What the message says.',
  ],
  'dropped-trials': [
    'Trials that do not count: their rounds are left out of the ratios.',
    'See the findings of these executors.',
  ],
  'rounded-in-flight': [
    'In-flight is one number for all executors, and every number of threads must divide it.',
    'A multiple of the numbers of threads.',
  ],
  'no-timeline': [
    'A load by duration keeps none of its tasks, so that there is no timeline.',
    '`--tasks`, or `--load rate=…`.',
  ],
  'repeated-batches': [
    'Under a load by duration "all at once" has no end: `promise-all` starts in-flight tasks at once, again and again.',
    'Nothing.',
  ],
  'threads-unused': ['`--threads` was given, and no executor has threads.', 'Add `queue` or `piscina`.'],
  uncommitted: [
    '`--worktree` names HEAD, and files are changed since that commit.',
    'Name `.` for the working tree as it is, or commit them.',
  ],
  'unknown-option': [
    'An option was given for all executors that this one does not know.',
    'Nothing: it runs without.',
  ],
  'baseline-missing': [
    'A scenario has no executor of the name that `--baseline` gave.',
    'Add it with `--executors`.',
  ],
};

/** Of these codes, each once, in the order of the page. */
export function explanationsOf(codes: ReadonlySet<FindingCode>): Explanation[] {
  return CODES.filter(code => codes.has(code)).map(code => {
    const [means, remedy] = EXPLANATIONS[code];
    return { code, means, remedy };
  });
}

const CODES = Object.keys(EXPLANATIONS).filter((code): code is FindingCode => code in EXPLANATIONS);
