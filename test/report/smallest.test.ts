import { describe, expect, it } from 'vitest';
import { THREADS } from '../../src/executors/capabilities.js';
import { looksOf } from '../../src/report/html/looks.js';
import { chartPicture } from '../../src/report/html/pictures.js';
import { renderChart } from '../../src/report/terminal/chart.js';
import { paintFor } from '../../src/report/terminal/paint.js';
import { variantsChart } from '../../src/report/view/charts.js';
import { tellingLines } from '../../src/report/view/telling-lines.js';
import { conclude } from '../../src/report/words/conclusion.js';
import { smallestAsGood, smallestText } from '../../src/report/words/smallest-as-good.js';
import type { ExecutorResult } from '../../src/schema/index.js';
import { compareAll, makeExecutor, makeScenario } from '../support/report-fixture.js';

const inFlight = (value: number, perSecond: number, name = 'limited'): ExecutorResult =>
  makeExecutor({
    name,
    id: `${name} in-flight=${value}`,
    inFlight: value,
    axis: { name: 'inFlight', value },
    perSecond,
  });
const limited = (...perSecond: number[]) => perSecond.map((one, at) => inFlight(2 ** (at + 1), one));
const headlineOf = (executors: readonly ExecutorResult[], halfWidth = 0.02) =>
  conclude(makeScenario({ executors, halfWidth })).headline;

describe('the smallest setting that is not told apart from the best', () => {
  it.each<[string, readonly ExecutorResult[], number]>([
    [
      '`limited in-flight=8` does as well as in-flight=16, the best: 0.99 [0.97, 1.01]',
      limited(250, 500, 990, 1_000),
      0.02,
    ],
    [
      '`limited in-flight=4` does as well as in-flight=16, the best: 0.99 [0.97, 1.01]',
      limited(250, 990, 995, 1_000),
      0.02,
    ],
    [
      '`limited in-flight=8` is not told apart from in-flight=16, the best: 0.9 [0.7, 1.1]',
      limited(250, 500, 900, 1_000),
      0.25,
    ],
    ['`limited in-flight=8` is enough: no gain shown from in-flight=16', limited(250, 500, 1_000, 990), 0.02],
    [
      '`limited in-flight=16` is fastest: 1.25× [1.23, 1.28] `limited in-flight=8`',
      limited(250, 500, 800, 1_000),
      0.02,
    ],
  ])('%s', (headline, executors, halfWidth) => {
    expect(headlineOf(executors, halfWidth)).toBe(headline);
  });

  it('is said where threads are no answer', () => {
    const pools = [2, 4, 8, 16].map((value, at) => inFlight(value, [250, 500, 985, 995][at]!, 'queue'));
    expect(headlineOf([...limited(250, 500, 990, 1_000), ...pools])).toBe(
      'Use the loop: threads add nothing, `queue in-flight=16` is 1.00× [0.98, 1.01] `limited in-flight=16`; `limited in-flight=8` does as well as in-flight=16',
    );
  });

  it('is said of the pool that is used', () => {
    const pools = [2, 4, 8, 16].map((value, at) => inFlight(value, [600, 1_200, 1_980, 2_000][at]!, 'queue'));
    const { headline, aside } = conclude(
      makeScenario({ executors: [...limited(250, 500, 990, 1_000), ...pools] }),
    );
    expect(headline).toMatch(/^Use 2 threads: `queue in-flight=16` is/);
    expect(aside).toBe('in-flight=8 does as well: 0.99 [0.97, 1.01]');
  });

  it('goes down from the best, and stops where a difference is shown', () => {
    const executors = limited(990, 500, 995, 1_000);
    const scenario = makeScenario({ executors });
    expect(smallestAsGood(scenario, executors[3]!)?.executor.variant.id).toBe('limited in-flight=8');
  });

  it('is not looked for among other executors, other axes, or without an interval', () => {
    const best = inFlight(16, 1_000);
    const scenario = makeScenario({ executors: [best, inFlight(8, 1_000, 'batched'), makeExecutor({})] });
    expect(smallestText(scenario, best)).toBeNull();
    const few = makeScenario({ executors: limited(990, 1_000), halfWidth: null });
    expect(smallestText(few, few.executors[1]!)).toBeNull();
  });

  it('does as well as what it is equal to', () => {
    const executors = limited(990, 1_000);
    const { comparisons } = compareAll(executors, executors[0]!.variant.id, 0.1);
    const equal = comparisons.map(one => ({ ...one, verdict: 'equal' as const, equivalence: 0.2 }));
    expect(smallestText(makeScenario({ executors, comparisons: equal }), executors[1]!)).toMatch(
      /^in-flight=2 does as well/,
    );
  });
});

describe('a chart of many', () => {
  const names = ['sequential', 'promise-all', 'limited', 'batched', 'queue', 'piscina', 'tinypool'];
  const speeds = [1, 90, 100, 80, 60, 50, 40];
  const many = names.flatMap((name, at) =>
    [2, 4, 8].map(value =>
      Object.assign(inFlight(value, value * speeds[at]!, name), at < 4 ? {} : { capabilities: THREADS }),
    ),
  );

  it('has five lines, and says which are not drawn', () => {
    const lines = renderChart(variantsChart(makeScenario({ executors: many }))!, 72, paintFor(false));
    const legend = lines.slice(0, 3).join(' ');
    for (const name of ['limited', 'promise-all', 'batched', 'queue', 'piscina'])
      expect(legend).toContain(name);
    expect(lines.at(-1)).toBe('not drawn: sequential, tinypool');
  });

  it('has the same five on a page, with a sentence that says which', () => {
    const chart = variantsChart(makeScenario({ executors: many }))!;
    const { method, drawing } = chartPicture('axis', chart, looksOf(names));
    expect(method).toMatch(
      /Drawn are 5 of 7 lines, the best loop, .*; not sequential and tinypool: the table has all\.$/,
    );
    expect(drawing.description).toMatch(/limited .*queue .*piscina/);
    expect(drawing.description).not.toMatch(/sequential|tinypool/);
  });

  it('keeps the best loop, the best pool and a limit, whatever is ahead', () => {
    const line = (label: string, family: 'loop' | 'threads' | null, y: number) => ({
      label,
      family,
      isLevel: family === null,
      points: [{ x: 1, y }],
    });
    const lines = [
      line('limit', null, 50),
      ...[9, 8, 7, 6, 5].map(y => line(`pool ${y}`, 'threads' as const, y)),
      line('loop', 'loop', 1),
    ];
    const labelsOf = (lessIsBetter: boolean) =>
      tellingLines(lines, lessIsBetter).lines.map(({ label }) => label);
    expect(labelsOf(false)).toEqual(['limit', 'pool 9', 'pool 8', 'pool 7', 'loop']);
    expect(tellingLines(lines, false).leftOut).toEqual(['pool 6', 'pool 5']);
    expect(labelsOf(true)).toEqual(['limit', 'pool 7', 'pool 6', 'pool 5', 'loop']);
  });
});
