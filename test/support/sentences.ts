import { sentenceOf } from '../../src/report/words/findings.js';
import type { Finding } from '../../src/schema/index.js';

interface WithFindings {
  readonly findings: readonly Finding[];
}

/** What findings say, as reports say it: of those that make figures INVALID or WEAK. */
export function reasonsOf(found: WithFindings | undefined): string[] {
  return (found?.findings ?? []).filter(({ severity }) => severity !== 'note').map(sentenceOf);
}

/** Of those that take nothing from the figures. */
export function notesOf({ findings }: WithFindings): string[] {
  return findings.filter(({ severity }) => severity === 'note').map(sentenceOf);
}

/** Codes of the same. */
export function noteCodesOf({ findings }: WithFindings): string[] {
  return findings.filter(({ severity }) => severity === 'note').map(({ code }) => code);
}
