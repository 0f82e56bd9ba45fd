import { UsageError } from '../errors.js';
import { isPlainObject, isRecordOfTexts } from '../plain-object.js';
import type { ParamSpec, ParamSpecs, ParamValue } from '../schema/index.js';
import type { ValueLists } from '../settings/checks.js';
import { durationMsOrText, parseNumber } from '../settings/text.js';
import { describe, requireKnown } from '../suggest.js';

type NumberSpec = Extract<ParamSpec, { readonly kind: 'number' }>;

/**
 * The value a spec asks for. Text is read as a number, a boolean or a record where the spec wants one: flags have
 * nothing but text, and only here is the kind known.
 *
 * @param subject e.g. `parameter waitMs of http`
 */
function checkParam(subject: string, spec: ParamSpec, value: unknown): ParamValue {
  const read = readAs(spec, value);
  if (read === undefined)
    throw new UsageError(
      subject,
      expectedOf(spec),
      describe(value),
      `Leave it out for ${describeDefault(spec)}.`,
    );
  return read;
}

function readAs(spec: ParamSpec, value: unknown): ParamValue | undefined {
  switch (spec.kind) {
    case 'number': {
      const number = typeof value === 'string' ? numberIn(spec, value) : value;
      if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
      if (spec.integer === true && !Number.isInteger(number)) return undefined;
      return number >= spec.min && number <= spec.max ? number : undefined;
    }
    case 'choice':
      return typeof value === 'string' && spec.choices.includes(value) ? value : undefined;
    case 'boolean':
      if (value === 'true' || value === 'false') return value === 'true';
      return typeof value === 'boolean' ? value : undefined;
    case 'text':
      return typeof value === 'string' ? value : undefined;
    case 'record':
      return readRecord(value);
  }
}

/** Nothing is nothing in every unit. */
function numberIn({ unit }: NumberSpec, text: string): number | string | null {
  if (unit === undefined || parseNumber(text) === 0) return parseNumber(text);
  return durationMsOrText(text);
}

function readRecord(value: unknown): ParamValue | undefined {
  const record: unknown = typeof value === 'string' ? parseJson(value) : value;
  return isRecordOfTexts(record) ? record : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a parameter may be, for messages and for `list`. */
export function expectedOf(spec: ParamSpec): string {
  switch (spec.kind) {
    case 'number':
      if (spec.unit !== undefined) return `a time such as 1ms, from ${spec.min} to ${spec.max} ms`;
      return `a ${spec.integer === true ? 'whole number' : 'number'} from ${spec.min} to ${spec.max}`;
    case 'choice':
      return `one of ${spec.choices.join(', ')}`;
    case 'boolean':
      return 'true or false';
    case 'text':
      return 'a text';
    case 'record':
      return 'a JSON object of texts';
  }
}

export function describeDefault(spec: ParamSpec): string {
  if (spec.kind === 'text') return spec.default === '' ? 'none' : spec.default;
  return spec.kind === 'record' ? JSON.stringify(spec.default) : String(spec.default);
}

/**
 * One list of values per parameter, defaults filled in, in the order of the specs.
 *
 * @param owner e.g. `http`: whose parameters they are
 * @throws UsageError for a name that `specs` lacks
 */
export function checkParams(
  what: 'parameter' | 'option',
  owner: string,
  specs: ParamSpecs,
  given: Readonly<Record<string, readonly unknown[]>>,
): ValueLists {
  requireKnown(`${what} of ${owner}`, Object.keys(given), Object.keys(specs), 'Leave it out.');
  return Object.fromEntries(
    Object.entries(specs).map(([key, spec]) => {
      const values = given[key]?.map(value => checkParam(`${what} ${key} of ${owner}`, spec, value));
      return [key, values ?? [spec.default]];
    }),
  );
}

/**
 * Of modules that people wrote: that their parameters can be checked, listed and left out.
 *
 * @param given what they called the module
 * @throws UsageError for a spec that is none
 */
export function requireSpecs(given: string, what: 'parameter' | 'option', specs: ParamSpecs): void {
  for (const [key, spec] of Object.entries<unknown>(specs)) {
    if (isSpec(spec)) continue;
    const expected =
      '{ kind, default, summary }, and min, max or choices as its kind has it, with a default that it allows';
    const remedy =
      "Write for example { kind: 'number', default: 1, min: 0, max: 10, summary: 'what it is' }.";
    throw new UsageError(`${given}: ${what} ${key}`, expected, describe(spec), remedy);
  }
}

function isSpec(spec: unknown): boolean {
  if (!isPlainObject(spec) || typeof spec.summary !== 'string' || !hasItsKind(spec)) return false;
  // The default is not read again, so it has to be of its type already.
  return spec.default !== undefined && typeof readAs(spec, spec.default) === typeof spec.default;
}

function hasItsKind(spec: Readonly<Record<string, unknown>>): spec is ParamSpec {
  switch (spec.kind) {
    case 'number':
      return typeof spec.min === 'number' && typeof spec.max === 'number';
    case 'choice':
      return Array.isArray(spec.choices);
    default:
      return spec.kind === 'boolean' || spec.kind === 'text' || spec.kind === 'record';
  }
}
