import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { executorNames, findExecutor } from '../../src/executors/registry.js';
import { type PastedTask, POOLS, pasteLines } from '../../src/report/words/paste.js';
import { makeExecutor } from '../support/report-fixture.js';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const TASK = { file: './square.js', exportName: 'square', isCompiled: false, poolFile: './pool.mjs' };
const execute = promisify(execFile);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-paste-'));
  symlinkSync(MODULES, join(folder, 'node_modules'), 'junction');
  copyFileSync(new URL('../../dist/workers/pool.js', import.meta.url), join(folder, 'pool.mjs'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'square.js'), 'export async function square(item) { return item * item; }\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const KINDS: Readonly<Record<string, 'loop' | 'threads' | 'processes'>> = {
  ...{ sequential: 'loop', limited: 'loop', batched: 'loop', 'promise-all': 'loop' },
  processes: 'processes',
};
/** `blocking` calls `taskSync`, which is not what a function of a program is; workers behind a broker are a program of their own. */
const PASTED = executorNames.filter(name => name !== 'blocking' && name !== 'bullmq');

/** What it prints, run as it stands beside the task's module. */
async function resultsOf(name: string, task: PastedTask, items: string): Promise<unknown> {
  const kind = KINDS[name] ?? 'threads';
  const options = { atomics: 'async', stricterFIFO: true };
  const { variant } = makeExecutor({ name, kind, threads: kind === 'loop' ? 1 : 2, inFlight: 4, options });
  const lines = pasteLines(variant, task);
  const worker = lines.filter(line => line.startsWith('//   ')).map(line => line.slice(5));
  writeFileSync(join(folder, 'task-worker.js'), worker.join('\n'));
  const imports = lines.filter(line => line.startsWith('import '));
  const others = lines.filter(line => !line.startsWith('import '));
  const program = [...imports, `const items = ${items};`, ...others, 'console.log(JSON.stringify(results));'];
  writeFileSync(join(folder, 'main.js'), program.join('\n'));
  const { stdout } = await execute(process.execPath, ['main.js'], { cwd: folder });
  return JSON.parse(stdout);
}

describe.each(PASTED)('what is to be pasted for %s runs as it stands', name => {
  it('with a function of one argument', async () => {
    expect(await resultsOf(name, TASK, '[1, 2, 3, 4, 5]')).toEqual([1, 4, 9, 16, 25]);
  });

  it('with a default export', async () => {
    const file = './default.js';
    writeFileSync(join(folder, file), 'export default item => item + 1;\n');
    expect(await resultsOf(name, { ...TASK, file, exportName: 'default' }, '[1, 2, 3]')).toEqual([2, 3, 4]);
  });

  it('with several arguments', async () => {
    const file = './minus.js';
    writeFileSync(join(folder, file), 'export const pool = (one, other = 0) => one - other;\n');
    const task = { ...TASK, file, exportName: 'pool' };
    expect(await resultsOf(name, { ...task, items: 'list' }, '[[3, 1], [9, 2]]')).toEqual([2, 7]);
    expect(await resultsOf(name, { ...task, items: 'either' }, '[[3, 1], 9]')).toEqual([2, 9]);
  });
});

it('says what the environment needs where libuv has other threads', () => {
  const { variant } = makeExecutor({ name: 'limited', uvThreads: 16 });
  expect(pasteLines(variant, TASK).join('\n')).toContain('UV_THREADPOOL_SIZE=16');
});

it('of an executor that it does not know there is no code', () => {
  expect(pasteLines(makeExecutor({ name: 'my-own' }).variant, TASK)).toEqual([]);
});

it('the pools that a tune can recommend are the executors with workers that there is code for', async () => {
  const all = await Promise.all(executorNames.map(name => findExecutor(name)!.load()));
  const able = all.filter(
    ({ name, capabilities }) =>
      capabilities.workers && pasteLines(makeExecutor({ name }).variant, TASK).length > 0,
  );
  expect(new Set(POOLS)).toEqual(new Set(able.map(({ name }) => name)));
});
