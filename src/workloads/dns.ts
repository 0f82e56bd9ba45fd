import { lookup } from 'node:dns/promises';
import { choice } from './params.js';
import { defineWorkload } from './workload.js';

/** Numbers of `lookup`; 0 is either. */
const FAMILIES = { any: 0, IPv4: 4, IPv6: 6 };

/**
 * Only localhost: no request leaves the machine. Of an address Node answers itself, without libuv's pool. Node has no
 * lookup that blocks, so there is no `taskSync`.
 */
export default defineWorkload({
  name: 'dns',
  summary: "looks up localhost: getaddrinfo, on the threads of libuv's pool",
  kind: 'libuv',
  params: {
    family: choice(['any', 'IPv4', 'IPv6'], 'addresses to look for'),
  },
  defaults: { tasks: 500 },
  open: async ({ family }) => FAMILIES[family],
  async task(family, index) {
    const found = await lookup('localhost', { all: true, family });
    return { index, addresses: found.map(({ address }) => address).sort() };
  },
});
