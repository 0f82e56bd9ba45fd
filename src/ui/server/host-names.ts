import { isIPv6 } from 'node:net';
import type { networkInterfaces } from 'node:os';

type Interfaces = ReturnType<typeof networkInterfaces>;

const HTTP_PORT = 80;
const LOCAL: readonly string[] = ['127.0.0.1', 'localhost'];
const LOCAL_V6 = '[::1]';
/** No browser has a place for the zone that such an address needs. */
const LINK_LOCAL = /^\[fe[89ab]/;

/**
 * What `Host` may be for a server that listens on `host`, the one to show first.
 *
 * @param host an address, or `localhost`; `0.0.0.0` and `::` are all that the machine has, `::` those of IPv4 too
 */
export function hostsOf(
  { host, port }: { readonly host: string; readonly port: number },
  interfaces: Interfaces,
): string[] {
  // Browsers leave the usual port out.
  return namesOf(host, interfaces).flatMap(name => [
    `${name}:${port}`,
    ...(port === HTTP_PORT ? [name] : []),
  ]);
}

function namesOf(host: string, interfaces: Interfaces): string[] {
  const name = nameOf(host);
  if (host === '0.0.0.0') return [...outerNames(interfaces, 'IPv4'), ...LOCAL];
  if (name === '[::]') {
    const outer = outerNames(interfaces, 'IPv6');
    return [
      ...outerNames(interfaces, 'IPv4'),
      ...outer.filter(one => !LINK_LOCAL.test(one)),
      ...LOCAL,
      LOCAL_V6,
      ...outer.filter(one => LINK_LOCAL.test(one)),
    ];
  }
  return LOCAL.includes(name) || name === LOCAL_V6 ? [...new Set([name, 'localhost'])] : [name];
}

function outerNames(interfaces: Interfaces, family: 'IPv4' | 'IPv6'): string[] {
  const all = Object.values(interfaces).flatMap(addresses => addresses ?? []);
  return all.filter(one => !one.internal && one.family === family).map(({ address }) => nameOf(address));
}

/** As browsers write it: IPv6 in brackets, as short as can be, without its zone. */
function nameOf(address: string): string {
  return isIPv6(address) ? new URL(`http://[${address.replace(/%.*/, '')}]`).hostname : address;
}
