import { groupBy } from '../../group-by.js';
import type { Finding, FindingCode, FindingOf, Severity } from '../../schema/index.js';

/** What a rule finds of one executor. */
export interface Found {
  readonly finding: Finding;
  /** How bad it is, to compare with others of the same code. */
  readonly size: number;
  /** Those of one code that differ in this are not one. */
  readonly apart?: string | number | null;
}

/** @param id of the executor @param apart see `Found` */
export function found<Code extends FindingCode>(
  code: Code,
  severity: Severity,
  id: string,
  values: FindingOf<Code>['values'],
  size: number,
  apart: string | number | null = null,
): Found {
  return { finding: { code, severity, subjects: [id], values } as unknown as Finding, size, apart };
}

/** What several executors share is one finding: of all of them, with the values of the worst. */
export function together(found: readonly Found[]): Finding[] {
  const alike = groupBy(found, ({ finding, apart }) => `${finding.code} ${apart ?? ''}`);
  return [...alike.values()].map(all => {
    const worst = all.reduce((a, b) => (b.size > a.size ? b : a));
    const subjects = [...new Set(all.flatMap(({ finding }) => finding.subjects))];
    return { ...worst.finding, subjects };
  });
}
