import { type Failure, type FailureCause, UNCLONEABLE_PARTS } from '../../schema/index.js';

type Check = (value: unknown) => boolean;
type Checks = Readonly<Record<string, Check>>;

const LONGEST_TEXT = 100_000;
const LONGEST_KIND = 64;
/** Addresses of a name. */
const MOST_TEXTS = 1_000;

const isText: Check = value => typeof value === 'string' && value.length <= LONGEST_TEXT;
const isTextOrNull: Check = value => value === null || isText(value);
const areTexts: Check = value => Array.isArray(value) && value.length <= MOST_TEXTS && value.every(isText);
const isOneOf =
  (...choices: readonly unknown[]): Check =>
  value =>
    choices.includes(value);

/** Values of each cause that a worker may tell, as the schema has them: hosts load no zod. */
const CAUSES: Readonly<Record<Exclude<FailureCause['code'], 'stalled'>, Checks>> = {
  timeout: { limitMs: Number.isFinite },
  uncloneable: {
    way: isOneOf('thread', 'process'),
    path: isText,
    what: isOneOf(...UNCLONEABLE_PARTS),
    quote: isTextOrNull,
  },
  redirect: { status: value => Number.isInteger(value) && (value as number) >= 0, location: isTextOrNull },
  certificate: { errorCode: isText, message: isText },
  'resolved-elsewhere': { host: isText, now: areTexts, before: areTexts },
};

/** Whether a worker may have said so. */
export function isFailure(value: unknown): value is Failure {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.keys(value).length > 2) return false;
  const { kind, message } = value as { readonly kind?: unknown; readonly message?: unknown };
  if (typeof kind !== 'string' || kind.length > LONGEST_KIND || kind in Object.prototype) return false;
  return isText(message) || (typeof message === 'object' && message !== null && isCause(kind, message));
}

function isCause(kind: string, { code, ...values }: { readonly code?: unknown }): boolean {
  const checks: Checks | undefined = (CAUSES as Readonly<Record<string, Checks>>)[kind];
  if (checks === undefined || code !== kind) return false;
  const names = Object.keys(checks);
  return (
    Object.keys(values).length === names.length &&
    names.every(name => checks[name]!(Reflect.get(values, name)))
  );
}
