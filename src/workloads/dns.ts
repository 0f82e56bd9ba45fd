import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { UsageError } from '../errors.js';
import { defineWorkload } from './workload.js';

/** Node has no lookup that blocks, so there is no `taskSync`. */
export default defineWorkload({
  name: 'dns',
  summary: "looks up localhost: getaddrinfo, on the threads of libuv's pool",
  kind: 'libuv',
  params: {
    host: {
      kind: 'text',
      default: 'localhost',
      summary: 'localhost or an address: no request leaves the machine',
    },
  },
  defaults: { tasks: 500 },
  check({ host }) {
    if (host === 'localhost' || isIP(host) !== 0) return;
    const remedy = 'Nothing but loopback is asked here.';
    throw new UsageError('--param host', 'localhost or an IP address', host, remedy);
  },
  open: async ({ host }) => host,
  async task(host, index) {
    const found = await lookup(host, { all: true });
    return { index, addresses: found.map(({ address }) => address).sort() };
  },
  close: async () => {},
});
