import { PLAIN_ORIGIN } from '../origin/settings.js';
import { hash32 } from '../random.js';
import { readAnswer } from './http.js';
import { openHttpClient } from './http-client.js';
import { iterationsFor, mix } from './kernel.js';
import { defineWorkload } from './workload.js';

export default defineWorkload({
  name: 'mixed',
  summary: 'waits for an answer over HTTP, then computes on it',
  kind: 'mixed',
  params: {
    waitMs: {
      kind: 'number',
      default: 10,
      min: 0,
      max: 60_000,
      summary: 'how long the origin takes to answer',
    },
    cpuMs: {
      kind: 'number',
      default: 1,
      min: 0.001,
      max: 10_000,
      summary: 'how long a task then computes, as in cpu; calibrated once a run',
    },
  },
  defaults: { tasks: 200 },
  requestsPerTask: 1,
  needsCalibration: true,
  origin: ({ waitMs }) => ({ ...PLAIN_ORIGIN, latency: { kind: 'fixed', ms: waitMs } }),
  async open({ cpuMs }, { originUrl, inFlight, cpuIterationsPerMs }) {
    if (originUrl === null) throw new Error('the mixed workload was opened without an origin');
    const iterations = iterationsFor(cpuMs, cpuIterationsPerMs);
    return openHttpClient(
      {
        url: originUrl,
        method: 'GET',
        path: '/todos/{index}',
        headers: {},
        body: '',
        client: 'request',
        connections: 'shared',
        inFlight,
      },
      (index, status, json, text) => {
        readAnswer(index, status, json, text);
        return { index, digest: mix(iterations, hash32(0, text)) };
      },
    );
  },
  task: (client, index, signal) => client.send(index, signal),
  close: client => client.close(),
});
