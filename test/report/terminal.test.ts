import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.js';
import { renderTerminal } from '../../src/report/terminal.js';
import { widthOf } from '../../src/report/text.js';
import type { Finding, Report } from '../../src/schema/index.js';
import {
  capacityOf,
  computingScenario,
  machineBusy,
  makeComparison,
  makeDistribution,
  makeExecutor,
  makeLostTrial,
  makeReport,
  makeScenario,
  mixedSweep,
  NO_SAMPLES,
  RESULTS_DIFFER,
  rateScenario,
  tooManyFailed,
  waitingScenario,
} from '../support/report-fixture.js';

const nothing = { median: null, low: null, high: null };
const threadsOf = (threads: number, perSecond: number) =>
  makeExecutor({
    name: 'queue',
    id: `queue threads=${threads}`,
    threads,
    perSecond,
    axis: { name: 'threads', value: threads },
  });

const threadsAxis = makeReport({
  scenarios: [
    computingScenario({
      executors: [
        makeExecutor({ name: 'limited', perSecond: 195 }),
        threadsOf(1, 190),
        threadsOf(2, 372),
        threadsOf(4, 375),
        threadsOf(8, 350),
      ],
    }),
  ],
});

const troubled = makeReport({
  interrupted: true,
  elapsedMs: 12_000,
  environment: { ...makeReport().environment, cores: 8, cgroupCores: 1.5 },
  scenarios: [
    makeScenario({
      title: 'TROUBLED',
      stoppedBy: 'interrupted',
      validity: 'WEAK',
      findings: [
        machineBusy(0.31),
        {
          code: 'lost',
          severity: 'note',
          subjects: ['queue'],
          values: { trials: 30, reason: 'said in a line of its own' },
        },
        {
          code: 'rounded-in-flight',
          severity: 'note',
          subjects: [],
          values: { rounded: [{ asked: 10, used: 12 }], threads: [4], multiple: 4 },
        },
      ],
      executors: [
        makeExecutor({
          name: 'sequential',
          perSecond: 20,
          coldOnly: true,
          rounds: 3,
          serviceMs: makeDistribution(51, 600),
        }),
        makeExecutor({
          outcomes: { issued: 6_000, completed: 5_986, cancelled: 2, failed: { 'http-500': 4, timeout: 8 } },
        }),
        makeExecutor({
          name: 'queue',
          rounds: 0,
          forks: 0,
          lostTrials: 30,
          tasksPerSecond: nothing,
          wallMs: nothing,
          coldSlowdown: null,
          serviceMs: NO_SAMPLES,
          coresUsed: null,
          trials: [makeLostTrial('worker 1 ran out of memory: Reached heap limit')],
        }),
      ],
    }),
    waitingScenario({
      validity: 'INVALID',
      findings: [
        RESULTS_DIFFER,
        {
          code: 'origin-saturated',
          severity: 'invalid',
          subjects: ['promise-all'],
          values: { by: 'loop', busyShare: 0.97, allowedShare: 0.9 },
        },
      ],
    }),
  ],
});

const EVIL =
  'e\u001b[31mv\u202eil\r\n\tname 漢字漢字 | <b>`*_[x](y) that goes on and on and never comes to an end ';
const EVIL_FINDING: Finding = {
  code: 'failed-tasks',
  severity: 'note',
  subjects: [EVIL],
  values: { kind: EVIL, example: EVIL },
};
const hostile = makeReport({
  scenarios: [
    makeScenario({
      name: EVIL,
      title: EVIL,
      workload: EVIL,
      params: { [EVIL]: EVIL },
      executors: [
        makeExecutor({ id: EVIL, name: EVIL, perSecond: 20 }),
        makeExecutor({
          name: '漢字',
          outcomes: { issued: 9, completed: 8, cancelled: 0, failed: { [EVIL]: 1 } },
        }),
        makeExecutor({ name: 'queue', id: `${EVIL}q`, perSecond: 1_109 }),
      ],
      validity: 'WEAK',
      findings: [tooManyFailed(EVIL, 0.8, EVIL), EVIL_FINDING],
    }),
    ...mixedSweep({ name: EVIL, title: EVIL, workload: EVIL, findings: [EVIL_FINDING] }),
  ],
});

