import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { explanationsOf } from '../../../src/report/words/explanations.js';
import { findingSchema } from '../../../src/schema/finding.js';
import type { FindingCode } from '../../../src/schema/index.js';

const codes = findingSchema.options.map(({ shape }): FindingCode => shape.code.value);

it('are those of docs/findings.md, word for word', () => {
  const page = readFileSync(new URL('../../../docs/findings.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` *\|.*?\|(.*)\|(.*)\|$/gm)].map(([, code, ...cells]) => {
    const [means, remedy] = cells.map(cell => cell.trim());
    return { code, means, remedy };
  });
  expect(explanationsOf(new Set(codes))).toEqual(rows);
});

it('are given for what is asked for alone', () => {
  expect(explanationsOf(new Set(['drift'])).map(({ code }) => code)).toEqual(['drift']);
});
