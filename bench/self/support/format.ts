import { exactNumber } from '../../../src/report/format.js';
import type { Bound, Finding, Unit } from './check.js';

const DIGITS: Readonly<Record<Unit, number>> = { '×': 2, ms: 2, µs: 3, MB: 0, B: 1, runs: 0 };

export function formatValue(value: number, unit: Unit): string {
  const digits = Math.abs(value) >= 10 ? Math.min(1, DIGITS[unit]) : DIGITS[unit];
  return unit === '×' ? `${value.toFixed(digits)} ×` : `${value.toFixed(digits)} ${unit}`;
}

export function formatBound(bound: Bound, unit: Unit): string {
  if (bound === null) return '';
  if ('within' in bound) return `within ${exactNumber(bound.within * 100)} %`;
  return 'atLeast' in bound ? `≥ ${bound.atLeast} ${unit}` : `≤ ${bound.atMost} ${unit}`;
}

/** `1.3 M/s`, `61 k/s`. */
export function formatRate(perSecond: number): string {
  return perSecond >= 1e6 ? `${(perSecond / 1e6).toFixed(2)} M/s` : `${(perSecond / 1e3).toFixed(0)} k/s`;
}

export function formatFinding(check: string, finding: Finding, verdict: string): string {
  const { measured, baseline, value, unit, bound, note } = finding;
  const against = baseline === '' ? '' : ` against ${baseline}`;
  const limit = bound === null ? '' : ` (${formatBound(bound, unit)}) ${verdict}`;
  return `${check}: ${measured}${against}: ${formatValue(value, unit)}${limit}${note === '' ? '' : ` · ${note}`}`;
}
