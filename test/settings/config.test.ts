import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { checkConfig } from '../../src/settings/check-config.js';
import { defineConfig } from '../../src/settings/config.js';
import { configJsonSchema } from '../../src/settings/config-json-schema.js';
import type { Setting } from '../../src/settings/setting.js';
import { checkSettings } from '../../src/settings/settings.js';
import { SETTINGS } from '../../src/settings/table.js';
import { propertyWording } from '../../src/settings/wording.js';

const FILE = 'my.config.mjs';
const scenario = { name: 'mine', workload: 'cpu' };

it('is read with its executors and its objective among the defaults', () => {
  const config = defineConfig({
    $schema: './node_modules/threads-vs-loop/config.schema.json',
    scenarios: [scenario],
    executors: ['limited', { executor: 'queue', threads: 2 }],
    slo: 'p99<50ms',
    defaults: { threads: 2, seed: 7 },
  });
  expect(checkConfig(config, FILE)).toMatchObject({
    scenarios: [scenario],
    defaults: {
      executors: [{ executor: 'limited' }, { executor: 'queue', threads: 2 }],
      slo: [{ metric: 'p99' }],
      threads: [2],
    },
    written: { threads: 2, slo: 'p99<50ms', executors: ['limited', { executor: 'queue', threads: 2 }] },
    seed: 7,
  });
  expect(checkConfig({}, FILE)).toEqual({ scenarios: [], defaults: {}, written: {}, seed: undefined });
});

/** Each names the file, what was expected, what came, and what to do. */
const bad: [config: unknown, expected: string, got: string, remedy: string][] = [
  [[scenario], 'my.config.mjs: expected a config', 'got [{', 'Write for example { defaults'],
  ['text', 'my.config.mjs: expected a config', 'got "text"', 'Write for example'],
  [
    { scenario: [] },
    'Expected one of $schema, scenarios',
    'my.config.mjs: key: got "scenario"',
    'Did you mean scenarios?',
  ],
  [
    { threads: 2 },
    'Expected one of',
    'my.config.mjs: key: got "threads"',
    'Did you mean defaults: { threads: … }?',
  ],
  [{ xyzzy: 2 }, 'my.config.mjs: key: expected one of', 'got "xyzzy"', 'Leave it out.'],
  [{ defaults: 2 }, 'my.config.mjs: defaults: expected settings', 'got 2', 'Write for example defaults: {'],
  [
    { defaults: { thread: 2 } },
    'Expected one of',
    'my.config.mjs: defaults: thread: got "thread"',
    'Did you mean threads?',
  ],
  [
    { defaults: { threads: '2' } },
    'my.config.mjs: defaults: threads: expected a whole',
    'got "2"',
    'Write for example threads: 2.',
  ],
  [
    { defaults: { seed: -1 } },
    'my.config.mjs: defaults: seed: expected a whole number',
    'got -1',
    'seed: 7.',
  ],
  [{ executors: 'queue' }, 'my.config.mjs: executors: expected a list', 'got "queue"', 'executors: ['],
  [{ slo: 'p99' }, 'my.config.mjs: slo: expected', 'got "p99"', 'Write for example'],
  [
    { slo: 'p99<1ms', defaults: { slo: 'p99<2ms' } },
    'my.config.mjs: slo: expected one place',
    'got another in defaults',
    'Leave out',
  ],
  [
    { scenarios: scenario },
    'my.config.mjs: scenarios: expected a list',
    'got {"name"',
    'Write for example [{',
  ],
  [
    { scenarios: ['cpu'] },
    'my.config.mjs: scenario 1: expected a scenario',
    'got "cpu"',
    'Write for example {',
  ],
  [
    { scenarios: [scenario, { name: 'b' }] },
    'scenario 2: workload: expected a text',
    'got nothing',
    'Write for example',
  ],
  [
    { scenarios: [{ ...scenario, round: 2 }] },
    'Expected one of',
    'scenario mine: round: got "round"',
    'Did you mean rounds?',
  ],
  [
    { scenarios: [{ ...scenario, tasks: 0 }] },
    'my.config.mjs: scenario mine: tasks: expected',
    'got 0',
    'tasks: 100.',
  ],
  [
    { scenarios: [scenario, scenario] },
    'scenarios: expected a different name',
    'got "mine" twice',
    'Rename one.',
  ],
];

it.each(bad)('%j is refused', (config, expected, got, remedy) => {
  const check = () => checkConfig(config, FILE);
  expect(check).toThrow(UsageError);
  for (const part of [FILE, expected, got, remedy]) expect(check).toThrow(part);
});

describe('the JSON Schema for editors', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(configJsonSchema());
  const rows = Object.entries<Setting<unknown, unknown>>(SETTINGS);

  it.each(rows)(
    'has %s with its words, takes its example, and refuses what it cannot be',
    (field, setting) => {
      const { value } = setting.example;
      expect(JSON.stringify(configJsonSchema())).toContain(JSON.stringify(setting.help).slice(1, -1));
      expect(validate({ defaults: { [field]: value } }), JSON.stringify(validate.errors)).toBe(true);
      expect(validate({ scenarios: [{ ...scenario, [field]: value }] })).toBe(true);
      expect(validate({ defaults: { [field]: null } })).toBe(false);
    },
  );

  it('has every setting of the table, and the seed', () => {
    const schema = configJsonSchema() as { properties: { defaults: { properties: object } } };
    expect(Object.keys(schema.properties.defaults.properties)).toEqual([...Object.keys(SETTINGS), 'seed']);
  });

  it.each([
    { warmup: '2000 tasks' },
    { warmup: 2_000 },
    { warmup: '1.5s' },
    { maxFailed: 0.02 },
    { tasks: [1, 2] },
    { params: { waitMs: [1, 2], path: '/x', headers: { accept: 'text/html' }, on: true } },
    { executors: ['queue', { executor: './pool.ts', as: 'mine', threads: 2, options: { batchSize: 1 } }] },
  ])('takes %j, as the program does', defaults => {
    expect(validate({ defaults }), JSON.stringify(validate.errors)).toBe(true);
    expect(() => checkSettings(defaults, propertyWording(''))).not.toThrow();
  });

  it.each([
    [{ default: {} }],
    [{ defaults: { thread: 2 } }],
    [{ defaults: { threads: 0 } }],
    [{ defaults: { threads: 1.5 } }],
    [{ defaults: { precision: 1 } }],
    [{ defaults: { budgetMs: 0 } }],
    [{ defaults: { warmup: '5 hours' } }],
    [{ defaults: { results: 'both' } }],
    [{ executors: [{ as: 'nameless' }] }],
    [{ executors: [{ executor: 'queue', thread: 2 }] }],
    [{ scenarios: [{ name: 'mine' }] }],
  ])('refuses %j, as the program does', config => {
    expect(validate(config)).toBe(false);
    expect(() => checkConfig(config, FILE)).toThrow(UsageError);
  });
});
