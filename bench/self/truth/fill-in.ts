import { fillIn } from '../../support/fill-in.js';
import type { TruthRecord } from './record.js';
import { renderTruth } from './table.js';

/**
 * The page with what was measured between its markers; all else stays as it is.
 *
 * @throws Error for a page without them
 */
export function fillInTruth(page: string, record: TruthRecord): string {
  return fillIn('docs/methodology.md', page, 'truth', renderTruth(record));
}
