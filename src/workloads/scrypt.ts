import { type ScryptOptions, scrypt, scryptSync } from 'node:crypto';
import { promisify } from 'node:util';
import { UsageError } from '../errors.js';
import { apiParam, kindByApi, wholeNumber } from './params.js';
import { defineWorkload } from './workload.js';

const PASSWORD = 'correct horse battery staple';
const KEY_BYTES = 32;
/** scrypt takes 128 × cost × block size (8) bytes, and Node refuses more than it is allowed. */
const BYTES_PER_COST = 128 * 8;

const scryptOnPool = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);

interface Hashing {
  readonly options: ScryptOptions;
  readonly sync: boolean;
}

const saltOf = (index: number) => `salt ${index}`;

function hashSync({ options }: Hashing, index: number) {
  return { index, key: scryptSync(PASSWORD, saltOf(index), KEY_BYTES, options).toString('hex') };
}

/** An abort cannot stop what libuv has begun: the result is thrown away. */
async function hash(hashing: Hashing, index: number) {
  if (hashing.sync) return hashSync(hashing, index);
  const key = await scryptOnPool(PASSWORD, saltOf(index), KEY_BYTES, hashing.options);
  return { index, key: key.toString('hex') };
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
  task: hash,
  taskSync: hashSync,
});
