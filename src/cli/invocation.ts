import { relative, sep } from 'node:path';
import type { CommandLine } from '../schema/index.js';
import { hideInArgument } from '../secrets.js';
import type { Env } from './terminal.js';

const NAME = 'threads-vs-loop';
/** The package's script that is `… run`. */
const SCRIPT = 'bench';

/** How this process was started, so that it can be started so again. */
export interface Invocation {
  readonly env: Env;
  /** `process.argv[1]`: the script, or the link to it that a shell found. */
  readonly script: string;
  readonly cwd: string;
}

/**
 * The command line as it was typed: `npm run bench -- http`, `npx threads-vs-loop run http`, `threads-vs-loop run http`,
 * `node dist/src/cli/main.js run http`. Pure.
 *
 * @param given without `node` and the script; secret headers are left out
 */
export function commandLineOf(given: readonly string[], { env, script, cwd }: Invocation): CommandLine {
  const argv = given.map(hideInArgument);
  const path = script.split(sep).join('/');
  // A script of that name in a user's package has a link to the program in it.
  if (env.npm_lifecycle_event === SCRIPT && argv[0] === 'run' && path.endsWith('/main.js'))
    return { program: `npm run ${SCRIPT} --`, args: argv.slice(1) };
  if (env.npm_command === 'exec' || path.includes('/node_modules/.bin/'))
    return { program: `npx ${NAME}`, args: argv };
  if (path.endsWith(`/${NAME}`) || path === '') return { program: NAME, args: argv };
  return { program: `node ${quoted(relative(cwd, script))}`, args: argv };
}

function quoted(path: string): string {
  return /^[\w./:@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
