import { isPlainObject } from './plain-object.js';

/** Stands for what must not be shown. */
export const MASK = '•••';

const SECRET_NAME =
  /^(?:proxy-)?authorization$|^cookie$|apikey|(?:^|[-_])(?:auth|key|token|secret|password|session|signature|credentials?)(?:$|[-_])/i;
/** Shorter values are hidden where they stand under their name, and not wherever the same letters do. */
const SHORTEST_FOUND = 6;

/** Of a URL with a user: what stands before the password, and that. */
const USER_INFO = /(\b(?:rediss?|postgres(?:ql)?):\/\/[^/\s:@"']*:)[^\s"'/<>]*@/gi;

/** The same text without the passwords of brokers in it. */
export function hideInUrl(text: string): string {
  return text.replaceAll(USER_INFO, `$1${MASK}@`);
}

/** Of a header: whether its value is nobody's business. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The same value with secrets replaced. */
export type Hide = <T>(value: T) => T;

/**
 * Hides in whatever is shown or saved the secret headers and the broker's password that a plan has: workers are given the plan, people and files
 * what this makes of it. Found by their values, so that an id, a message or an echo of a server cannot tell them either.
 *
 * @param plan anything with `params` in it, in which a record may be one of headers
 */
export function hiderOf(plan: unknown): Hide {
  const secrets = [...new Set([...headerSecrets(plan), ...brokerSecrets(plan)])];
  if (secrets.length === 0) return value => value;
  const masks = new Map(secrets.map((secret, at) => [secret, secrets.length === 1 ? MASK : MASK + (at + 1)]));
  const maskOf = (secret: string) => masks.get(secret)!;
  // The longest first: one may be a part of another.
  const found = [...secrets].sort((a, b) => b.length - a.length).filter(one => one.length >= SHORTEST_FOUND);
  const hideText = (text: string) => {
    let shown = hideInUrl(text);
    for (const secret of found) {
      for (const form of [secret, tokenOf(secret)]) {
        if (form === null) continue;
        shown = shown.replaceAll(form, maskOf(secret)).replaceAll(escaped(form), maskOf(secret));
      }
    }
    return shown;
  };
  const hide = (value: unknown, name: string): unknown => {
    if (typeof value === 'string')
      return isSecretName(name) && masks.has(value) ? maskOf(value) : hideText(value);
    if (Array.isArray(value)) return value.map(one => hide(one, ''));
    if (!isData(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [hideText(key), hide(one, key)]));
  };
  // Texts alone are others: the type stays what it was.
  return value => hide(value, '') as typeof value;
}

/** No typed array, and of no class. */
function isData(value: unknown): value is Readonly<Record<string, unknown>> {
  return isPlainObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** `abc` of `Bearer abc`. */
function tokenOf(secret: string): string | null {
  const token = /^[A-Za-z]+ +(\S+)$/.exec(secret)?.[1] ?? '';
  return token.length >= SHORTEST_FOUND ? token : null;
}

/** As it stands inside a text of JSON. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function headerSecrets(value: unknown, name = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(one => headerSecrets(one));
  if (!isPlainObject(value)) return [];
  if (name === 'params') return Object.values(value).flatMap(recordSecrets);
  return Object.entries(value).flatMap(([key, one]) => headerSecrets(one, key));
}

/** The password of a plan's broker, as it is and as its URL has it. */
function brokerSecrets(plan: unknown): string[] {
  const url = isPlainObject(plan) && typeof plan.broker === 'string' ? plan.broker : '';
  const password = URL.canParse(url) ? new URL(url).password : '';
  return password === '' ? [] : [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function recordSecrets(record: unknown): string[] {
  if (!isPlainObject(record)) return [];
  return Object.entries(record).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' && isSecretName(name) ? [value] : [],
  );
}

const HEADER = /^((?:--header=)?\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*)(.*)$/s;
const MEMBER = /("((?:[^"\\]|\\.)*)"\s*:\s*)"(?:[^"\\]|\\.)*"/g;

/** An argument of a command line: a header as people write it, or JSON with one in it. */
export function hideInArgument(argument: string): string {
  if (hideInUrl(argument) !== argument) return hideInUrl(argument);
  const [, start = '', name = ''] = HEADER.exec(argument) ?? [];
  if (isSecretName(name)) return start + MASK;
  return argument.replaceAll(MEMBER, (member, before: string, key: string) =>
    isSecretName(key) ? `${before}"${MASK}"` : member,
  );
}
