/**
 * A page with new text between `<!-- name -->` and the next `<!-- end -->`; all else stays as it is.
 *
 * @param page what it is called, for messages
 * @throws Error for a page without these markers
 */
export function fillIn(page: string, text: string, name: string, content: string): string {
  const block = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`);
  if (!block.test(text)) throw new Error(`${page} has no <!-- ${name} --> … <!-- end -->`);
  return text.replace(block, (_block, begin: string, end: string) => `${begin}\n${content}\n\n${end}`);
}
