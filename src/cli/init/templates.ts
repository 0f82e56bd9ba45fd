/** A file that `init` writes, by its path from the project's folder. */
export interface Template {
  readonly path: string;
  readonly text: string;
}

/** What the scenario is called, and what its file. */
export const TASK = 'my-task';

/** The workload, then the config. */
export function templatesFor(typescript: boolean): readonly [workload: Template, config: Template] {
  const extension = typescript ? 'ts' : 'mjs';
  const workload = `bench/${TASK}.${extension}`;
  return [
    { path: workload, text: workloadText(typescript) },
    { path: `threads-vs-loop.config.${extension}`, text: configText(workload) },
  ];
}

function workloadText(typescript: boolean): string {
  const index = typescript ? 'index: number' : 'index';
  const context = typescript ? '{ document }: Awaited<ReturnType<typeof open>>' : '{ document }';
  const result = typescript ? ': Promise<string>' : '';
  return `/**
 * What threads-vs-loop measures: put your own code into \`task\`. Imports, packages and relative ones, work as in the
 * rest of the project.
 */
import { createHash } from 'node:crypto';

/** Once per worker: what its tasks share, such as a template, a client or a cache. Leave it out if there is nothing. */
export async function open() {
  return { document: 'Worker threads or the event loop? '.repeat(2_000) };
}

/**
 * Once per task, with its index from 0. What it returns must depend on the index alone: every executor has to come to the
 * same results, which is checked. What it throws is counted as a failed task.
 */
export async function task(${index}, ${context})${result} {
  let digest = String(index);
  for (let pass = 0; pass < 20; pass++) digest = createHash('sha256').update(digest).update(document).digest('hex');
  return digest;
}
`;
}

function configText(workload: string): string {
  return `/**
 * What \`threads-vs-loop run\` runs here. A flag beats what is said below, and \`threads-vs-loop run --print-plan\` shows every
 * setting in force and where it comes from.
 */
import { defineConfig } from 'threads-vs-loop';

export default defineConfig({
  scenarios: [
    {
      name: '${TASK}',
      summary: 'what is to be decided here',
      // Paths start from the folder of this file. FILE#name takes any exported function as the task.
      workload: './${workload}',
      // In a trial: so many that the slowest executor takes 50 ms or more.
      tasks: 48,
      // How many threads? \`threads-vs-loop tune ${TASK}\` finds it; a list of values is measured side by side.
      // threads: [1, 2, 4],
    },
  ],
  // One event loop, and worker threads; \`threads-vs-loop list executors\` shows the others.
  executors: ['limited', 'queue'],
  // Of scenarios that do not say it themselves.
  defaults: {
    baseline: 'limited',
    // Left out it takes 20 s, and up to 60 s where code takes that long to become fast.
    // budgetMs: 20_000,
  },
});
`;
}
