import { type ScryptOptions, scrypt, scryptSync } from 'node:crypto';
import { UsageError } from '../errors.js';
import { apiParam, kindByApi, wholeNumber } from './params.js';
import { defineWorkload } from './workload.js';

const PASSWORD = 'correct horse battery staple';
const KEY_BYTES = 32;
/** scrypt takes 128 × cost × block size (8) bytes, and Node refuses more than it is allowed. */
const BYTES_PER_COST = 128 * 8;

interface Hashing {
  readonly options: ScryptOptions;
  readonly sync: boolean;
}

interface Hashed {
  readonly index: number;
  readonly key: string;
}

const saltOf = (index: number) => `salt ${index}`;

function hashSync({ options }: Hashing, index: number): Hashed {
  return { index, key: scryptSync(PASSWORD, saltOf(index), KEY_BYTES, options).toString('hex') };
}

function hash({ options }: Hashing, index: number): Promise<Hashed> {
  return new Promise((resolve, reject) => {
    scrypt(PASSWORD, saltOf(index), KEY_BYTES, options, (error, key) => {
      if (error === null) resolve({ index, key: key.toString('hex') });
      else reject(error);
    });
  });
}

export default defineWorkload({
  name: 'scrypt',
  summary: "hashes a password: computing on the threads of libuv's pool",
  kind: 'libuv',
  kindOf: kindByApi('cpu'),
  params: {
    cost: wholeNumber(
      16_384,
      [2, 1_048_576],
      'a power of two: time and memory of a hash are in proportion to it',
    ),
    api: apiParam('scrypt', 'scryptSync'),
  },
  defaults: { tasks: 64 },
  check({ cost }) {
    if (Number.isInteger(Math.log2(cost))) return;
    const near = 2 ** Math.round(Math.log2(cost));
    throw new UsageError('--param cost', 'a power of two', String(cost), `Take ${near}.`);
  },
  open: async ({ cost, api }): Promise<Hashing> => ({
    options: { cost, maxmem: 2 * BYTES_PER_COST * cost + 1_000_000 },
    sync: api === 'sync',
  }),
  // An abort cannot stop what libuv has begun: the result is thrown away.
  task: (hashing, index) => (hashing.sync ? Promise.resolve(hashSync(hashing, index)) : hash(hashing, index)),
  taskSync: hashSync,
});