const slowAndFast = { limited: 30, queue: 24, batched: null };
const rates = makeReport({
  scenarios: [
    rateScenario(100, { limited: 23, queue: 22, batched: 40 }),
    rateScenario(300, { limited: 26, queue: 23, batched: 120 }),
    rateScenario(1_000, slowAndFast),
    rateScenario(3_000, { limited: null, queue: 610, batched: null }),
    rateScenario(1_000, { limited: 31, queue: 25 }, { purpose: 'confirmation', id: 'service confirmation' }),
    rateScenario(100, { batched: 41 }, { purpose: 'confirmation', id: 'service confirmation' }),
  ],
  capacities: [
    capacityOf('limited', 1_000, 3_000),
    capacityOf('queue', 1_000, 3_000),
    capacityOf('batched', 100, 300),
  ],
});
const equal = makeReport({
  scenarios: [
    waitingScenario({
      comparisons: [
        makeComparison('limited', 'sequential', 56),
        makeComparison('queue', 'sequential', 56.1),
        { ...makeComparison('limited', 'queue', 1.002, 0.01), equivalence: 0.02, verdict: 'equal' },
      ],
      executors: [
        makeExecutor({ name: 'sequential', perSecond: 20 }),
        makeExecutor({ name: 'limited', perSecond: 1_120 }),
        makeExecutor({ name: 'queue', perSecond: 1_122 }),
      ],
    }),
    waitingScenario({
      name: 'service',
      title: 'SERVICE',
      tasks: null,
      load: { kind: 'duration', durationMs: 10_000 },
    }),
  ],
});

/** Variants that are told apart by long options, along an axis. */
const payload = makeReport({
  scenarios: (
    [
      [0, 390, 390, 370],
      [64_000, 360, 380, 330],
      [1_000_000, 210, 240, 170],
    ] as const
  ).map(([bytes, clone, transfer, processes]) =>
    makeScenario({
      name: 'payload',
      id: `payload ${bytes}`,
      title: 'PAYLOAD',
      payloadBytes: bytes,
      axis: { name: 'payload', value: bytes },
      executors: [
        makeExecutor({ name: 'limited', perSecond: 198 }),
        makeExecutor({ name: 'queue', id: 'queue payloadBy=clone', perSecond: clone }),
        makeExecutor({ name: 'queue', id: 'queue payloadBy=transfer', perSecond: transfer }),
        makeExecutor({ name: 'processes', kind: 'processes', perSecond: processes }),
      ],
    }),
  ),
});

const inFlight = (number: number, perSecond: number, share = 0) =>
  makeExecutor({
    id: `limited in-flight=${number}`,
    inFlight: number,
    perSecond,
    axis: { name: 'inFlight', value: number },
    validity: share > 0 ? 'INVALID' : 'VALID',
    findings: share > 0 ? [tooManyFailed(`limited in-flight=${number}`, share)] : [],
    outcomes: {
      issued: 6_000,
      completed: 6_000 * (1 - share),
      cancelled: 0,
      failed: share > 0 ? { 'http-429': 6_000 * share } : {},
    },
  });

/** One variant that fails, and a scenario that was not measured precisely enough. */
const limits = makeReport({
  command: {
    program: 'npx threads-vs-loop',
    args: ['run', 'http', './my-workload.mjs', '--param', 'headers={"a":"b c"}', '--in-flight', '10,20,40'],
  },
  scenarios: [
    makeScenario({
      executors: [inFlight(10, 180), inFlight(20, 350), inFlight(40, 232, 0.8)],
      validity: 'WEAK',
      findings: [tooManyFailed('limited in-flight=40', 0.8)],
    }),
    waitingScenario({ name: 'wide', title: 'WIDE', halfWidth: 0.6, stoppedBy: 'budget' }),
  ],
});

const reports: Readonly<Record<string, Report>> = {
  story: makeReport(),
  threads: threadsAxis,
  payload,
  latencies: makeReport({
    scenarios: (
      [
        [0.1, { limited: 24, queue: 26 }],
        [1, { limited: 41, queue: 31 }],
        [4, { limited: null, queue: 88 }],
      ] as const
    ).map(([cpuMs, p99Ms]) =>
      rateScenario(400, p99Ms, {
        id: `service cpuMs=${cpuMs}`,
        params: { waitMs: 20, cpuMs },
        axis: { name: 'param.cpuMs', value: cpuMs },
        slo: [],
      }),
    ),
  }),
  troubled,
  hostile,
  rates,
  rate: makeReport({
    scenarios: [
      rateScenario(500, { limited: 30, queue: 24 }, { axis: null, id: 'service' }),
      rateScenario(
        900,
        { limited: 46, queue: null },
        { axis: null, name: 'late', id: 'late', title: 'LATE' },
      ),
    ],
  }),
  equal,
  limits,
  empty: makeReport({ scenarios: [], interrupted: true }),
};

