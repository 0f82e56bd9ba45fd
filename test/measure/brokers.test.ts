import { expect, test } from 'vitest';
import type { BrokerRequest } from '../../src/hosts/launcher.js';
import { RunBrokers } from '../../src/measure/brokers.js';
import { makePlan } from '../../src/plan/plan.js';
import { FakeClock, ScriptedLauncher } from '../support/scripted-launcher.js';

test('executors that ask for another persistence, or round trip, go through a broker of their own', async () => {
  const asked: BrokerRequest[] = [];
  class Launcher extends ScriptedLauncher {
    override broker(request: BrokerRequest) {
      asked.push(request);
      return super.broker(request);
    }
  }
  const { scenarios } = await makePlan({ targets: ['noop'], executors: ['limited', 'bullmq'] });
  const [scenario] = scenarios;
  const [limited, bullmq] = scenario!.executors;
  const saving = { ...bullmq!, options: { ...bullmq!.options, persistence: 'appendonly' } };
  const far = { ...bullmq!, options: { ...bullmq!.options, rtt: 1 } };
  const brokers = new RunBrokers();
  const launcher = new Launcher(new FakeClock(), () => ({ wallMs: 1, serviceMs: 1 }));
  const executors = [limited!, bullmq!, saving, bullmq!, far];
  await brokers.start({ scenarios: [{ ...scenario!, executors }] }, launcher);
  expect(asked).toEqual([
    { backend: 'any', persistence: 'none', rttMs: 0, url: null, caFile: null },
    { backend: 'any', persistence: 'appendonly', rttMs: 0, url: null, caFile: null },
    { backend: 'any', persistence: 'none', rttMs: 1, url: null, caFile: null },
  ]);
  expect(brokers.addressFor(limited!)).toBe(undefined);
  expect(brokers.addressFor(saving)).toBeDefined();
  expect(brokers.told().brokers).toHaveLength(3);
});
