import { cellValue } from './cell-value.js';

export type Direction = 'ascending' | 'descending' | 'none';

/** Third press: as it was. */
export function nextDirection(direction: Direction): Direction {
  if (direction === 'none') return 'ascending';
  return direction === 'ascending' ? 'descending' : 'none';
}

const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * Places of the cells of a column in order. Cells that say nothing come last either way; what is alike stays in the order
 * of the page.
 */
export function orderOf(cells: readonly string[], direction: Direction): number[] {
  const places = cells.map((_, at) => at);
  if (direction === 'none') return places;
  const sign = direction === 'ascending' ? 1 : -1;
  if (!isNumeric(cells)) {
    return places.sort(
      (a, b) => last(cells[a] === '', cells[b] === '') || sign * words.compare(cells[a]!, cells[b]!),
    );
  }
  const values = cells.map(cellValue);
  return places.sort(
    (a, b) => last(values[a] === null, values[b] === null) || sign * ((values[a] ?? 0) - (values[b] ?? 0)),
  );
}

/** Most of what is said in it are figures. */
function isNumeric(cells: readonly string[]): boolean {
  const said = cells.filter(text => !/^(?:–|[A-Z]*)$/.test(text));
  return said.filter(text => cellValue(text) !== null).length * 2 > said.length;
}

function last(isFirstMissing: boolean, isSecondMissing: boolean): number {
  return Number(isFirstMissing) - Number(isSecondMissing);
}

/** What each cell means where an empty one repeats the one above it: the place of the cell that says it. */
export function saidAt(cells: readonly string[]): number[] {
  let said = 0;
  return cells.map((text, at) => {
    if (text !== '') said = at;
    return said;
  });
}
