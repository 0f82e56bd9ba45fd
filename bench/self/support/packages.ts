import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { defineWorkload } from '../../../src/workloads/workload.js';

/** Work of packages that nobody here wrote: what rules of validity are calibrated with. */
const require = createRequire(import.meta.url);
const README = readFileSync(
  require.resolve('marked/package.json').replace('package.json', 'README.md'),
  'utf8',
);
const SOURCE = readFileSync(require.resolve('ejs'), 'utf8');

type Task = (index: number) => unknown;

/** Each loads its package in the worker and gives a task of some ms at most. */
const LOADERS: Readonly<Record<string, () => Promise<Task>>> = {
  async marked() {
    const { marked } = await import('marked');
    return () => String(marked.parse(README)).length;
  },
  async acorn() {
    const { parse } = await import('acorn');
    return () => parse(SOURCE, { ecmaVersion: 'latest', sourceType: 'script' }).end;
  },
  async ejs() {
    const ejs = require('ejs') as { compile(text: string): (data: object) => string };
    const template = ejs.compile(
      '<% for (const row of rows) { %><li><%= row.name %>: <%= row.size %></li><% } %>',
    );
    const rows = Array.from({ length: 500 }, (_, size) => ({ name: `row <${size}>`, size }));
    return () => template({ rows }).length;
  },
  async ajv() {
    const { Ajv } = await import('ajv');
    const item = {
      type: 'object',
      properties: { id: { type: 'integer' }, name: { type: 'string' } },
      required: ['id'],
    };
    const validate = new Ajv().compile({ type: 'array', items: item });
    const rows = Array.from({ length: 2_000 }, (_, id) => ({ id, name: `name ${id}` }));
    return () => validate(rows);
  },
  async zod() {
    const { z } = await import('zod');
    const schema = z.array(z.object({ id: z.number().int(), name: z.string() }));
    const rows = Array.from({ length: 1_000 }, (_, id) => ({ id, name: `name ${id}` }));
    return () => schema.parse(rows).length;
  },
  async parse5() {
    const { parse } = await import('parse5');
    const page = `<ul>${Array.from({ length: 200 }, (_, row) => `<li id=${row}>row <b>${row}</b>`).join('')}</ul>`;
    return () => parse(page).childNodes.length;
  },
  async argon2() {
    const { hashRawSync } = await import('@node-rs/argon2');
    const salt = Buffer.alloc(16, 1);
    return index => hashRawSync(`password ${index}`, { salt, memoryCost: 1_024, timeCost: 2 }).length;
  },
  async esbuild() {
    const { transformSync } = await import('esbuild');
    return () => transformSync(SOURCE, { minify: true }).code.length;
  },
  async levenshtein() {
    const { distance } = await import('fastest-levenshtein');
    return index => distance(README.slice(0, 1_500), README.slice(index % 100, 1_600));
  },
  async width() {
    const { default: stringWidth } = await import('fast-string-width');
    return () => README.split('\n').reduce((sum, line) => sum + stringWidth(line), 0);
  },
};

export const packageNames = Object.keys(LOADERS);

export default defineWorkload({
  name: 'package',
  summary: 'a task of a package from the registry',
  kind: 'cpu',
  params: {
    name: { kind: 'choice', default: packageNames[0]!, choices: packageNames, summary: 'which package' },
  },
  defaults: { tasks: 100, executors: ['limited', 'queue'] },
  open: ({ name }) => LOADERS[name]!(),
  task: async (task, index) => task(index),
});
