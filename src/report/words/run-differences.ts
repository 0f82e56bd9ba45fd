import type { DifferenceCode, RunDifference } from '../../schema/index.js';
import { amount, bytes, duration, percent } from '../format.js';
import { listed } from './labels.js';

/** What a difference costs whoever compares all the same. */
const COSTS = {
  machine: 'threads may pay more or less on another machine, whatever the code does',
  node: "V8 and libuv are others, so that the change may be Node's",
  plan: 'the ratios answer different questions',
} as const;

type Cost = keyof typeof COSTS;
type Value = RunDifference['base'];

interface Words {
  readonly label: string;
  /** Of a grave one. */
  readonly cost?: Cost;
  /** Of one value, where it is not shown as it is. */
  text?(value: Value): string;
}

const numeric = (format: (value: number) => string) => (value: Value) =>
  typeof value === 'number' ? format(value) : plain(value);

/** As git shows a commit. */
function shortHash(value: Value): string {
  return String(value).slice(0, 10);
}

const WORDS: Readonly<Record<DifferenceCode, Words>> = {
  'cpu-model': { label: 'CPU', cost: 'machine' },
  platform: { label: 'platform', cost: 'machine' },
  cores: { label: 'cores', cost: 'machine' },
  'cgroup-cores': { label: "the cgroup's cores", cost: 'machine' },
  'available-cores': { label: 'cores that Node may use', cost: 'machine' },
  'node-major': { label: 'Node', cost: 'node' },
  serve: { label: 'command of --serve', cost: 'plan' },
  broker: { label: 'broker', cost: 'plan' },
  workload: { label: 'workload', cost: 'plan' },
  params: { label: 'parameters', cost: 'plan' },
  args: { label: 'arguments of the tasks (--args)', cost: 'plan', text: shortHash },
  payload: { label: 'payload', cost: 'plan', text: numeric(bytes) },
  load: { label: 'load', cost: 'plan' },
  tasks: { label: 'tasks', cost: 'plan' },
  'in-flight': { label: 'in flight', cost: 'plan' },
  warmup: { label: 'warm-up', cost: 'plan' },
  origin: { label: 'server', cost: 'plan' },
  'task-timeout': { label: 'time-out of a task', cost: 'plan', text: numeric(duration) },
  'expected-failures': { label: 'failures that are expected', cost: 'plan' },
  remote: { label: 'requests to other machines', cost: 'plan' },
  'executor-module': { label: 'module', cost: 'plan' },
  'executor-options': { label: 'options', cost: 'plan' },
  'executor-threads': { label: 'threads', cost: 'plan' },
  'executor-in-flight': { label: 'in flight', cost: 'plan' },
  'executor-params': { label: 'parameters', cost: 'plan' },
  'executor-uv-threads': { label: 'threads of libuv', cost: 'plan' },
  'executor-call': { label: 'what it calls', cost: 'plan' },
  node: { label: 'Node' },
  'os-release': { label: 'kernel' },
  memory: { label: 'memory', text: numeric(bytes) },
  'load-average': { label: 'load average at the start', text: numeric(amount) },
  steal: { label: 'CPU time stolen by the hypervisor', text: numeric(percent) },
  governor: { label: 'CPU governor' },
  'uv-threads': { label: 'UV_THREADPOOL_SIZE' },
  'node-options': { label: 'NODE_OPTIONS' },
  package: { label: 'version' },
  'kernel-speed': { label: 'computing of the machine, iterations per ms', text: numeric(amount) },
  code: { label: "the workload's code", text: shortHash },
  commit: { label: 'commit', text: shortHash },
  revision: { label: 'commit of the revision', text: shortHash },
  seed: { label: 'seed', text: numeric(String) },
  forks: { label: 'forks' },
  budget: { label: 'budget', text: numeric(duration) },
  rounds: { label: 'rounds of a fork' },
  precision: { label: 'wanted precision', text: numeric(percent) },
  equivalence: { label: 'difference that counts as none', text: numeric(percent) },
  'max-failed': { label: 'failed tasks that are let pass' },
  objective: { label: 'objective' },
  module: { label: 'file of the workload' },
  steadiness: { label: 'warmth' },
  interrupted: { label: 'interrupted' },
  'time-between': { label: 'time between' },
};

