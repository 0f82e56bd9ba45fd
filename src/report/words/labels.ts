import type { AxisPoint, ExecutorResult, ExecutorVariant, ParamValue } from '../../schema/index.js';
import { bytes, exactNumber } from '../format.js';
import { truncate } from '../text.js';

/** Of a foreign name within a sentence. */
export const LONGEST_NAME = 28;

/** An executor's name in a sentence, in backticks: `limited` and `queue` are words of the language too. */
export function quoted(name: string): string {
  return `\`${name.replaceAll('`', "'")}\``;
}

/** Parts of a sentence in their order: names that are quoted, without their backticks, and what stands between them. */
export function quotedParts(text: string): { readonly text: string; readonly isName: boolean }[] {
  return text.split(/`([^`]+)`/).map((part, at) => ({ text: part, isName: at % 2 === 1 }));
}

/** In a sentence, quoted: limited, queue; queue ×2 where there are variants with other numbers of threads. */
export function nameOf(executor: ExecutorResult): string {
  return quoted(plainNameOf(executor));
}

/** The same where it stands by itself. */
export function plainNameOf(executor: ExecutorResult): string {
  const { id, label } = executor.variant;
  return truncate(id === label ? id : labelOf(executor), LONGEST_NAME);
}

/** In a table: `limited`, `queue ×2`: with the number of threads as a suffix. */
export function labelOf({ variant: { label, capabilities, threads } }: ExecutorResult): string {
  return capabilities.workers ? `${label} ×${threads}` : label;
}

/** What executors are called and painted alike by. */
export type ExecutorFamily = 'loop' | 'threads' | 'processes';

export function familyOf({ capabilities }: Pick<ExecutorVariant, 'capabilities'>): ExecutorFamily {
  if (!capabilities.workers) return 'loop';
  return capabilities.sharesMemory ? 'threads' : 'processes';
}

/** `loop`, `thread 1`, `process 1`. */
export function workerName(family: ExecutorFamily, worker: number): string {
  return family === 'loop' ? 'loop' : `${family === 'threads' ? 'thread' : 'process'} ${worker + 1}`;
}

/** Axes that ids call otherwise than headings do. */
const ID_LABELS: Readonly<Record<string, string>> = { inFlight: 'in-flight', uvThreads: 'uv-threads' };

/** `in-flight=8`: the part of a variant's id that is its place on an axis. */
export function axisPart({ name, value }: AxisPoint): string {
  return `${ID_LABELS[name] ?? axisLabel(name)}=${textOf(value)}`;
}

/** `queue`: what variants along the axis have in common. */
export function variantLabel(executor: ExecutorResult): string {
  const { axis, series } = executor.variant;
  return axis === null ? labelOf(executor) : series;
}

/** `2 threads`, `1 process`. */
export function workersOf({ capabilities, threads }: ExecutorVariant): string {
  return countOfWorkers(threads, capabilities.sharesMemory ? 'threads' : 'processes');
}

export function countOfWorkers(count: number, family: Exclude<ExecutorFamily, 'loop'>): string {
  const [one, many] = family === 'threads' ? ['thread', 'threads'] : ['process', 'processes'];
  return `${count} ${count === 1 ? one : many}`;
}

/** `cpuMs`, `threads`, `in flight`: the axis as a heading. */
export function axisLabel(name: string): string {
  if (name === 'uvThreads') return 'libuv threads';
  return name === 'inFlight' ? 'in flight' : name.replace(/^(param|option)\./, '');
}

/** A value of an axis without the unit that is in its name. Sizes have people's units: there is no common one along an axis. */
function valueAndUnit({ name, value }: AxisPoint): { readonly text: string; readonly unit: string } {
  if (typeof value !== 'number') return { text: textOf(value), unit: '' };
  if (name === 'payload' || /bytes$/i.test(name)) return { text: bytes(value), unit: '' };
  if (name === 'rate') return { text: exactNumber(value), unit: '/s' };
  return { text: exactNumber(value), unit: name.endsWith('Ms') ? ' ms' : '' };
}

/** `50 ms`, `16`, `request`. */
export function axisValue(point: AxisPoint): string {
  const { text, unit } = valueAndUnit(point);
  return text + unit;
}

/** `cpuMs 0.5`: the unit is in the name. */
export function namedAxis(point: AxisPoint): string {
  return `${axisLabel(point.name)} ${valueAndUnit(point).text}`;
}

/** `COMPUTING`, `MIXED cpuMs 0.5`: a scenario, or a place of one. */
export function placeTitle({
  title,
  axis,
}: {
  readonly title: string;
  readonly axis: AxisPoint | null;
}): string {
  return axis === null ? title : `${title} ${namedAxis(axis)}`;
}

/** `0.5, 1 and 2 ms`: the unit once, at the end. */
export function axisValues(points: readonly AxisPoint[]): string {
  return listed(points.map(point => valueAndUnit(point).text)) + valueAndUnit(points.at(-1)!).unit;
}

/** `0.5 to 2 ms`. */
export function axisRange(from: AxisPoint, to: AxisPoint): string {
  return `${valueAndUnit(from).text} to ${axisValue(to)}`;
}

const PHRASES = new Map([
  ['param.cpuMs', 'of computing per task'],
  ['param.waitMs', 'of waiting per task'],
  ['tasks', 'tasks'],
  ['rate', 'offered'],
  ['threads', 'threads'],
  ['inFlight', 'in flight'],
  ['payload', 'in and out per task'],
  ['param.payloadBytes', 'per answer'],
  ['uvThreads', "threads of libuv's pool"],
]);

/** A place on the axis within a sentence: `3 ms of computing per task`, `16 in flight`, `size 100`. */
export function axisPhrase(point: AxisPoint): string {
  const phrase = PHRASES.get(point.name);
  return phrase === undefined ? namedAxis(point) : `${axisValue(point)} ${phrase}`;
}

/** `500/s`. */
export function rateText(perSecond: number): string {
  return `${exactNumber(perSecond)}/s`;
}

export function textOf(value: ParamValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `limited`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
