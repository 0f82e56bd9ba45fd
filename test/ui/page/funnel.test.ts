import { expect, it } from 'vitest';
import { endedFunnels } from '../../../src/ui/page/measure/funnel.js';
import type { MeasureResult } from '../../../src/ui/protocol.js';

const group = (baseline: string | null): MeasureResult['groups'][number] => ({
  title: 'WAITING',
  headline: '',
  validity: null,
  why: null,
  notes: [],
  baseline,
  standings: [{ label: 'queue ×2', name: 'queue', tasksPerSecond: 9, ratio: 2, low: 1.9, high: 2.1 }],
});

it('draws how a measurement ended for who was not there, where it has a baseline', () => {
  const result = { groups: [group('limited'), group(null)], saved: null, command: '', interrupted: false };
  const plots = endedFunnels(result);
  expect(plots).toMatchObject([{ scenario: 'WAITING', baseline: 'limited', forks: null }]);
  expect(plots[0]!.funnels[0]!.intervals).toMatchObject([{ ratio: 2, low: 1.9, high: 2.1 }]);
});
