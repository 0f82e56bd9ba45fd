/** Functions of a program, as they are: `npm run bench -- ./examples/word-count.mjs#countWords --args examples/texts.ndjson`. */

/** How often each word is in a text, the most frequent first. */
export function countWords(text) {
  const counts = new Map();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** The same where words are parted by spaces alone: how much faster, and do the texts at hand have such words only? `--versus` tells. */
export function countAtSpaces(text) {
  const counts = new Map();
  for (const word of text.toLowerCase().split(' '))
    if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** By itself, this is the task of `npm run bench -- ./examples/word-count.mjs`. */
export async function task(index) {
  return countWords(`this is text ${index} `.repeat(2_000)).length;
}
