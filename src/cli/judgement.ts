import type { Judgement, Reporter } from '../report/reporter.js';
import type { CliDeps } from './deps.js';
import { gateCodeOf } from './exit-code.js';
import { findReporter } from './reporters.js';
import { appendTo } from './step-summary.js';
import { hasColour, type Output, widthOf } from './terminal.js';

/**
 * Says it below the report, in its form; where that form has no place for it (JSON has to stay JSON) on standard error. A
 * form with a place for it within has said it.
 *
 * @param reporter null: the report is several files
 * @returns the exit code
 */
export async function tellJudgement(
  reporter: Reporter | null,
  judgement: Judgement,
  deps: CliDeps,
): Promise<number> {
  const judgementPlace = reporter?.judgementPlace;
  // Said there already.
  if (judgementPlace === 'within') return gateCodeOf(judgement.gates);
  const hasPlace = reporter !== null && judgementPlace === 'after';
  // Beside no report it says all itself.
  const told = hasPlace ? judgement : { ...judgement, advised: undefined };
  const output = hasPlace ? deps.stdout : deps.stderr;
  const text = await judgementText(hasPlace ? reporter : findReporter('', 'terminal'), told, output, deps);
  // Between the report and it an empty line.
  const below = hasPlace && text !== '' ? `\n${text}` : text;
  output.write(below);
  if (hasPlace && below !== '') appendTo(reporter, below, deps);
  return gateCodeOf(judgement.gates);
}

/** For the file of another form; empty where it has no place for it. */
export async function judgementFileText(
  reporter: Reporter,
  judgement: Judgement,
  deps: CliDeps,
): Promise<string> {
  if (reporter.judgementPlace !== 'after') return '';
  const text = await judgementText(reporter, judgement, null, deps);
  return text === '' ? '' : `\n${text}`;
}

/** @param output a file's is null: it has no colours */
export async function judgementText(
  { loadJudgement }: Reporter,
  judgement: Judgement,
  output: Output | null,
  { env, stdout }: CliDeps,
): Promise<string> {
  const isEmpty = judgement.changes === null && judgement.gates.length === 0;
  const render = isEmpty ? undefined : await loadJudgement?.();
  if (render === undefined) return '';
  const colour = output !== null && hasColour(output, env);
  return render(judgement, { width: widthOf(output ?? stdout, env), colour });
}
