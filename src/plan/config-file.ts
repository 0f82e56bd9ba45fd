import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { withoutMark } from '../byte-order-mark.js';
import { importModule } from '../default-export.js';
import { messageOf, UsageError } from '../errors.js';
import { checkConfig } from '../settings/check-config.js';
import { propertyWording } from '../settings/wording.js';
import type { CommonSettings } from './layers.js';
import type { LocatedSpec } from './targets.js';
import { isFile, moduleUrlOf } from './user-module.js';

const NAME = 'threads-vs-loop.config';

/** In the order in which they are looked for in a folder. */
export const CONFIG_FILES = ['ts', 'mts', 'mjs', 'js', 'json'].map(extension => `${NAME}.${extension}`);

/** A config that was found, read and checked. */
export interface LoadedConfig {
  /** What messages call it: its path from the working directory. */
  readonly shown: string;
  readonly scenarios: readonly LocatedSpec[];
  readonly defaults: CommonSettings;
  readonly seed: number | undefined;
}

/**
 * The config of a project, from the working directory upwards.
 *
 * @param given a path: that one; `false`: none
 * @returns null: there is none
 * @throws UsageError when it cannot be read, or says what it cannot
 */
export async function findConfig(cwd: string, given?: string | boolean): Promise<LoadedConfig | null> {
  if (given === false) return null;
  const file = typeof given === 'string' ? named(given, cwd) : nearest(cwd);
  return file === null ? null : loadConfig(file, cwd);
}

function nearest(cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const name = CONFIG_FILES.find(one => isFile(join(folder, one)));
    if (name !== undefined) return join(folder, name);
    if (folder === dirname(folder)) return null;
  }
}

function named(given: string, cwd: string): string {
  const file = resolve(cwd, given);
  if (!/\.(?:[cm]?[jt]s|json)$/.test(file))
    throw new UsageError('--config', 'a file .ts, .mts, .mjs, .js or .json', given, 'Name one.');
  if (isFile(file)) return file;
  const remedy = 'Check the path, or take --no-config to go without.';
  throw new UsageError('--config', 'a file', `none at ${given}`, remedy);
}

async function loadConfig(file: string, cwd: string): Promise<LoadedConfig> {
  const shown = relative(cwd, file);
  const baseDir = dirname(file);
  const raw = file.endsWith('.json') ? readJson(file, shown) : await exportOf(file, shown, baseDir);
  const { scenarios, defaults, written, seed } = checkConfig(raw, shown);
  return {
    shown,
    scenarios: scenarios.map(spec => ({ spec, baseDir, file: shown })),
    defaults: { settings: defaults, wording: propertyWording(`${shown}: `), baseDir, written },
    seed,
  };
}

function readJson(file: string, shown: string): unknown {
  try {
    return JSON.parse(withoutMark(readFileSync(file, 'utf8')));
  } catch (error) {
    const remedy = 'Correct it; a config with comments can be a .mjs or .ts file.';
    throw new UsageError(shown, 'JSON', `text that is none (${messageOf(error)})`, remedy);
  }
}

async function exportOf(file: string, shown: string, cwd: string): Promise<unknown> {
  const { default: found } = await importModule({ moduleUrl: moduleUrlOf(file, cwd, shown), given: shown });
  const wrong = insteadOfConfig(found);
  if (wrong === null) return found;
  const remedy = 'Write export default defineConfig({ … }), of threads-vs-loop.';
  throw new UsageError(shown, 'a config as default export', wrong, remedy);
}

/** What it is instead, where it would pass for a config that says nothing. */
function insteadOfConfig(found: unknown): string | null {
  if (found === undefined) return 'none';
  if (typeof found === 'function') return 'a function';
  return found instanceof Promise ? 'a promise' : null;
}
