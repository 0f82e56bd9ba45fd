import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiParam, choice, kindByApi, wholeNumber } from './params.js';
import { defineWorkload } from './workload.js';

/** Written files take turns: a million tasks must not leave a million files. */
const WRITTEN_FILES = 64;
const SAMPLES = 64;

interface Files {
  readonly folder: string;
  readonly file: string;
  readonly content: Buffer;
  readonly operation: 'read' | 'write' | 'stat';
  readonly sync: boolean;
}

/** Of bytes here and there. */
function digestOf(content: Buffer): number {
  const step = Math.max(1, Math.floor(content.length / SAMPLES));
  let digest = 0;
  for (let at = 0; at < content.length; at += step) digest = (Math.imul(digest, 31) + content[at]!) >>> 0;
  return digest;
}

function writtenBy({ folder }: Files, index: number): string {
  return join(folder, `written-${index % WRITTEN_FILES}`);
}

function runSync(files: Files, index: number) {
  const { operation, file, content } = files;
  if (operation === 'stat') return { index, bytes: statSync(file).size, digest: 0 };
  if (operation === 'write') {
    writeFileSync(writtenBy(files, index), content);
    return { index, bytes: content.length, digest: 0 };
  }
  const read = readFileSync(file);
  return { index, bytes: read.length, digest: digestOf(read) };
}

/** An abort cannot stop what libuv has begun: the result is thrown away. */
async function run(files: Files, index: number) {
  const { operation, file, content, sync } = files;
  if (sync) return runSync(files, index);
  if (operation === 'stat') return { index, bytes: (await stat(file)).size, digest: 0 };
  if (operation === 'write') {
    await writeFile(writtenBy(files, index), content);
    return { index, bytes: content.length, digest: 0 };
  }
  const read = await readFile(file);
  return { index, bytes: read.length, digest: digestOf(read) };
}

export default defineWorkload({
  name: 'fs',
  summary: "reads, writes or looks up a file in a temporary folder: on libuv's threads, or blocking",
  kind: 'libuv',
  kindOf: kindByApi('blocking'),
  params: {
    operation: choice(['read', 'write', 'stat'], 'what a task does with a file'),
    bytes: wholeNumber(65_536, [0, 10_000_000], 'size of the file'),
    api: apiParam('fs/promises', 'readFileSync and its like'),
  },
  defaults: { tasks: 200 },
  async open({ operation, bytes, api }): Promise<Files> {
    const folder = await mkdtemp(join(tmpdir(), 'threads-vs-loop-'));
    const content = Buffer.from(Uint8Array.from({ length: bytes }, (_, at) => (at * 31) & 0xff));
    const file = join(folder, 'content');
    await writeFile(file, content);
    return { folder, file, content, operation, sync: api === 'sync' };
  },
  task: run,
  taskSync: runSync,
  close: ({ folder }) => rm(folder, { recursive: true, force: true }),
});
