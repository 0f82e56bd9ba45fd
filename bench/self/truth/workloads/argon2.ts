import { hashRawSync } from '@node-rs/argon2';
import { defineWorkload } from '../../../../src/workloads/workload.js';

const OPTIONS = { memoryCost: 4096, timeCost: 8, parallelism: 1, salt: Buffer.alloc(16, 'salt') };

export default defineWorkload({
  name: 'argon2',
  summary: 'hashes a password with argon2: native code, on the thread that calls it',
  kind: 'cpu',
  defaults: { tasks: 100, executors: ['limited', 'queue'] },
  open: async () => OPTIONS,
  task: async (options, index) => hashRawSync(`password ${index}`, options).toString('hex'),
});
