#!/usr/bin/env node
const { stdout, stderr } = process;
let unwritten: NodeJS.ErrnoException | null = null;
// Whoever reads may leave early (`| head`): no reason to lose what is being measured. A full disk is another matter.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') unwritten ??= error;
});
stderr.on('error', () => {});

const code = await runOrTell();
// A pipe may take its time on some systems, and exit does not wait for it.
await new Promise(resolve => stdout.write('', resolve));
process.exit(unwritten === null ? code : Math.max(code, tell(unwritten, 'standard output: ')));

/** Modules are loaded here: whoever may open few files is told so, and shown no stack. */
async function runOrTell(): Promise<number> {
  try {
    const [{ systemClock }, { runCli }, { askOn }] = await Promise.all([
      import('../clock.js'),
      import('./program.js'),
      import('./ask.js'),
    ]);
    return await runCli(process.argv.slice(2), {
      stdout,
      stderr,
      env: process.env,
      cwd: process.cwd(),
      script: process.argv[1] ?? '',
      clock: systemClock,
      signals: process,
      exit: process.exit,
      ask: askOn(process),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return tell(error as NodeJS.ErrnoException);
  }
}

/** Node's own words, which begin with the code: nothing more need be loaded for them. */
function tell({ message }: NodeJS.ErrnoException, what = ''): number {
  stderr.write(`error: ${what}${message}\n`);
  return 1;
}
