import type { UiPlan, UiPreset } from '../protocol.js';

/** A story to start from: a scenario of the built-in suites, or the user's own, with what is changed for a race. */
export interface PresetDefinition {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly group: UiPreset['group'];
  /** As `run` takes it; it is one scenario, or the places of an axis, which `change` narrows to one. */
  readonly target: string;
  /** What differs from the scenario: shorter trials, fewer programs that are the same in Node, one place of an axis. */
  readonly change?: Omit<UiPlan, 'preset'>;
}

export const OWN_PRESET = 'own';

/** Names of executors: those that the page shows. */
export const PRESETS: readonly PresetDefinition[] = [
  {
    name: 'waiting',
    title: 'Waiting',
    summary: '64 requests of 10 ms each, 16 at once: a task hardly does anything but wait for the answer.',
    group: 'default',
    target: 'waiting',
  },
  {
    name: 'computing',
    title: 'Computing',
    summary: '24 tasks that compute for 4 ms each: only one core after the other, or several at once?',
    group: 'default',
    target: 'computing',
  },
  {
    name: 'mixed',
    title: 'Waiting and computing',
    summary: '48 requests of 10 ms, and 1 ms of computing with each answer: from how much on do threads pay?',
    group: 'default',
    target: 'mixed',
    change: { computeMs: 1 },
  },
  {
    name: 'comments',
    title: 'Comments',
    summary: '100 comments are fetched: one after the other, by five threads, all at once.',
    group: 'article',
    target: 'comments-get',
    change: { tasks: 100 },
  },
  {
    name: 'todos',
    title: 'Todos',
    summary: '199 requests that take 0.3 to 5.7 ms each: one by one, in batches of ten, all at once.',
    group: 'article',
    target: 'todos-programs',
    change: { executors: ['sequential', 'batched', 'promise-all'] },
  },
  {
    name: 'movies',
    title: 'Movies',
    summary: '57 pages about movies: one by one, by eight processes, all at once.',
    group: 'article',
    target: 'movies-pages',
  },
  {
    name: 'feed',
    title: 'Feed',
    summary: 'Eight sleeps: a sleep that blocks holds the whole loop, one that waits does not.',
    group: 'article',
    target: 'feed-blocking',
    change: { tasks: 8, inFlight: 8 },
  },
  {
    name: 'ping',
    title: 'Ping',
    summary: 'Are five sites there? Each is asked over a connection of its own.',
    group: 'article',
    target: 'ping-sites',
  },
];
