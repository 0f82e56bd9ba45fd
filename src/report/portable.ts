import { homedir } from 'node:os';
import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withoutCheckouts } from '../checkout-path.js';
import { compiledUrl } from '../entry.js';

/** Where a program runs, as far as a file that goes to others must not tell. */
export interface Places {
  readonly workingDirectory: string;
  readonly home: string;
}

export function placesHere(): Places {
  return { workingDirectory: process.cwd(), home: homedir() };
}

const PACKAGE_URL = compiledUrl('');

/**
 * A replacer for JSON.stringify that leaves absolute paths out: built-in modules are `threads-vs-loop/executors/queue`, a
 * user's own and every path in a text are relative to the working directory, or to `~`.
 */
export function portable({ workingDirectory, home }: Places): (key: string, value: unknown) => unknown {
  const names = [
    [PACKAGE_URL.replace(/^file:\/\/|\/$/g, ''), 'threads-vs-loop'],
    [workingDirectory, '.'],
    [home, '~'],
  ].filter(([path]) => path !== '/') as [string, string][];
  const rules = names.flatMap(([path, name]) =>
    [path, pathToFileURL(path).pathname].map(form => [pathPattern(form), name] as const),
  );
  return (key, value) => {
    if (typeof value !== 'string') return value;
    // Where somebody keeps their Nodes is nobody's.
    if (key === 'execPath') return posix.basename(value);
    if (key === 'moduleUrl' && value.startsWith('file:'))
      return withoutCheckouts(moduleName(value, workingDirectory));
    return rules.reduce((text, [pattern, name]) => text.replace(pattern, name), value);
  };
}

function moduleName(url: string, workingDirectory: string): string {
  if (url.startsWith(PACKAGE_URL))
    return `threads-vs-loop/${url.slice(PACKAGE_URL.length).replace(/\.js$/, '')}`;
  const { pathname, hash } = new URL(url);
  const path = posix.relative(pathToFileURL(workingDirectory).pathname, pathname);
  return decodeURIComponent(`${path.startsWith('.') ? path : `./${path}`}${hash}`);
}

/**
 * The path or its URL, from its root to the end of its last name: a relative path may end in the same names, and is
 * what a command needs to run again.
 */
function pathPattern(path: string): RegExp {
  return new RegExp(`(?<![\\w.-])(?:file://)?${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w.-])`, 'g');
}
