import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { outside } from './outside.js';

const measurePlan = vi.hoisted(() =>
  vi.fn(() => {
    throw new Error('nothing is measured');
  }),
);
vi.mock('../../src/measure/measure.js', () => ({ measurePlan }));

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-print-plan-'));
  const config = {
    scenarios: [
      {
        name: 'mine',
        workload: 'http',
        params: { waitMs: [5, 10] },
        load: 'rate=100/s',
        options: { batchSize: 4 },
      },
      { name: 'hostile\u001b[31m', workload: 'cpu' },
    ],
    executors: ['limited', 'queue', 'batched'],
    slo: 'p99<50ms',
    defaults: { rounds: 3, baseline: 'limited', params: { path: '/from-config' } },
  };
  writeFileSync(join(cwd, 'threads-vs-loop.config.json'), JSON.stringify(config));
});
afterAll(() => rmSync(cwd, { recursive: true }));

async function printed(argv: readonly string[], env: Record<string, string> = {}) {
  const { run, written } = outside({ cwd, env });
  const code = await run('run', ...argv, '--print-plan');
  expect([code, written.stderr]).toEqual([0, '']);
  expect(measurePlan).not.toHaveBeenCalled();
  expect(existsSync(join(cwd, 'results'))).toBe(false);
  return written.stdout;
}

/** Value and source by setting. */
function tableOf(text: string): Record<string, string> {
  const rows = text.split('\n').flatMap(line => {
    const [, setting, value, from] = /^ {2}(\S+) {2,}(\S.*?) {2,}(\S.*)$/.exec(line) ?? [];
    return setting === undefined ? [] : [[setting, `${value} | ${from}`] as const];
  });
  return Object.fromEntries(rows);
}

test('shows what is of the whole run with where it comes from', async () => {
  const text = await printed([
    ...['mine', '--serve', 'node server.js', '--serve-ready', '3000'],
    ...['--allow-remote', 'other.example', '--remote-total', 'none'],
  ]);
  expect(text).toMatch(/^seed: \d+ \(drawn at random\)$/m);
  expect(text).toContain('\nserve: node server.js (flag --serve)\nserveReady: 3000 (flag --serve-ready)\n');
  expect(text).toContain('\nallowRemote: other.example (flag --allow-remote)\n');
  expect(text).toContain('\nremoteTotal: none (flag --remote-total)\n');
  // Nothing goes to another machine.
  expect(text).not.toContain('remoteRate');
});

test('shows each setting with where it comes from, and measures nothing', async () => {
  const text = await printed(['mine', '--budget', '5s', '--param', 'client=fetch', '--seed', '7']);
  expect(text).toMatch(
    /^threads-vs-loop · plan, nothing is measured\nconfig file: threads-vs-loop\.config\.json\nseed: 7 \(flag --seed\)\n\nMINE /,
  );
  expect(text).toContain('scenario mine of workload http, in threads-vs-loop.config.json, 2 variants');
  expect(tableOf(text)).toMatchObject({
    setting: 'value | from',
    executors: 'limited, queue, batched | config file',
    tasks: '100 | load and duration',
    load: 'rate=100/s | scenario',
    slo: 'p99 < 50 ms | config file',
    inFlight: '64 | built-in default',
    'params.waitMs': '5, 10 | scenario',
    'params.client': 'fetch | flag --param',
    'params.path': '/from-config | config file',
    'params.headers': '{} | workload default',
    'options.batchSize': '4 | scenario',
    rounds: '3 | config file',
    minForks: '5 | built-in default',
    budgetMs: '5_000 | flag --budget',
    baseline: 'limited | config file',
    maxBacklog: '10_000 | built-in default',
  });
});

test('a mix has its shares, and trials for the page are told', async () => {
  const text = await printed(['--mix', 'http=30,cpu=10', '--no-config']);
  expect(text).toContain('of workload mix (http 75 %, cpu 25 %)');
  expect(tableOf(text)).toMatchObject({ timeline: 'on the page | built-in default' });
  const none = await printed(['cpu', '--no-timeline', '--no-config']);
  expect(tableOf(none)).toMatchObject({ timeline: 'false | flag --timeline' });
});

test('without a config there is none in it', async () => {
  const text = await printed(['computing', '--no-config', '--threads', '2,4', '--forks', '3']);
  expect(text).toContain('config file: none\n');
  const table = tableOf(text);
  expect(table).toMatchObject({
    executors: 'limited, queue threads=2, queue threads=4 | scenario',
    tasks: '20 | workload default',
    threads: '2, 4 | flag --threads',
    forks: '3 | flag --forks',
    rounds: '7 | scenario',
    'params.cpuMs': '1, 4 | scenario',
    baseline: 'limited | scenario',
  });
  expect(table).not.toHaveProperty('minForks');
});

test('executors with threads of their own say so', async () => {
  writeFileSync(join(cwd, 'own.json'), '{ "executors": [{ "executor": "queue", "threads": 3 }] }');
  const table = async (...flags: string[]) =>
    tableOf(await printed(['cpu', '--config', 'own.json', ...flags]));
  expect((await table()).threads).toBe('3 | its executors');
  expect((await table('--threads', '2')).threads).toBe('2 | flag --threads');
});

test('a baseline that is not there is not said to be in force', async () => {
  const table = tableOf(await printed(['cpu', '--executors', 'sequential,queue']));
  expect(table.baseline).toBe('sequential | built-in default');
});

test.each(['40', '60', '80', '200'])('fits %s columns, and cells go on below', async columns => {
  const text = await printed(['mine'], { COLUMNS: columns });
  const [, , , , , ...rows] = text.split('\n');
  expect(rows.filter(line => line.length > Number(columns) && /^ /.test(line))).toEqual([]);
  // What is cut stands below its beginning.
  expect(text).toMatch(columns === '40' ? /rate=100 +scenario\n +\/s\n/ : /rate=100\/s +scenario\n/);
});

test('names cannot colour a terminal', async () => {
  expect(await printed([])).not.toContain('\u001b');
});

test('what cannot be run is refused as by a run', async () => {
  const { run, written } = outside({ cwd });
  expect(await run('run', 'mine', '--print-plan', '--threads', '0')).toBe(2);
  expect(written.stderr).toContain('--threads: expected a whole number');
});
