import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { messageOf, UsageError } from '../errors.js';
import { isPlainObject } from '../plain-object.js';
import { CONFIG_FILES } from '../plan/config-file.js';
import { packageFolder } from '../version.js';
import type { CliDeps } from './deps.js';
import { NAME } from './examples.js';
import { ignoreResults } from './init/git-ignore.js';
import { scriptOf, withScript } from './init/package-script.js';
import { TASK, type Template, templatesFor } from './init/templates.js';

const SCRIPT = 'bench:threads';
const COMMAND = `${NAME} run`;

export interface InitFlags {
  readonly force?: boolean | undefined;
}

/**
 * Writes a workload and a config into a project, a script that runs them into its package.json, and what keeps their
 * results out of git.
 *
 * @param given folder of the project; default: the working directory
 * @throws UsageError when it is no project, or something is in the way: nothing is written then
 */
export function init(given: string, { force = false }: InitFlags, { cwd, stdout }: CliDeps): void {
  const folder = resolve(cwd, given);
  const manifest = readManifest(join(folder, 'package.json'), cwd);
  const templates = templatesFor(existsSync(join(folder, 'tsconfig.json')));
  requireRoom(folder, templates, manifest, force);

  for (const { path, text } of templates) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    // Whatever has come there in the meantime is not overwritten.
    writeFileSync(join(folder, path), text, { flag: force ? 'w' : 'wx' });
  }
  if (scriptOf(manifest.content, SCRIPT) === undefined)
    writeFileSync(join(folder, 'package.json'), withScript(manifest.text, SCRIPT, COMMAND));
  const ignored = ignoreResults(folder);
  stdout.write(nextSteps(folder, templates, cwd, ignored));
}

interface Manifest {
  readonly text: string;
  readonly content: Readonly<Record<string, unknown>>;
}

function readManifest(file: string, cwd: string): Manifest {
  const shown = relative(cwd, file);
  if (!existsSync(file)) {
    const remedy = 'Make one there by npm init, or name the folder of your project.';
    throw new UsageError('init', 'a folder with a package.json', `none at ${shown}`, remedy);
  }
  const text = readFileSync(file, 'utf8');
  const content = parsed(text, shown);
  const { scripts = {} } = content;
  if (isPlainObject(scripts)) return { text, content };
  throw new UsageError(`${shown}: scripts`, 'an object', JSON.stringify(scripts), 'Correct it.');
}

function parsed(text: string, shown: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new UsageError(shown, 'JSON', `text that is none (${messageOf(error)})`, 'Correct it.');
  }
  if (isPlainObject(content)) return content;
  throw new UsageError(shown, 'an object', JSON.stringify(content), 'Correct it.');
}

/** @param force its own two files may be there */
function requireRoom(
  folder: string,
  templates: readonly Template[],
  { content }: Manifest,
  force: boolean,
): void {
  const own = templates.map(({ path }) => path);
  const isThere = (path: string) => lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
  const replaceable = force ? [] : own.filter(isThere);
  // A second config would be ignored, or make this one be.
  const configs = CONFIG_FILES.filter(name => !own.includes(name) && isThere(name));
  const script = scriptOf(content, SCRIPT);
  const isOwnScript = script === undefined || script === COMMAND;
  const others = [...configs, ...(isOwnScript ? [] : [`another script ${SCRIPT} in package.json`])];
  const inTheWay = [...replaceable, ...others];
  if (inTheWay.length === 0) return;
  const remedy =
    others.length === 0
      ? `Keep ${inTheWay.length === 1 ? 'it' : 'them'}, or take --force to replace what init writes.`
      : 'Rename or remove what is there: nothing has been written.';
  throw new UsageError('init', 'nothing in its way', inTheWay.join(', '), remedy);
}

const IGNORED = {
  added: ['Added results/ to .gitignore.'],
  wrote: ['Wrote .gitignore, which keeps results/ out of git.'],
} as const;

function nextSteps(
  folder: string,
  [workload, config]: readonly Template[],
  cwd: string,
  ignored: keyof typeof IGNORED | null,
): string {
  const place = relative(cwd, folder);
  const steps = [
    ...(place === '' ? [] : [[`cd ${place}`, '']]),
    ...(isInstalled(folder) ? [] : [[`npm install --save-dev ${packageToInstall()}`, 'it is not there yet']]),
    [`npm run ${SCRIPT}`, 'measure it: a minute at most'],
    [`npx ${NAME} run --print-plan`, 'what is in force'],
    [`npx ${NAME} tune ${TASK}`, 'how many threads, if any?'],
  ] as const;
  const width = Math.max(...steps.map(([command = '']) => command.length));
  return [
    `Wrote ${join(place, workload!.path)}, ${join(place, config!.path)} and the script ${SCRIPT} in ${join(place, 'package.json')}.`,
    ...(ignored === null ? [] : IGNORED[ignored]),
    `Put your own code into the task of ${workload!.path}. Then`,
    '',
    ...steps.map(([command = '', what = '']) =>
      `    ${command.padEnd(width)}${what === '' ? '' : `   # ${what}`}`.trimEnd(),
    ),
    '',
  ].join('\n');
}

/** A clone is a package too. */
function packageToInstall(): string {
  const folder = packageFolder();
  return folder.split(sep).includes('node_modules') ? NAME : folder;
}

/** Whether the config of a project finds this package. */
function isInstalled(folder: string): boolean {
  try {
    createRequire(join(folder, 'package.json')).resolve(`${NAME}/package.json`);
    return true;
  } catch {
    return false;
  }
}