describe('golden files', () => {
  it.each(Object.keys(reports))('%s, 80 and 120 columns', async name => {
    for (const width of [80, 120]) {
      const text = renderTerminal(reports[name]!, { width, colour: false });
      await expect(text).toMatchFileSnapshot(`golden/${name}-${width}.txt`);
    }
  });

  it('in colour', async () => {
    const text = renderTerminal(makeReport(), { width: 80, colour: true });
    await expect(text).toMatchFileSnapshot('golden/story-80-colour.txt');
  });

  it.each(['story', 'troubled', 'hostile', 'rates', 'rate', 'equal', 'limits'])(
    '%s as Markdown',
    async name => {
      await expect(renderMarkdown(reports[name]!)).toMatchFileSnapshot(`golden/${name}.md.txt`);
    },
  );
});

describe('layout', () => {
  it('keeps to the width, whatever the names are', () => {
    for (let width = 40; width <= 160; width += 3) {
      for (const report of Object.values(reports)) {
        for (const line of renderTerminal(report, { width, colour: false }).split('\n'))
          expect(widthOf(line), line).toBeLessThanOrEqual(width);
      }
    }
  });

  it('is the same with and without colour', () => {
    for (const report of Object.values(reports)) {
      const painted = stripVTControlCharacters(renderTerminal(report, { width: 80, colour: true }));
      const plain = renderTerminal(report, { width: 80, colour: false });
      const trimmed = (text: string) => text.split('\n').map(line => line.trimEnd());
      expect(trimmed(painted)).toEqual(trimmed(plain));
    }
  });

  it('lets no control character of a name through, nor a line of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), name => {
        const report = makeReport({
          scenarios: [
            makeScenario({
              title: name,
              findings: [tooManyFailed(name, 0.5, name)],
              executors: [makeExecutor({ id: name }), makeExecutor({ name: 'queue' })],
            }),
          ],
        });
        const text = renderTerminal(report, { width: 80, colour: false });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the claim
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
        for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the table', () => {
  const headings = (report: Report) =>
    renderTerminal(report, { width: 80, colour: false })
      .split('\n')
      .find(line => line.includes('tasks/s')) ?? '';

  it('along an axis marks what comes of cold trials, and says what the mark means', () => {
    const [loop, pool] = [makeExecutor({ perSecond: 300 }), makeExecutor({ name: 'queue', perSecond: 20 })];
    const scenarios = [1, 2].map(value =>
      makeScenario({
        id: `x ${value}`,
        axis: { name: 'param.x', value },
        executors: [loop, { ...pool, coldOnly: value === 2 }],
        comparisons: [makeComparison('queue', 'limited', 1 / 15)],
      }),
    );
    const text = renderTerminal(makeReport({ scenarios }), { width: 80, colour: false });
    expect(text).toMatch(/^ +1 +300 +20 /m);
    expect(text).toMatch(/^ +2 +300 +20\* /m);
    expect(text).toContain('* cold trials: ');
  });

  it('is in the order of the ratios that the verdict is about, those without a figure last', () => {
    const executors = [
      makeExecutor({ name: 'sequential', perSecond: 20 }),
      makeExecutor({ name: 'queue', tasksPerSecond: nothing }),
      makeExecutor({ name: 'batched', perSecond: 1_010 }),
      makeExecutor({ name: 'limited', perSecond: 1_000 }),
    ];
    const comparisons = [
      makeComparison('batched', 'sequential', 48),
      makeComparison('limited', 'sequential', 52),
    ];
    const text = renderMarkdown(makeReport({ scenarios: [makeScenario({ executors, comparisons })] }));
    const names = text.match(/^\| (?!executor|---)[a-z]+/gm);
    expect(names).toEqual(['| limited', '| batched', '| sequential', '| queue']);
  });

  it('heads the column with the highest percentile that every row has', () => {
    const withService = (count: number) =>
      makeReport({
        scenarios: [
          makeScenario({
            executors: [
              makeExecutor(),
              makeExecutor({ name: 'queue', serviceMs: makeDistribution(51, count) }),
            ],
          }),
        ],
      });
    expect(headings(withService(1_000))).toContain('p99 service');
    expect(headings(withService(999))).toContain('p90 service');
  });
});
