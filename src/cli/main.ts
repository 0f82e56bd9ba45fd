#!/usr/bin/env node
import { systemClock } from '../clock.js';
import { refusalOf } from '../system-fault.js';
import { runCli } from './program.js';

const { stdout, stderr } = process;
let unwritten: Error | null = null;
// Whoever reads may leave early (`| head`): no reason to lose what is being measured. A full disk is another matter.
stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') unwritten ??= error;
});
stderr.on('error', () => {});

const code = await runCli(process.argv.slice(2), {
  stdout,
  stderr,
  env: process.env,
  cwd: process.cwd(),
  clock: systemClock,
  signals: process,
  exit: process.exit,
});
// A pipe may take its time on some systems, and exit does not wait for it.
await new Promise(resolve => stdout.write('', resolve));
process.exit(unwritten === null ? code : Math.max(code, toldUnwritten(unwritten)));

function toldUnwritten(error: Error): number {
  stderr.write(`error: standard output: ${refusalOf(error) ?? error.message}\n`);
  return 1;
}
