/**
 * A bare undici script: a Pool with the workload's settings, `request`, and the parsed JSON of every answer.
 * `abortable`: as whoever wants time-outs writes it, with a signal for each request.
 */
import { Pool } from 'undici';
import { serve } from '../support/serve.js';
import { allAtOnce, lanes } from './loops.js';

const KEEP_ALIVE_MS = 600_000;

serve(async ({ url, connections, shape, inFlight, abortable }) => {
  const pool = new Pool(String(url), {
    connections: Number(connections),
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  });
  const signalOf = abortable === true ? () => new AbortController().signal : () => null;
  const request = async (index: number) => {
    const path = `/todos/${index + 1}`;
    const { statusCode, body } = await pool.request({ method: 'GET', path, signal: signalOf() });
    return { status: statusCode, body: JSON.parse(await body.text()) as unknown };
  };
  return shape === 'lanes'
    ? tasks => lanes(tasks, Number(inFlight), request)
    : tasks => allAtOnce(tasks, request);
});
