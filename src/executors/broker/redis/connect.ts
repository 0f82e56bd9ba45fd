import { Redis } from 'ioredis';

/** Connects anew for as long as it takes, unless its options say otherwise. */
export function connect(options: Record<string, unknown>): Redis {
  const client = new Redis(options);
  client.on('error', () => {});
  return client;
}
