import type { Reporter } from './reporter.js';

/** A new reporter is a file and an entry here. */
export const reporters: readonly Reporter[] = [
  {
    name: 'terminal',
    extension: 'txt',
    summary: 'verdicts, tables and charts for people',
    load: async () => (await import('./terminal/terminal.js')).renderTerminal,
  },
  {
    name: 'json',
    extension: 'json',
    summary: 'the results file: everything that was measured',
    load: async () => {
      const { renderJson } = await import('./json.js');
      return report => renderJson(report);
    },
  },
  {
    name: 'markdown',
    extension: 'md',
    summary: 'tables for a README or an issue',
    load: async () => (await import('./markdown.js')).renderMarkdown,
  },
  {
    name: 'html',
    extension: 'html',
    summary: 'a page of one file with charts, for a browser',
    load: async () => (await import('./html/html.js')).renderHtml,
  },
];