/** In how many places a difference is told. */
const MOST_PLACES = 3;
const LONGEST_OBJECT = 60;

export interface DifferenceNote {
  readonly isGrave: boolean;
  readonly text: string;
  /** Of a grave one, what it costs to compare all the same. */
  readonly cost: string | null;
}

/** One for each kind of difference: `forks: 6 → 5 in waiting`. */
export function differenceNotes(differences: readonly RunDifference[]): DifferenceNote[] {
  const kinds = new Map<string, RunDifference[]>();
  for (const one of differences) {
    // A sentence of its own.
    if (one.code === 'time-between') continue;
    const key = `${one.code} ${one.name ?? ''}`;
    kinds.set(key, [...(kinds.get(key) ?? []), one]);
  }
  return [...kinds.values()].map(noteOf);
}

function noteOf(alike: readonly RunDifference[]): DifferenceNote {
  const [first] = alike;
  const { code, isGrave, name } = first!;
  const words = WORDS[code];
  const label = name === null ? words.label : `${words.label} of ${name}`;
  const places = alike.slice(0, MOST_PLACES).map(one => `${changeText(one, words)}${placeText(one)}`);
  const more = alike.length > MOST_PLACES ? [`${alike.length - MOST_PLACES} more`] : [];
  return {
    isGrave,
    text: `${label} ${listed([...places, ...more])}`,
    cost: words.cost === undefined ? null : COSTS[words.cost],
  };
}

function placeText({ scenario, executor }: RunDifference): string {
  if (scenario === null) return '';
  return ` in ${scenario}${executor === null ? '' : ` (${executor})`}`;
}

function changeText({ base, next }: RunDifference, { text = plain }: Words): string {
  const keys = changedKeys(base, next);
  return keys ?? `${text(base)} → ${text(next)}`;
}

/** `waitMs 20 → 50`: of objects what differs in them; null: they are none. */
function changedKeys(base: Value, next: Value): string | null {
  const [before, after] = [base, next].map(objectOf);
  if (before == null || after == null) return null;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const text = (value: unknown) => (value === undefined ? 'none' : JSON.stringify(value));
  const changed = names.filter(name => text(before[name]) !== text(after[name]));
  return changed.map(name => `${name} ${text(before[name])} → ${text(after[name])}`).join(', ');
}

function objectOf(value: Value): Record<string, unknown> | null {
  if (typeof value !== 'string' || !value.startsWith('{')) return null;
  try {
    return Object.fromEntries(Object.entries(JSON.parse(value) as object));
  } catch {
    // A name may begin so too.
    return null;
  }
}

function plain(value: Value): string {
  if (value === null || value === '') return 'none';
  const text = String(value);
  return text.length > LONGEST_OBJECT ? `${text.slice(0, LONGEST_OBJECT)}…` : text;
}

const HOUR_MS = 3_600_000;

/** Null where it is not known. */
export function timeBetweenMs(differences: readonly RunDifference[]): number | null {
  const next = differences.find(({ code }) => code === 'time-between')?.next;
  return typeof next === 'number' ? next : null;
}

/** Machines change from hour to hour: with the code alone in mind, nobody would think of it. */
export function timeText(betweenMs: number, isSameRun = false): string {
  if (isSameRun) return 'both are the same run: nothing can have changed';
  if (betweenMs < 0) return 'the runs overlap in time: each disturbed the other';
  const apart =
    betweenMs >= 48 * HOUR_MS ? `${Math.round(betweenMs / (24 * HOUR_MS))} days` : duration(betweenMs);
  const hours = betweenMs >= HOUR_MS ? 'saved runs from different hours' : 'saved runs';
  return `${hours}, ${apart} apart: what changed did so between these runs, and whether the code did it is not in the figures`;
}
