import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mapFor } from '../../src/cli/map-file.js';
import { computingOf, waitsOf } from '../../src/cli/map-flags.js';
import { systemClock } from '../../src/clock.js';
import { builtIns } from '../../src/plan/catalogue.js';
import { parseReport, renderJson } from '../../src/report/json.js';
import type { Report, Tune } from '../../src/schema/index.js';
import { mapReport } from '../support/map-fixture.js';
import { makeEnvironment, makeReport } from '../support/report-fixture.js';
import { outside } from './outside.js';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-map-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const world = () => outside({ cwd, clock: systemClock, catalogue: builtIns });

describe('the axes', () => {
  it('are lists, or a range in steps of 1, 2 and 5', () => {
    expect(computingOf('0.02..20')).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20]);
    expect(computingOf('0.3..2')).toEqual([0.3, 0.5, 1, 2]);
    expect(computingOf('10,0.1ms,10')).toEqual([0.1, 10]);
    expect(waitsOf('100, 0,5ms,0.1s')).toEqual([0, 5, 100]);
  });
});

describe('what is refused', () => {
  it.each([
    [
      ['--waits', '0.5'],
      '--waits: expected at most 10 times of 1 to 60000 ms, or 0, such as 0,5,100, got 0.5',
    ],
    [['--waits', 'long'], '--waits: expected at most 10 times'],
    [['--computing', '20..0.02'], '--computing: expected 2 to 14 times of 0.001 to 1000 ms'],
    [['--computing', '1'], 'such as 0.02..20 or 0.1,1,10, got 1. Leave it out for 0.02..20.'],
    [['--computing', '0.001..1000'], '--computing: expected 2 to 14 times'],
    [['--computing', '1..2..3'], '--computing: expected'],
    [['--budget', 'soon'], '--budget: expected a duration from 1s to 24 h, got soon. Leave it out for 180s.'],
    [['--executors', 'limited,batched'], '--executors: expected one loop and one executor with workers'],
    [['--executors', 'queue,piscina'], '--executors: expected one loop and one executor with workers'],
    [['--in-flight', '8,64'], '--executors: expected one loop and one executor with workers'],
    [['--executors', 'limited,nobody'], 'got "nobody"'],
    [
      ['--task', 'none.json'],
      '--task: expected the results of a tune in none.json, got none that can be read',
    ],
    [['--resume'], '--resume: expected the map of the same in results/latest-map.json, got none'],
  ])('%j', async (flags, message) => {
    const { run, written } = world();
    expect(await run('map', ...flags)).toBe(2);
    expect(written.stderr).toContain(message);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('the results of something else', async () => {
    writeFileSync(join(cwd, 'run.json'), renderJson(makeReport({ scenarios: [] })));
    writeFileSync(join(cwd, 'map.json'), renderJson(mapReport()));
    for (const [flags, message] of [
      [
        ['map', '--task', 'run.json'],
        '--task: expected the results of a tune, got those of a run in run.json',
      ],
      [['map', '--resume', 'run.json'], '--resume: expected the map of the same in run.json, got no map'],
      [['tune', 'noop', '--map', 'run.json'], '--map: expected a map in run.json, got something else'],
      [
        ['tune', 'noop', '--map', 'none.json'],
        '--map: expected a map in none.json, got none that can be read',
      ],
    ] as const) {
      const { run, written } = world();
      expect(await run(...flags)).toBe(2);
      expect(written.stderr).toContain(message);
    }
  });
});

describe('a map that a tune is shown on', () => {
  const tune = {
    target: 'render',
    alone: {
      tasks: 9,
      serviceMs: 8.5,
      cpuMs: 8.1,
      parts: { computesMs: 8.1, blocksMs: 0, offThreadMs: 0, childrenMs: 0, waitsMs: 0.4 },
    },
  } as unknown as Tune;
  const tuned = (more: Partial<Report> = {}): Report => ({ ...makeReport({ scenarios: [] }), tune, ...more });
  const blocking = {
    ...tune,
    alone: { ...tune.alone!, parts: { ...tune.alone!.parts!, computesMs: 0.1, blocksMs: 8 } },
  };
  const other = { environment: makeEnvironment({ cpuModel: 'Another 9000' }) };

  const ask = async (report: Report, asked?: string) => {
    const said: string[] = [];
    const map = await mapFor(report, asked, { out: 'results', cwd, say: text => said.push(text) });
    return { map, said: said.join('') };
  };

  it('is the last one, where it is of this machine; else nothing is said', async () => {
    expect(await ask(tuned())).toEqual({ map: null, said: '' });
    mkdirSync(join(cwd, 'results'));
    writeFileSync(join(cwd, 'results/latest-map.json'), renderJson(mapReport()));
    const { map } = await ask(tuned());
    expect(map?.task).toEqual({ name: 'render', waitMs: 0.4, cpuMs: 8.1 });
    expect(await ask(tuned(other))).toEqual({ map: null, said: '' });
  });

  it('by its name says why it does not hold', async () => {
    writeFileSync(join(cwd, 'map.json'), renderJson(mapReport()));
    expect((await ask(tuned(), 'map.json')).map).not.toBeNull();
    expect((await ask(tuned(other), 'map.json')).said).toMatch(
      /^The map of map\.json is not shown: it is of another machine \(.*; this one is Another 9000, .*\)\.\n$/,
    );
    expect((await ask(tuned({ tune: blocking }), 'map.json')).said).toContain('this one blocks its thread');
  });
});

/** Two cells wide, with as little time as will do. */
const TINY = ['--waits', '0', '--computing', '0.1..2', '--budget', '10s', '--threads', '2'];

describe('a map from beginning to end', () => {
  it('is drawn, saved, rendered again, and gone on with', async () => {
    const { run, written } = world();
    expect(await run('map', ...TINY, '--reporter', 'terminal,markdown')).toBe(0);
    expect(written.stdout).toMatch(/^threads-vs-loop .* 2 executors/);
    expect(written.stdout).toMatch(/^MAP +(?:Threads|Undecided)/m);
    expect(written.stdout).toMatch(/^ +0 ms /m);
    for (const line of written.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(written.stderr).toMatch(/waits 0 ms, computes [\d.]+ ms: [\d.]+×, /);
    expect(readdirSync(join(cwd, 'results')).sort()).toEqual(
      expect.arrayContaining(['latest-map.json', 'latest.json', 'latest.md']),
    );
    const { map } = parseReport(
      readFileSync(join(cwd, 'results/latest-map.json'), 'utf8'),
      'latest-map.json',
    );
    expect(map!.cells.length).toBeGreaterThan(0);
    expect(map!.cells.every(({ forks }) => forks.length % 3 === 0)).toBe(true);
    const again = world();
    expect(await again.run('report', 'results/latest-map.json')).toBe(0);
    expect(again.written.stdout).toBe(written.stdout);
    const resumed = world();
    expect(await resumed.run('map', ...TINY.with(5, '1s'), '--resume')).toBe(0);
    expect(resumed.written.stderr).toMatch(/^Going on from results\/latest-map\.json: \d+ cells are kept/);
  }, 60_000);
});
