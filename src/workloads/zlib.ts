import { promisify } from 'node:util';
import { constants, gzip, gzipSync } from 'node:zlib';
import { hash32 } from '../random.js';
import { apiParam, kindByApi, wholeNumber } from './params.js';
import { defineWorkload } from './workload.js';

const WORDS = ['event', 'loop', 'thread', 'queue', 'worker', 'promise', 'task', 'wait'];
/** What tells the text of one task from that of another. */
const HEADER_BYTES = 16;

const gzipOnPool = promisify(gzip);

interface Compressing {
  readonly text: Buffer;
  readonly level: number;
  readonly sync: boolean;
}

/** Text that compresses as prose does: words drawn by a hash. */
function textOf(bytes: number): Buffer {
  const words: string[] = [];
  for (let at = 0, length = 0; length < bytes; at++) {
    const word = WORDS[hash32(0, 'zlib', at) % WORDS.length]!;
    words.push(word);
    length += word.length + 1;
  }
  return Buffer.from(words.join(' ').slice(0, bytes).padEnd(bytes, ' '), 'latin1');
}

/** Compresses a text as long as all others, that begins with the number of its task. */
function ownText({ text }: Compressing, index: number): Buffer {
  const own = Buffer.from(text);
  own.write(String(index).padStart(HEADER_BYTES), 0, 'latin1');
  return own;
}

/** The last bytes of a gzip are a checksum of what went in, and its length. */
function done(index: number, packed: Buffer) {
  return { index, bytes: packed.length, digest: packed.readUInt32LE(packed.length - 8) };
}

function compressSync(compressing: Compressing, index: number) {
  return done(index, gzipSync(ownText(compressing, index), { level: compressing.level }));
}

/** An abort cannot stop what libuv has begun: the result is thrown away. */
async function compress(compressing: Compressing, index: number) {
  if (compressing.sync) return compressSync(compressing, index);
  return done(index, await gzipOnPool(ownText(compressing, index), { level: compressing.level }));
}

export default defineWorkload({
  name: 'zlib',
  summary: "compresses a text: computing on the threads of libuv's pool",
  kind: 'libuv',
  kindOf: kindByApi('cpu'),
  params: {
    bytes: wholeNumber(100_000, [HEADER_BYTES, 10_000_000], 'length of the text'),
    level: wholeNumber(6, [constants.Z_BEST_SPEED, constants.Z_BEST_COMPRESSION], '1 is fastest, 9 smallest'),
    api: apiParam('gzip', 'gzipSync'),
  },
  defaults: { tasks: 100 },
  open: async ({ bytes, level, api }): Promise<Compressing> => ({
    text: textOf(bytes),
    level,
    sync: api === 'sync',
  }),
  task: compress,
  taskSync: compressSync,
});
