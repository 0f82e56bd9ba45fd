const BYTE_ORDER_MARK = '\uFEFF';

/** The text of a JSON file: editors and shells of Windows begin one with a mark, which JSON has no place for. */
export function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
}
