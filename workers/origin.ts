/** Entry point of the origin's process. */

import { lossOf, UsageError } from '../src/errors.js';
import type { FromOrigin, ToOrigin } from '../src/origin/messages.js';
import { type OriginServer, startOrigin } from '../src/origin/server.js';

let server: OriginServer | undefined;

const send = (message: FromOrigin) => process.send?.(message);

async function receive(message: ToOrigin): Promise<void> {
  if (message.type === 'start') {
    server = await startOrigin(message);
    send({ type: 'ready', url: server.url, port: server.port });
  } else if (server !== undefined) {
    const counters = server.snapshot();
    if (message.type === 'begin') server.begin(message.salt);
    send({ type: 'counters', counters });
  }
}

process.on('message', (message: ToOrigin) => {
  receive(message).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    send({ type: 'fault', loss: lossOf(error) });
  });
});

// The channel closes when the CLI ends, however it ends.
process.on('disconnect', () => process.exit(0));
