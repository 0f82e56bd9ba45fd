#!/usr/bin/env node
import { systemClock } from '../clock.js';
import { runCli } from './program.js';

const { stdout, stderr } = process;
// Whoever reads may leave early (`| head`): no reason to lose what is being measured.
for (const stream of [stdout, stderr]) stream.on('error', () => {});

const code = await runCli(process.argv.slice(2), {
  stdout,
  stderr,
  env: process.env,
  cwd: process.cwd(),
  script: process.argv[1] ?? '',
  clock: systemClock,
  signals: process,
  exit: process.exit,
});
// A pipe may take its time on some systems, and exit does not wait for it.
await new Promise(resolve => stdout.write('', resolve));
process.exit(code);
