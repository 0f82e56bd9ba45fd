/**
 * Hashes a password as a log-in does. Node does that on libuv's threads, so the question is how many of those.
 *
 *     npm run threads-vs-loop -- tune ./examples/hash-passwords.mjs
 */
import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const hash = promisify(scrypt);

export async function task(index) {
  const key = await hash(`password ${index}`, 'salt', 32, { N: 4096 });
  return key.toString('hex');
}
