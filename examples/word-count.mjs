/** Functions of a program, as they are: `npm run bench -- ./examples/word-count.mjs#countWords --args examples/texts.ndjson`. */

/** How often each word is in a text, the most frequent first. */
export function countWords(text) {
  const counts = new Map();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** Another way to the same: `--versus ./examples/word-count.mjs#countWords` says which is faster, and that both give the same. */
export function countWordsBySplit(text) {
  const counts = {};
  for (const word of text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    if (word !== '') counts[word] = (counts[word] ?? 0) + 1;
  return Object.entries(counts).sort(([, a], [, b]) => b - a);
}

/** By itself, this is the task of `npm run bench -- ./examples/word-count.mjs`. */
export async function task(index) {
  return countWords(`this is text ${index} `.repeat(2_000)).length;
}
