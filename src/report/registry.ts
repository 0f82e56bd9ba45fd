import type { FolderForm } from './folder-form.js';
import type { Reporter } from './reporter.js';

/** A new reporter is a file and an entry here. */
export const reporters: readonly Reporter[] = [
  {
    name: 'terminal',
    extension: 'txt',
    summary: 'verdicts, tables and charts for people',
    load: async () => (await import('./terminal/terminal.js')).renderTerminal,
    loadJudgement: async () => (await import('./terminal/judgement.js')).renderTerminalJudgement,
    loadTrends: async () => (await import('./terminal/trends.js')).renderTerminalTrends,
    judgementPlace: 'after',
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
    summary: 'tables for a README, an issue or a pull request',
    appendedTo: 'GITHUB_STEP_SUMMARY',
    load: async () => (await import('./markdown.js')).renderMarkdown,
    loadJudgement: async () => (await import('./markdown-judgement.js')).renderMarkdownJudgement,
    loadTrends: async () => (await import('./markdown-trends.js')).renderMarkdownTrends,
    judgementPlace: 'after',
  },
  {
    name: 'html',
    extension: 'html',
    summary: 'a page of one file with charts, for a browser',
    load: async () => (await import('./html/html.js')).renderHtml,
    loadComparison: async () => (await import('./html/comparison.js')).renderHtmlComparison,
    loadTrends: async () => (await import('./html/trends.js')).renderHtmlTrends,
    judgementPlace: 'within',
  },
  {
    name: 'csv',
    extension: 'csv',
    summary: 'a row for each trial, for a spreadsheet or a notebook',
    load: async () => (await import('./exports/csv.js')).renderCsv,
  },
  {
    name: 'ndjson',
    extension: 'ndjson',
    summary: 'a line for each task of the trials that were recorded',
    load: async () => (await import('./exports/ndjson.js')).renderNdjson,
  },
  {
    name: 'trace',
    extension: 'trace.json.gz',
    summary: 'the same tasks as trace events, for ui.perfetto.dev',
    isBinary: true,
    load: async () => (await import('./exports/trace.js')).renderTrace,
  },
  {
    name: 'hgrm',
    extension: 'hgrm',
    summary: 'percentiles of each executor as HdrHistogram text',
    load: async () => (await import('./exports/hgrm.js')).renderHgrm,
  },
  {
    name: 'junit',
    extension: 'junit.xml',
    summary: 'a test case for each objective, comparison and gate, for CI',
    load: async () => (await import('./exports/junit.js')).renderJunit,
    loadComparison: async () => (await import('./exports/junit-comparison.js')).renderJunitComparison,
    judgementPlace: 'within',
  },
  {
    name: 'openmetrics',
    extension: 'prom',
    summary: 'gauges for a dashboard',
    load: async () => (await import('./exports/openmetrics.js')).renderOpenMetrics,
  },
];

/** What is no text for standard output: `report FILE --format NAME --out DIR`. */
export const folderForms: readonly FolderForm[] = [
  {
    name: 'svg',
    summary: 'each chart as a file, for light and dark pages, in --out DIR',
    load: async () => (await import('./svg/charts.js')).renderCharts,
  },
];

/** Whether it has a form for what changed between saved runs. */
export function canCompare({ loadJudgement, loadComparison }: Reporter): boolean {
  return loadJudgement !== undefined || loadComparison !== undefined;
}
