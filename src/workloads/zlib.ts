import { constants, gzip, gzipSync } from 'node:zlib';
import { hash32 } from '../random.js';
import { apiParam, kindByApi, wholeNumber } from './params.js';
import { defineWorkload } from './workload.js';

const WORDS = ['event', 'loop', 'thread', 'queue', 'worker', 'promise', 'task', 'wait'];
/** What tells the text of one task from that of another. */
const HEADER_BYTES = 16;

interface Compressing {
  readonly text: Buffer;
  readonly level: number;
  readonly sync: boolean;
}

interface Compressed {
  readonly index: number;
  readonly bytes: number;
  readonly digest: number;
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
function done(index: number, packed: Buffer): Compressed {
  return { index, bytes: packed.length, digest: packed.readUInt32LE(packed.length - 8) };
}

function compressSync(compressing: Compressing, index: number): Compressed {
  return done(index, gzipSync(ownText(compressing, index), { level: compressing.level }));
}

function compress(compressing: Compressing, index: number): Promise<Compressed> {
  return new Promise((resolve, reject) => {
    gzip(ownText(compressing, index), { level: compressing.level }, (error, packed) => {
      if (error === null) resolve(done(index, packed));
      else reject(error);
    });
  });
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
  // An abort cannot stop what libuv has begun: the result is thrown away.
  task: (compressing, index) =>
    compressing.sync ? Promise.resolve(compressSync(compressing, index)) : compress(compressing, index),
  taskSync: compressSync,
});
