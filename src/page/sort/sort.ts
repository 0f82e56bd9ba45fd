import { make } from '../dom.js';
import { type Direction, nextDirection, orderOf, saidAt } from './order.js';

/** Headings of tables with figures become buttons: up, down, and as it was. */
export function enhanceTables(page: Document): void {
  for (const table of page.querySelectorAll('table')) {
    const hasFigures = table.tHead?.querySelector('th.number') != null;
    if (hasFigures && (table.tBodies[0]?.rows.length ?? 0) > 1) new SortedTable(table);
  }
}

interface Heading {
  readonly cell: HTMLTableCellElement;
  readonly column: number;
  direction: Direction;
}

class SortedTable {
  readonly #body: HTMLTableSectionElement;
  /** As the page has them. */
  readonly #rows: readonly HTMLTableRowElement[];
  readonly #headings: readonly Heading[];
  /** Empty cells that mean what the one above says, and what that is. */
  readonly #repeated: readonly { readonly cell: HTMLElement; readonly said: HTMLElement }[];

  constructor(table: HTMLTableElement) {
    this.#body = table.tBodies[0]!;
    this.#rows = [...this.#body.rows];
    const cells = [...table.tHead!.rows[0]!.cells];
    this.#headings = cells.map((cell, column) => ({ cell, column, direction: 'none' }));
    this.#repeated = cells.flatMap((cell, column) =>
      cell.dataset.once === undefined ? [] : this.#repeatedIn(column),
    );
    for (const heading of this.#headings) this.#makeButton(heading);
  }

  #makeButton(heading: Heading): void {
    const { cell } = heading;
    // A column of remarks has a heading that nobody sees.
    if (cell.querySelector('.hidden') !== null) return;
    const button = make(cell.ownerDocument, 'button', { type: 'button', class: 'sort' }, ...cell.childNodes);
    button.addEventListener('click', () => this.#sortBy(heading));
    cell.append(button);
  }

  #repeatedIn(column: number): { cell: HTMLElement; said: HTMLElement }[] {
    return saidAt(this.#textsOf(column)).flatMap((said, at) =>
      said === at ? [] : [{ cell: this.#cellAt(at, column), said: this.#cellAt(said, column) }],
    );
  }

  #sortBy(heading: Heading): void {
    const direction = nextDirection(heading.direction);
    for (const other of this.#headings) this.#mark(other, other === heading ? direction : 'none');
    // Rows that were one group stand apart: each says whose it is.
    for (const { cell, said } of this.#repeated) {
      if (direction === 'none') cell.replaceChildren();
      else cell.replaceChildren(...[...said.childNodes].map(node => node.cloneNode(true)));
    }
    const order = orderOf(this.#textsOf(heading.column), direction);
    this.#body.append(...order.map(at => this.#rows[at]!));
  }

  #mark(heading: Heading, direction: Direction): void {
    heading.direction = direction;
    if (direction === 'none') heading.cell.removeAttribute('aria-sort');
    else heading.cell.setAttribute('aria-sort', direction);
  }

  #textsOf(column: number): string[] {
    return this.#rows.map((_, at) => this.#cellAt(at, column).textContent?.trim() ?? '');
  }

  #cellAt(row: number, column: number): HTMLTableCellElement {
    return this.#rows[row]!.cells[column]!;
  }
}
