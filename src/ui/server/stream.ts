import type { ServerResponse } from 'node:http';
import type { UiMessage, UiState } from '../protocol.js';
import type { MessageLog } from './message-log.js';
import { Outbox } from './outbox.js';

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
  const earlier = after === null ? log.latest() : log.after(after);
  // Ids grow: that of the state is one below what follows, and so asks for nothing twice.
  const id = earlier[0] === undefined ? log.lastId : Math.max(0, earlier[0].id - 1);
  const first: UiMessage = { id, type: 'state', ...state() };
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  const outbox = new Outbox(response, [first, ...earlier]);
  const unlisten = log.listen(message => outbox.add(message));
  const heartbeat = setInterval(() => {
    if (!isQuiet()) outbox.beat();
  }, HEARTBEAT_MS);
  response.once('close', () => {
    unlisten();
    clearInterval(heartbeat);
  });
}
