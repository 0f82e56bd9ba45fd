import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nowMs } from '../../src/clock.js';
import { BrokerRelay } from '../../src/hosts/broker-relay.js';

const ROUND_TRIP_MS = 2;

let folder: string;
let relay: BrokerRelay;
let server: Server;
/** In place of a broker. */
const accepted: Socket[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-relay-'));
  server = createServer({ allowHalfOpen: true }, socket => void accepted.push(socket));
  server.listen(join(folder, 's'));
  relay = new BrokerRelay();
  await relay.start({
    listenAt: join(folder, 'r'),
    connectTo: join(folder, 's'),
    roundTripMs: ROUND_TRIP_MS,
  });
});
afterEach(async () => {
  await relay.end();
  for (const socket of accepted.splice(0)) socket.destroy();
  server.close();
  rmSync(folder, { recursive: true });
});

/** A client, and the broker's end of it. */
async function connected(): Promise<readonly [client: Socket, broker: Socket]> {
  const client = connect({ path: join(folder, 'r'), allowHalfOpen: true });
  const [broker] = await once(server, 'connection');
  return [client, broker as Socket];
}

async function textOf(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (bytes: Buffer) => {
    text += bytes;
  });
  // Iterated over, it would be closed both ways.
  await once(socket, 'end');
  return text;
}

it('holds back what is said and what is answered, each by half of the round trip', async () => {
  const [client, broker] = await connected();
  broker.on('data', (bytes: Buffer) => broker.write(bytes));
  for (let question = 0; question < 10; question++) {
    const askedMs = nowMs();
    client.write('PING');
    await once(client, 'data');
    // Less would be a bug, more may be the machine.
    expect(nowMs() - askedMs).toBeGreaterThan(0.9 * ROUND_TRIP_MS);
  }
  client.destroy();
});

it('passes on every byte in its order, and the end of each way by itself', async () => {
  const [client, broker] = await connected();
  const lines = Array.from({ length: 20_000 }, (_, line) => `${line} ${'x'.repeat(line % 300)}\n`);
  const heard = textOf(broker);
  for (const line of lines) client.write(line);
  client.end();
  expect(await heard).toBe(lines.join(''));
  const answered = textOf(client);
  broker.end('still answered');
  expect(await answered).toBe('still answered');
});

it('closes both ends when one is gone', async () => {
  const [client, broker] = await connected();
  const gone = once(client, 'close');
  client.on('error', () => {});
  client.resume();
  broker.destroy();
  client.end();
  await gone;
  const [other, its] = await connected();
  const theirs = once(its, 'close');
  its.on('error', () => {});
  its.resume();
  other.destroy();
  its.end();
  await theirs;
});
