import type { ExecutorVariant, Params } from '../../schema/index.js';

/** Where the task is, as the program that it is pasted into imports it. */
export interface PastedTask {
  /** What the file is made of is TypeScript. */
  readonly isCompiled: boolean;
  /** From beside that program: `./render.js`. */
  readonly file: string;
  readonly exportName: string;
  /** What an item holds: the only argument, the default; a list of them; or either, as the item has it. */
  readonly items?: 'argument' | 'list' | 'either' | undefined;
  /** There is no such file yet. */
  readonly isToBeWritten?: boolean;
  /** The module that was written for `queue`; null: none. */
  readonly poolFile: string | null;
}

/** A workload that is no plain function: its task is to be made one, in a file of that name. */
export const UNKNOWN_TASK = { file: './task.js', exportName: 'task', isCompiled: false, isToBeWritten: true };

interface Recipe extends PastedTask {
  readonly threads: number;
  readonly inFlight: number;
  readonly perWorker: number;
  readonly options: Params;
}

/**
 * Lines of a program that run the tasks as it was recommended: they stand in a module beside the task's, where `items` are
 * the arguments. Empty for an executor of somebody's own.
 */
export function pasteLines(variant: ExecutorVariant, task: PastedTask): string[] {
  const { name, threads, inFlight, inFlightPerWorker: perWorker, options, uvThreads } = variant;
  const lines = RECIPES[name]?.({ ...task, threads, inFlight, perWorker, options }) ?? [];
  if (lines.length === 0) return [];
  const packages = [...new Set(lines.flatMap(line => / from '([a-z][a-z-]*)';$/.exec(line)?.[1] ?? []))];
  const remarks = [
    ...(packages.length === 0 ? [] : [`// npm install ${packages.join(' ')}`]),
    `// items: the arguments${task.items === 'list' ? ', a list for each task' : ''}. ${placeOf(task)}`,
  ];
  const pool = `// Its process needs UV_THREADPOOL_SIZE=${uvThreads} in the environment that it is started with.`;
  return [...remarks, ...(uvThreads === null ? [] : [pool]), ...lines];
}

function placeOf({ file, exportName, isCompiled, isToBeWritten = false }: PastedTask): string {
  if (isToBeWritten)
    return `Write what a task does as \`export async function ${exportName}(item)\` in ${file}, beside this.`;
  return `${file} ${isCompiled ? 'is what a build makes of its TypeScript' : 'lies beside this'}.`;
}

const url = (file: string) => `new URL('${file}', import.meta.url).href`;

type Named = Pick<PastedTask, 'file' | 'exportName'>;

/** What the lines themselves name, or what no variable can be named. */
const TAKEN = ['default', 'items', 'pool', 'results'];

function localName({ exportName }: Pick<PastedTask, 'exportName'>): string {
  return TAKEN.includes(exportName) ? 'task' : exportName;
}

function importOf({ file, exportName }: Named): string {
  if (exportName === 'default') return `import task from '${file}';`;
  const name = localName({ exportName });
  return `import { ${name === exportName ? name : `${exportName} as ${name}`} } from '${file}';`;
}

/** As an item is handed to a function of several arguments. */
function argumentsOf({ items = 'argument' }: Pick<PastedTask, 'items'>): string {
  return { argument: 'item', list: '...item', either: '...[item].flat()' }[items];
}

function callOf(recipe: Recipe): string {
  return `${localName(recipe)}(${argumentsOf(recipe)})`;
}

/** A pool hands one argument to a function: for more of them it takes a module in between. */
interface Target {
  readonly file: string;
  readonly name: string;
  readonly remarks: readonly string[];
}

function targetOf(recipe: Recipe): Target {
  const { file, exportName, items = 'argument' } = recipe;
  if (items === 'argument') return { file, name: exportName, remarks: [] };
  const remarks = [
    '// task-worker.js, beside this file:',
    `//   ${importOf(recipe)}`,
    `//   export const run = item => ${callOf(recipe)};`,
  ];
  return { file: './task-worker.js', name: 'run', remarks };
}

function sizes(key: 'Threads' | 'Workers', { threads }: Recipe): string[] {
  return [`  min${key}: ${threads},`, `  max${key}: ${threads},`];
}

/** Or its threads keep the process. */
const closing = (method: string) => `await pool.${method}(); // when no more will come`;

const tinypool = (recipe: Recipe, more: readonly string[], { file, name, remarks } = targetOf(recipe)) => [
  ...remarks,
  "import { Tinypool } from 'tinypool';",
  '',
  'const pool = new Tinypool({',
  ...more,
  `  filename: ${url(file)},`,
  ...sizes('Threads', recipe),
  `  concurrentTasksPerWorker: ${recipe.perWorker},`,
  '});',
  `const results = await Promise.all(items.map(item => pool.run(item, { name: '${name}' })));`,
  closing('destroy'),
];

