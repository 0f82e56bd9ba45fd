import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { hostsOf } from '../../src/ui/server/host-names.js';

const at = (address: string, internal = false) =>
  ({ address, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as NetworkInterfaceInfo;

const INTERFACES = {
  lo: [at('127.0.0.1', true), at('::1', true)],
  eth0: [at('fe80::42:acff:fe11:2'), at('192.168.1.20'), at('2001:db8::20')],
};

it.each([
  ['127.0.0.1', ['127.0.0.1:7000', 'localhost:7000']],
  ['localhost', ['localhost:7000']],
  ['::1', ['[::1]:7000', 'localhost:7000']],
  ['192.168.1.20', ['192.168.1.20:7000']],
  ['2001:db8::20', ['[2001:db8::20]:7000']],
  ['2001:0DB8:0:0::20', ['[2001:db8::20]:7000']],
  ['fe80::42:acff:fe11:2%eth0', ['[fe80::42:acff:fe11:2]:7000']],
  ['0.0.0.0', ['192.168.1.20:7000', '127.0.0.1:7000', 'localhost:7000']],
  [
    '::',
    [
      '192.168.1.20:7000',
      '[2001:db8::20]:7000',
      '127.0.0.1:7000',
      'localhost:7000',
      '[::1]:7000',
      '[fe80::42:acff:fe11:2]:7000',
    ],
  ],
])('who listens on %s is called', (host, hosts) => {
  expect(hostsOf({ host, port: 7_000 }, INTERFACES)).toEqual(hosts);
});

it('browsers leave the usual port out', () => {
  expect(hostsOf({ host: '2001:db8::20', port: 80 }, INTERFACES)).toEqual([
    '[2001:db8::20]:80',
    '[2001:db8::20]',
  ]);
});
