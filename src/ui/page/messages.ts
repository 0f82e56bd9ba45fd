import type { UiMessage } from '../protocol.js';
import { Lines } from './lines.js';

/** What a server of the page tells, for as long as it goes on. */
export async function* messagesOf({ body }: Response): AsyncGenerator<UiMessage> {
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const lines = new Lines();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const line of lines.add(value)) yield JSON.parse(line) as UiMessage;
  }
}
