import { UsageError } from '../errors.js';
import { isPlainObject } from '../plain-object.js';
import type { ParamSpecs, ParamValue } from '../schema/index.js';
import { describe, unknownName } from '../suggest.js';
import { type MixedKind, mixedWorkload } from './mixed-workload.js';
import type { Workload, WorkloadDefaults, WorkloadDefinition } from './workload.js';

/** One kind of task. */
export type MixPart = {
  /** Above 0; of the sum of all: 0.7 and 0.3, or 70 and 30. */
  readonly share: number;
  /** Of its workload, where they are not to be its defaults. */
  readonly params?: Readonly<Record<string, ParamValue>>;
} & (
  | {
      /** Name of a built-in workload, or a module: `./render.mjs#renderPage`, relative to the module of the mix, or a URL. */
      readonly module: string | URL;
      readonly task?: never;
    }
  | {
      /** A function of one's own or a workload, imported: so in TypeScript. */
      readonly task: ((index: number) => unknown) | WorkloadDefinition;
      readonly module?: never;
    }
);

/** What tells a mix, whichever copy of this package has made it. */
export const MIX_PARTS = 'threads-vs-loop.mix';
const PARTS_KEY = Symbol.for(MIX_PARTS);
/** How the file of a mix is called that was written for a command line. */
export const WRITTEN_MIX = 'written-mix';

const IS_WRITTEN = new RegExp(`[\\\\/]${WRITTEN_MIX}-[\\da-f]+\\.mjs`);

/** What messages call the module of a workload. @param path of it, or its URL */
export function shownModule(path: string, given: string): string {
  return IS_WRITTEN.test(path) ? '--mix' : given;
}

/** What `mix` makes: a workload once its parts are loaded. */
export interface Mix {
  readonly name: string;
  readonly defaults?: WorkloadDefaults;
  readonly [PARTS_KEY]: Readonly<Record<string, MixPart>>;
}

/**
 * A workload made of others, as a service has several kinds of requests. Which task is of which kind is random, and the
 * same in every executor of a fork. Results are `{ kind, result }`.
 *
 * @param parts by name: `render` has its parameters as `render.pages`
 * @example export default mix({ render: { module: './render.mjs', share: 0.7 }, hash: { module: 'scrypt', share: 0.3 } })
 */
export function mix(
  parts: Readonly<Record<string, MixPart>>,
  { name = 'mix', defaults }: { readonly name?: string; readonly defaults?: WorkloadDefaults } = {},
): Mix {
  return { name, ...(defaults === undefined ? {} : { defaults }), [PARTS_KEY]: parts };
}

export function isMix(value: unknown): value is Mix {
  return typeof value === 'object' && value !== null && PARTS_KEY in value;
}

/**
 * @param given what the user called its module
 * @param load finds the workload of a part
 * @throws UsageError for parts that cannot be mixed
 */
export async function loadMix(
  { name, defaults, [PARTS_KEY]: parts }: Mix,
  given: string,
  load: (part: MixPart, subject: string) => Promise<Workload>,
): Promise<WorkloadDefinition> {
  const kinds: MixedKind[] = [];
  for (const [kind, part] of entriesOf(parts, given)) {
    const subject = `${given}: part ${kind}`;
    requirePart(part, subject);
    const workload = await load(part, subject);
    kinds.push({ kind, share: part.share, workload, params: specsOf(part, workload, subject) });
  }
  requireOneOrigin(kinds, given);
  return { ...mixedWorkload(name, kinds), ...(defaults === undefined ? {} : { defaults }) };
}

/** It is the first half of the names of its parameters. */
const KIND = /^[a-z][\w-]*$/i;
const REMEDY = "Write for example mix({ render: { module: './render.mjs', share: 0.7 }, … }).";

function entriesOf(parts: unknown, given: string): [string, MixPart][] {
  if (!isPlainObject(parts))
    throw new UsageError(given, 'the parts of its mix, by name', describe(parts), REMEDY);
  const entries = Object.entries(parts as Readonly<Record<string, MixPart>>);
  if (entries.length === 0) throw new UsageError(given, 'at least one part of its mix', 'none', REMEDY);
  const odd = entries.find(([kind]) => !KIND.test(kind));
  if (odd === undefined) return entries;
  throw new UsageError(given, 'names of parts of letters, digits, _ and -', describe(odd[0]), REMEDY);
}

function requirePart(part: unknown, subject: string): void {
  if (!isPlainObject(part)) throw new UsageError(subject, 'an object', describe(part), REMEDY);
  const { share, module, task, params: _params, ...others } = part;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw unknownName(subject, unknown, ['share', 'module', 'task', 'params'], 'Leave it out.');
  if (typeof share !== 'number' || !Number.isFinite(share) || share <= 0)
    throw new UsageError(subject, 'a share above 0', describe(share), REMEDY);
  if ((module === undefined) === (task === undefined))
    throw new UsageError(
      subject,
      'either a module or a task',
      module === undefined ? 'neither' : 'both',
      REMEDY,
    );
}

/** With the values that the part was given as defaults: the plan checks these as it does any. */
function specsOf({ params = {} }: MixPart, { params: specs }: Workload, subject: string): ParamSpecs {
  for (const name of Object.keys(params)) {
    if (!Object.hasOwn(specs, name))
      throw unknownName(`${subject}: parameter`, name, Object.keys(specs), 'Leave it out.');
  }
  const all = Object.entries(specs).map(([name, spec]) => [
    name,
    Object.hasOwn(params, name) ? { ...spec, default: params[name] } : spec,
  ]);
  return Object.fromEntries(all) as ParamSpecs;
}

/** A scenario has one server, and settings of two parts would have to be those of one. */
function requireOneOrigin(kinds: readonly MixedKind[], given: string): void {
  const asking = kinds.filter(({ workload }) => workload.origin !== undefined);
  if (asking.length < 2) return;
  throw new UsageError(
    given,
    'one part that calls the embedded server',
    asking.map(({ kind }) => kind).join(' and '),
    'Let one call it, and the other a server of yours by --serve.',
  );
}
