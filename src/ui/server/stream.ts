import type { ServerResponse } from 'node:http';
import type { UiMessage, UiState } from '../protocol.js';
import type { MessageLog } from './message-log.js';

/** More than that is not taken: whoever reads so slowly is dropped, and may come again with the id that it has. */
const MOST_WAITING_BYTES = 4e6;
const HEARTBEAT_MS = 10_000;

export interface StreamOptions {
  readonly log: MessageLog;
  /** Null: it comes anew. */
  readonly after: number | null;
  state(): UiState;
  /** Nothing is sent then that can wait. */
  isQuiet(): boolean;
}

/** Sends the messages there are and all that follow, a line each, until either side ends it. */
export function streamMessages(
  response: ServerResponse,
  { log, after, state, isQuiet }: StreamOptions,
): void {
  const send = (text: string) => {
    response.write(text);
    if (response.writableLength > MOST_WAITING_BYTES) response.destroy();
  };
  const sendMessage = (message: UiMessage) => send(`${JSON.stringify(message)}\n`);
  const earlier = after === null ? log.latest() : log.after(after);
  // Ids grow: that of the state is one below what follows, and so asks for nothing twice.
  const id = earlier[0] === undefined ? log.lastId : Math.max(0, earlier[0].id - 1);
  const first: UiMessage = { id, type: 'state', ...state() };
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  for (const message of [first, ...earlier]) sendMessage(message);
  const unlisten = log.listen(sendMessage);
  const heartbeat = setInterval(() => {
    if (!isQuiet()) send('\n');
  }, HEARTBEAT_MS);
  response.once('close', () => {
    unlisten();
    clearInterval(heartbeat);
  });
}
