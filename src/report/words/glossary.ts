/** What every interval on a page is. */
export const INTERVAL_MEANING = 'made this way it holds the true value in 95 of 100 runs';

/** Of what is no column, and needs more than a line. */
export const WHERE_WORDS_ARE = 'Words (fork, round, bystander, …): docs/results.md#words in the package.';

/** What a column shows, in a sentence: the page's hover texts and its glossary. */
const MEANINGS: Readonly<Record<string, string>> = {
  executor: 'What runs the tasks: an event loop, threads or processes. ×2: on two of them.',
  'tasks/s': 'Tasks completed in a second: the typical fork, that is fresh set of processes.',
  '±95 %': `Half of the 95 % interval, as a share: ${INTERVAL_MEANING}.`,
  'p50 service': 'Half of the tasks ran no longer.',
  'p90 service': 'Nine of ten tasks ran no longer.',
  'p99 service': '99 of 100 tasks ran no longer.',
  service: 'How long tasks ran, without waiting for their turn.',
  latency: 'From the moment a task was due until its result was there.',
  p50: 'Half of the tasks took no longer.',
  p90: 'Nine of ten tasks took no longer.',
  p99: '99 of 100 tasks took no longer.',
  'p99.9': '999 of 1,000 tasks took no longer.',
  failed: 'Share of tasks that failed: they are in no percentile.',
  cores: 'CPU time ÷ wall time: how many cores it kept busy.',
  rounds: 'Trials that count. *: only the cold ones could be afforded.',
  'CPU/task': 'CPU time of all its threads for each task. ↓: still falling when measuring ended.',
  memory: 'The most that a trial took over a bare host, threads included.',
  'start-up': 'Until it could take tasks.',
  'warms up': 'CPU time until a new worker is at its speed.',
  'starts at': 'Its speed in the first trial of a fresh process, as a share of its warm speed.',
  'loop busy': 'Share of the time in which the main loop was not asleep.',
  bystander: 'What somebody else on the main loop waits on average: a timer, a request.',
  validity: 'VALID; WEAK: the figures may be bent; INVALID: they must not be believed.',
  wait: 'From when a task was there until it started.',
  delivery: "From a task's end until its result was on the main thread: what messages cost.",
  'a task alone': 'What a task takes when no other runs: the work itself.',
  'beyond that': 'What running many of them adds: messages, scheduling, cores that are shared.',
  'at most': 'What no executor of this shape can exceed.',
  reached: 'Its throughput as a share of that.',
  objective: 'Whether the promise is kept: when the bound of the 95 % interval keeps it.',
};

/** Of a baseline's name that stands in the heading: `÷ sequential`. */
const RATIO =
  'How many times as good as the one behind the ÷: 2 is twice as good, below 1 is slower. With the 95 % interval, of pairs within rounds, in which both ran side by side.';

/** Null where a heading says it all. */
export function meaningOf(heading: string): string | null {
  if (/^÷ |÷/.test(heading)) return RATIO;
  return Object.hasOwn(MEANINGS, heading) ? MEANINGS[heading]! : null;
}
