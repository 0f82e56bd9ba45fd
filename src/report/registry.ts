import type { Render, Reporter } from './reporter.js';

type Load = () => Promise<{ readonly default: Render }>;

/** A new reporter is a file and a line here. */
export const reporters: readonly Reporter[] = [
  reporter(
    'terminal',
    'txt',
    'verdicts, tables and charts for people',
    () => import('./terminal/terminal.js'),
  ),
  reporter('json', 'json', 'the results file: everything that was measured', () => import('./json.js')),
  reporter('markdown', 'md', 'tables for a README or an issue', () => import('./markdown.js')),
];

function reporter(name: string, extension: string, summary: string, load: Load): Reporter {
  return { name, extension, summary, load: async () => (await load()).default };
}
