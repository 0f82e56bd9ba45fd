import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../errors.js';
import type { ScenarioSpec } from '../settings/suite.js';
import { parseNumber, splitList } from '../settings/text.js';
import { describe, unknownName } from '../suggest.js';
import { MIX_PARTS, WRITTEN_MIX } from '../workloads/mix.js';
import { readTaskFunctionUrl } from '../workloads/task-function.js';
import type { Lookup } from './catalogue.js';
import { nameOfTarget } from './targets.js';
import { fileOf, looksLikePath, workloadUrlOf } from './user-module.js';
import { moduleFoldersFor, storeModule } from './written-module.js';

interface Part {
  readonly name: string;
  readonly share: number;
  /** A built-in workload by its name, or a module by its URL. */
  readonly module: string;
}

const EXAMPLE = './render.mjs#renderPage=70,scrypt=30';

/**
 * A scenario of several kinds of tasks, as `mix` in a module makes it: that module is written for its user.
 *
 * @param texts `TARGET=SHARE,…`: a target is a built-in workload, a module or FILE#name
 * @param args path of what the functions among them are called with
 * @throws UsageError for what cannot be mixed
 */
export function writtenMix(texts: readonly string[], args: string | undefined, lookup: Lookup): ScenarioSpec {
  const parts = texts.flatMap(splitList).map(text => partOf(text, args, lookup));
  requireDistinct(parts, lookup.subject);
  if (args !== undefined && !parts.some(hasArguments))
    throw new UsageError('--args', 'a function in the mix for them', 'none', `Name one, as in ${EXAMPLE}.`);
  const file = storeModule(moduleFoldersFor(lookup.baseDir), lookup.subject, folder =>
    moduleIn(folder, parts),
  );
  return { name: 'mix', workload: file };
}

function partOf(text: string, args: string | undefined, { subject, catalogue, baseDir }: Lookup): Part {
  const at = text.lastIndexOf('=');
  if (at < 1)
    throw new UsageError(
      subject,
      'TARGET=SHARE,…',
      describe(text),
      `Write for example ${subject} ${EXAMPLE}.`,
    );
  const [target, shareText] = [text.slice(0, at), text.slice(at + 1)];
  const share = parseNumber(shareText.trim());
  if (share === null || !(share > 0))
    throw new UsageError(
      `${subject} ${target}`,
      'a share above 0',
      describe(shareText),
      'Shares are of their sum: 70 and 30, or 0.7 and 0.3.',
    );
  if (!looksLikePath(target)) {
    const remedy = `A module of your own is given by its path, as in ${EXAMPLE}.`;
    if (!catalogue.workloadNames.includes(target))
      throw unknownName(subject, target, catalogue.workloadNames, remedy);
    return { name: target, share, module: target };
  }
  // What is no function has nothing to do with arguments.
  const { exportName } = readTaskFunctionUrl(workloadUrlOf(target, baseDir, null));
  const file = args === undefined || exportName === null ? null : fileOf(args, baseDir);
  return { name: partName(target, baseDir), share, module: workloadUrlOf(target, baseDir, file) };
}

/** The first half of the names of its parameters: letters, digits, _ and -. */
function partName(target: string, baseDir: string): string {
  const name = nameOfTarget(target, baseDir).replaceAll(/[^\w-]/g, '-');
  return /^[a-z]/i.test(name) ? name : `task-${name}`;
}

function hasArguments({ module }: Part): boolean {
  return readTaskFunctionUrl(module).argsUrl !== null;
}

function requireDistinct(parts: readonly Part[], subject: string): void {
  const names = parts.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  const remedy = 'Rename an export, or write a module with mix({ … }), which names its parts.';
  throw new UsageError(subject, 'a different name for each part', `${describe(twice)} twice`, remedy);
}

/** By relative paths, so that what it is made of can be found out. */
function moduleIn(folder: string, parts: readonly Part[]) {
  const entries = parts.map(({ name, share, module }) => {
    const place = module.startsWith('file:') ? relativeTo(folder, module) : module;
    return `  ${JSON.stringify(name)}: { module: ${JSON.stringify(place)}, share: ${share} },\n`;
  });
  const code = `// Written for --mix.\nexport default { name: 'mix', [Symbol.for('${MIX_PARTS}')]: {\n${entries.join('')}} };\n`;
  const hash = createHash('sha256').update(`${folder}\0${code}`).digest('hex').slice(0, 12);
  return { name: `${WRITTEN_MIX}-${hash}.mjs`, code };
}

function relativeTo(folder: string, module: string): string {
  const { pathname, search, hash } = new URL(module);
  const path = posix.relative(pathToFileURL(folder).pathname, pathname);
  return `${path.startsWith('.') ? path : `./${path}`}${search}${hash}`;
}
