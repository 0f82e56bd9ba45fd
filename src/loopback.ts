const LOOPBACK_V4 = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/**
 * Whether a URL's host is this machine as it is written: a name that only resolves to it may resolve elsewhere tomorrow.
 * WHATWG's parser has brought addresses such as `127.1` into their usual form.
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || LOOPBACK_V4.test(hostname);
}
