import { isBuiltin } from 'node:module';
import { UsageError } from '../errors.js';
import { choice, wholeNumber } from './params.js';
import { defineWorkload } from './workload.js';

/** What is used of node:sqlite; the types of the oldest Node that this runs on have none. */
interface Statement {
  get(...values: (number | string)[]): unknown;
  run(...values: (number | string)[]): { readonly changes: number | bigint };
}
interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}
interface SqliteModule {
  readonly DatabaseSync: new (path: string) => Database;
}

const QUERIES = {
  sum: 'SELECT sum(amount) AS found FROM orders WHERE customer = ?',
  lookup: 'SELECT amount AS found FROM orders WHERE id = ?',
  insert: 'INSERT INTO visits (customer) VALUES (?)',
} as const;

const CUSTOMERS = 100;

interface Opened {
  readonly database: Database;
  readonly statement: Statement;
  readonly query: keyof typeof QUERIES;
  readonly rows: number;
}

async function open({ rows, query }: { rows: number; query: keyof typeof QUERIES }): Promise<Opened> {
  const name = 'node:sqlite';
  const { DatabaseSync } = (await import(name)) as SqliteModule;
  const database = new DatabaseSync(':memory:');
  database.exec(`
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER, amount INTEGER);
    CREATE TABLE visits (id INTEGER PRIMARY KEY, customer INTEGER);
    WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${rows})
      INSERT INTO orders SELECT n, n % ${CUSTOMERS}, (n * 7919) % 1000 FROM counter;
  `);
  return { database, statement: database.prepare(QUERIES[query]), query, rows };
}

/** @returns the sum or the amount found, and of an insertion how many rows it made */
function ask({ statement, query, rows }: Opened, index: number): { index: number; found: number } {
  if (query === 'insert') return { index, found: Number(statement.run(index % CUSTOMERS).changes) };
  const key = query === 'sum' ? index % CUSTOMERS : (index % rows) + 1;
  return { index, found: Number((statement.get(key) as { found: number | null }).found ?? 0) };
}

export default defineWorkload({
  name: 'sqlite',
  summary: "a query of Node's own SQLite, in memory, which blocks its thread (Node 22.13 or later)",
  kind: 'blocking',
  params: {
    rows: wholeNumber(10_000, [1, 1_000_000], 'rows of the table, in a database of each worker'),
    query: choice(
      ['sum', 'lookup', 'insert'],
      'sum goes through the whole table, lookup takes one row by its key, insert adds one',
    ),
  },
  defaults: { tasks: 200 },
  check() {
    if (isBuiltin('node:sqlite')) return;
    throw new UsageError(
      'workload sqlite',
      'a Node with node:sqlite (22.13 or later)',
      `Node ${process.versions.node}`,
      'Run it with a newer Node.',
    );
  },
  open,
  task: async (opened, index) => ask(opened, index),
  taskSync: ask,
  close: async ({ database }) => database.close(),
});
