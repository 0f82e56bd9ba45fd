import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.js';

const MOST_BYTES = 16_384;

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** @throws HttpError for anything but JSON, and for too much of it before it has all come */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? 'nothing';
  if (!/^application\/json(?:;\s*charset=utf-8)?$/i.test(type))
    throw new HttpError(415, 'Content-Type: expected application/json, got another. Send JSON.');
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) throw tooMuch();
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Or the answer would have no way back.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw tooMuch();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new HttpError(400, 'Body: expected JSON, got something else. Send an object with kind and plan.');
  }
}

function tooMuch(): HttpError {
  const message = `Body: expected at most ${MOST_BYTES} bytes, got more. Send a plan and nothing else.`;
  return new HttpError(413, message, { Connection: 'close' });
}
