import { expect, it } from 'vitest';
import { meaningOf } from '../../../src/report/words/glossary.js';
import { barWords, partWords, percentileWords, placeWords } from '../../../src/report/words/hover.js';

it('a bar says its figure and its interval', () => {
  const bar = { label: 'queue ×2', text: '1,109/s', interval: [1_080, 1_130] } as const;
  expect(barWords(bar, 'perSecond')).toBe(
    'queue ×2: 1,109/s\n95 % interval: 1,080/s to 1,130/s; made this way it holds the true value in 95 of 100 runs.',
  );
  expect(barWords({ ...bar, interval: null }, 'perSecond')).toBe('queue ×2: 1,109/s');
});

it('parts and percentiles say what they are in the words of the glossary', () => {
  expect(partWords('queue', 'wait', 0.57, 'share')).toBe(`queue, wait: 57 %\n${meaningOf('wait')}`);
  expect(partWords('queue', 'beyond that', 3, 'durationMs')).toContain(
    `: 3.0 ms\n${meaningOf('beyond that')}`,
  );
  expect(percentileWords('queue', 0.999, 57)).toBe(`queue, p99.9: 57 ms\n${meaningOf('p99.9')}`);
  for (const part of ['wait', 'service', 'delivery', 'a task alone', 'beyond that', 'p50', 'p90', 'p99'])
    expect(meaningOf(part)).not.toBeNull();
});

it('a point says where it is, and names are of a length', () => {
  expect(placeWords('queue', '8', 1_109, null)).toBe('queue at 8: 1,109');
  expect(placeWords('x'.repeat(10_000), '8', 1, null).length).toBeLessThan(100);
});