/** By the name of the executor. */
/** Those of them that run tasks in threads or processes: what a tune may recommend beside the loop, `queue` with a module written for it. */
export const POOLS = ['piscina', 'tinypool', 'poolifier', 'workerpool', 'processes', 'queue'] as const;

const RECIPES: Readonly<Record<string, (recipe: Recipe) => string[]>> = {
  sequential: recipe => [
    importOf(recipe),
    '',
    'const results = [];',
    `for (const item of items) results.push(await ${callOf(recipe)});`,
  ],
  limited: recipe =>
    recipe.inFlight === 1
      ? RECIPES.sequential!(recipe)
      : [
          "import pMap from 'p-map';",
          importOf(recipe),
          '',
          `const results = await pMap(items, item => ${callOf(recipe)}, { concurrency: ${recipe.inFlight} });`,
        ],
  batched: recipe => [
    importOf(recipe),
    '',
    'const results = [];',
    `for (let at = 0; at < items.length; at += ${recipe.inFlight})`,
    `  results.push(...(await Promise.all(items.slice(at, at + ${recipe.inFlight}).map(item => ${callOf(recipe)}))));`,
  ],
  'promise-all': recipe => [
    importOf(recipe),
    '',
    `const results = await Promise.all(items.map(item => ${callOf(recipe)}));`,
  ],
  piscina: (recipe, { file, name, remarks } = targetOf(recipe)) => [
    ...remarks,
    "import { Piscina } from 'piscina';",
    '',
    'const pool = new Piscina({',
    `  filename: ${url(file)},`,
    ...sizes('Threads', recipe),
    `  concurrentTasksPerWorker: ${recipe.perWorker},`,
    `  atomics: '${String(recipe.options.atomics)}',`,
    `  stricterFIFO: ${String(recipe.options.stricterFIFO)},`,
    '  idleTimeout: Number.POSITIVE_INFINITY,',
    '});',
    `const results = await Promise.all(items.map(item => pool.run(item, { name: '${name}' })));`,
    closing('destroy'),
  ],
  tinypool: recipe => tinypool(recipe, []),
  processes: recipe => tinypool(recipe, ["  runtime: 'child_process',", "  serialization: 'advanced',"]),
  workerpool: recipe => [
    '// task-worker.js, beside this file:',
    "//   import workerpool from 'workerpool';",
    `//   ${importOf(recipe)}`,
    `//   workerpool.worker({ ${localName(recipe)} });`,
    "import workerpool from 'workerpool';",
    "import { fileURLToPath } from 'node:url';",
    '',
    `const pool = workerpool.pool(fileURLToPath(new URL('./task-worker.js', import.meta.url)), {`,
    "  workerType: 'thread',",
    ...sizes('Workers', recipe),
    '});',
    `const results = await Promise.all(items.map(item => pool.exec('${localName(recipe)}', [${argumentsOf(recipe)}])));`,
    closing('terminate'),
  ],
  poolifier: recipe => [
    '// task-worker.js, beside this file:',
    "//   import { ThreadWorker } from 'poolifier';",
    `//   ${importOf(recipe)}`,
    `//   export default new ThreadWorker(async item => ${callOf(recipe)});`,
    "import { FixedThreadPool } from 'poolifier';",
    "import { fileURLToPath } from 'node:url';",
    '',
    `const pool = new FixedThreadPool(${recipe.threads}, fileURLToPath(new URL('./task-worker.js', import.meta.url)), {`,
    '  enableTasksQueue: true,',
    '  tasksQueueOptions: {',
    `    concurrency: ${recipe.perWorker},`,
    '    taskStealing: false,',
    '    tasksStealingOnBackPressure: false,',
    '  },',
    '});',
    'const results = await Promise.all(items.map(item => pool.execute(item)));',
    // It may wait for a worker that has ended already.
    'pool.destroy().catch(() => {}); // when no more will come',
  ],
  queue: (recipe, { file, name, remarks } = targetOf(recipe)) => [
    ...remarks,
    `import { createPool } from '${recipe.poolFile ?? './pool.mjs'}';`,
    '',
    'const pool = await createPool({',
    `  filename: ${url(file)},`,
    `  name: '${name}',`,
    `  threads: ${recipe.threads},`,
    `  inFlightPerThread: ${recipe.perWorker},`,
    '});',
    'const results = await Promise.all(items.map(item => pool.run(item)));',
    closing('close'),
  ],
};
