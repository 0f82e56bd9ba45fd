import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf, UsageError } from '../errors.js';
import type { PlanAndDrafts } from '../plan/plan.js';
import { describe } from '../suggest.js';
import type { FlagInput, RunFlags } from './flags.js';

/** The target of a URL. */
const TARGET = 'http';
/** Some executors hand parameters to their processes in an environment variable. */
const MOST_BODY_BYTES = 64_000;

/** The target that a URL is, where none is named. */
export function targetsWith(targets: readonly string[], { url }: RunFlags): readonly string[] {
  return url !== undefined && targets.length === 0 ? [TARGET] : targets;
}

/**
 * The input with what these flags say as parameters.
 *
 * @throws UsageError for what is also given by `--param`, and for what cannot be read
 */
export function withUrlFlags(input: FlagInput, flags: RunFlags, cwd: string): FlagInput {
  const own = paramsOf(flags, input.params ?? {}, cwd);
  const twice = Object.keys(own).find(name => Object.hasOwn(input.params ?? {}, name));
  if (twice !== undefined) {
    const [flag] = Object.entries(FLAG_PARAMS).find(([, names]) => names.includes(twice))!;
    throw new UsageError(
      `--${flag}`,
      `${twice} once`,
      `it by --param ${twice} too`,
      'Leave one of them out.',
    );
  }
  return Object.keys(own).length === 0 ? input : { ...input, params: { ...input.params, ...own } };
}

const FLAG_PARAMS: Readonly<Record<string, readonly string[]>> = {
  url: ['url', 'path'],
  method: ['method'],
  header: ['headers'],
  body: ['body'],
};

type Params = Readonly<Record<string, unknown>>;

function paramsOf({ url, method, header, body }: RunFlags, others: Params, cwd: string): Params {
  const isPost = body !== undefined && method === undefined && others.method === undefined;
  return {
    ...(typeof url === 'string' && splitUrl(url)),
    ...(typeof method === 'string' && { method: method.toUpperCase() }),
    ...(header !== undefined && { headers: headersOf([header].flat().map(String)) }),
    ...(typeof body === 'string' && { body: bodyOf(body, cwd) }),
    ...(isPost && { method: 'POST' }),
  };
}

const EXAMPLE = 'https://staging.example.com/items?page={index}';

/** As text: URL's own parser would write `{index}` as `%7Bindex%7D`. */
function splitUrl(text: string): { url: string; path: string } {
  const [, url, path = ''] = /^(https?:\/\/[^/?#\\\s]+)((?:[/?][^#]*)?)$/i.exec(text) ?? [];
  if (url === undefined) {
    const example = /^[\w.-]+(?::\d+)?(?:[/?]|$)/.test(text) ? `http://${text}` : EXAMPLE;
    const remedy = `Write for example ${example}.`;
    throw new UsageError('--url', 'an http: or https: URL without fragment', describe(text), remedy);
  }
  return { url, path: path.startsWith('/') ? path : `/${path}` };
}

/** Never shown in a message: they may be secret. */
function headersOf(texts: readonly string[]): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const remedy = 'Write for example --header "accept: text/html".';
  for (const text of texts) {
    const at = text.indexOf(':');
    const name = text.slice(0, Math.max(0, at)).trim();
    if (name === '')
      throw new UsageError('--header', '"NAME: VALUE"', 'one without a name or a colon', remedy);
    const isThere = Object.keys(headers).some(other => other.toLowerCase() === name.toLowerCase());
    if (isThere) throw new UsageError('--header', 'each header once', `${describe(name)} twice`, remedy);
    headers[name] = text.slice(at + 1).trim();
  }
  return headers;
}

function bodyOf(given: string, cwd: string): string {
  const text = given.startsWith('@') ? contentsOf(given.slice(1), cwd) : given;
  const bytes = Buffer.byteLength(text);
  if (bytes <= MOST_BODY_BYTES) return text;
  const got = `${Math.ceil(bytes / 1_000)} kB`;
  const remedy = 'For more write a workload of your own.';
  throw new UsageError('--body', `at most ${MOST_BODY_BYTES / 1_000} kB`, got, remedy);
}

function contentsOf(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    const remedy = 'A body that begins with @ is the name of a file.';
    throw new UsageError('--body', 'a file that can be read', messageOf(error), remedy);
  }
}

/** @throws UsageError for a target that calls no URL: it would run beside the others as if it had */
export function requireUrlTaken({ url }: RunFlags, planned: PlanAndDrafts['planned']): void {
  if (url === undefined) return;
  const other = planned.find(({ draft }) => !Object.hasOwn(draft.workload.params, 'url'));
  if (other === undefined) return;
  throw new UsageError(
    '--url',
    'targets that call a URL, such as http',
    other.draft.name,
    'Leave the target out.',
  );
}
