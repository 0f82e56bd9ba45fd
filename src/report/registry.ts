import type { Reporter } from './reporter.js';

export interface RegisteredReporter {
  readonly name: string;
  /** Loads the module on demand: `--help` loads no schema. */
  load(): Promise<Reporter>;
}

type Loader = () => Promise<{ readonly default: Reporter }>;

/** A new reporter is a file and a line here. */
const loaders: Readonly<Record<string, Loader>> = {
  terminal: () => import('./terminal/terminal.js'),
  json: () => import('./json.js'),
  markdown: () => import('./markdown.js'),
};

export const reporterNames: readonly string[] = Object.keys(loaders);

export function findReporter(name: string): RegisteredReporter | undefined {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (load === undefined) return undefined;
  return { name, load: async () => (await load()).default };
}
