import { defineSuite } from '../../src/settings/suite.js';

export default defineSuite({
  name: 'payload',
  summary: 'what it costs to move data to a thread and back: about two minutes',
  scenarios: [
    {
      name: 'payload',
      title: 'PAYLOAD',
      summary: '1 ms of computing with 0 to 10 MB in and out, copied, handed over and shared',
      workload: 'cpu',
      tasks: 40,
      params: { cpuMs: 1 },
      payloadBytes: [0, 10_000, 100_000, 1_000_000, 10_000_000],
      inFlight: 4,
      threads: 2,
      executors: [
        'limited',
        { executor: 'queue', as: 'clone' },
        { executor: 'queue', as: 'transfer', options: { payloadBy: 'transfer' } },
        { executor: 'queue', as: 'shared', options: { payloadBy: 'shared' } },
      ],
      baseline: 'limited',
      budgetMs: 20_000,
    },
  ],
});
