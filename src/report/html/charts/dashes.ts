const DASHES = ['6 3', '2 3', '8 3 2 3', '1 4'];

/** Lines of one executor have its colour and symbol all alike: what tells them apart are their dashes. Null: none. */
export function dashesOf(lines: readonly { readonly executor?: string | undefined }[]): (string | null)[] {
  return lines.map(({ executor }, at) => {
    const before = lines.slice(0, at).filter(other => other.executor === executor).length;
    return before === 0 ? null : DASHES[(before - 1) % DASHES.length]!;
  });
}
