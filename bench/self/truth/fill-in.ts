import type { TruthRecord } from './record.js';
import { renderTruth } from './table.js';

const BLOCK = /(<!-- truth -->\n)[\s\S]*?(<!-- end -->)/;

/**
 * The page with what was measured between its markers; all else stays as it is.
 *
 * @throws Error for a page without them
 */
export function fillInTruth(page: string, record: TruthRecord): string {
  if (!BLOCK.test(page)) throw new Error('docs/methodology.md has no <!-- truth --> … <!-- end -->');
  return page.replace(
    BLOCK,
    (_block, begin: string, end: string) => `${begin}\n${renderTruth(record)}\n\n${end}`,
  );
}
