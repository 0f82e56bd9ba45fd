import { z } from 'zod';
import { withoutMark } from '../byte-order-mark.js';
import { messageOf, UsageError } from '../errors.js';
import { isPlainObject } from '../plain-object.js';
import { type Report, SCHEMA_VERSION } from '../schema/index.js';
import { reportSchema } from '../schema/report.js';
import { placesHere, portable } from './portable.js';
import { harmless, truncate } from './text.js';
import { alternativeVerdicts } from './words/alternative-verdicts.js';
import { conclude } from './words/conclusion.js';
import { why } from './words/why.js';

const MOST_PROBLEMS = 3;
const LONGEST_EXCERPT = 60;

/** The results file: what was measured, and what is said of it. */
export function renderJson(report: Report, places = placesHere()): string {
  const scenarios = report.scenarios.map(result => {
    const conclusion = conclude(result);
    const verdicts = alternativeVerdicts(result);
    const alternatives = result.alternatives.map((one, at) => ({ ...one, headline: verdicts[at] }));
    return { ...result, alternatives, headline: conclusion.headline, why: why(result, conclusion) };
  });
  return `${JSON.stringify({ ...report, scenarios }, portable(places), 1)}\n`;
}

/**
 * Reads a results file.
 *
 * @param file what to call it in messages
 * @throws UsageError for text that is no JSON, is of another version, or is no results file
 */
export function parseReport(text: string, file: string): Report {
  const data = parseJson(text, file);
  checkVersion(data, file);
  const parsed = reportSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, MOST_PROBLEMS);
  const rest = parsed.error.issues.length - issues.length;
  const problems = z
    .prettifyError({ issues })
    .replace(/\s*→ at /g, ' at ')
    .replaceAll('\n', ';')
    .replaceAll('✖ ', ' ');
  const more = rest > 0 ? ` (and ${rest} more problems)` : '';
  const got = `${harmless(problems.trim())}${more}`;
  throw new UsageError(file, 'a results file', got, 'Give one that threads-vs-loop wrote, unchanged.');
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(withoutMark(text));
  } catch (error) {
    const reason = truncate(harmless(messageOf(error)), LONGEST_EXCERPT);
    const got = text.trim() === '' ? 'an empty file' : `text that is none (${reason})`;
    throw new UsageError(file, 'JSON', got, 'Give a results file such as results/latest.json.');
  }
}

/** Before the schema: a file of another version fails it in ways that tell the reader nothing. */
function checkVersion(data: unknown, file: string): void {
  const version = isPlainObject(data) ? data.schemaVersion : undefined;
  if (version === SCHEMA_VERSION) return;
  const expected = `a results file of schemaVersion ${SCHEMA_VERSION}`;
  if (typeof version !== 'number') {
    const got = isPlainObject(data) ? 'JSON without a schemaVersion' : `JSON that is ${typeName(data)}`;
    throw new UsageError(file, expected, got, 'Give a file that threads-vs-loop wrote with --json or --out.');
  }
  const remedy =
    version > SCHEMA_VERSION
      ? 'Update threads-vs-loop to read it.'
      : 'Measure again, or read it with the version that wrote it.';
  throw new UsageError(file, expected, `schemaVersion ${version}`, remedy);
}

function typeName(data: unknown): string {
  if (data === null) return 'null';
  return Array.isArray(data) ? 'a list' : `a ${typeof data}`;
}
