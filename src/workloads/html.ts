import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** Parses a page as a browser does (WHATWG), and counts the elements in its tree and the characters of its text. */
export function countHtml(text: string) {
  const counts = { elements: 0, characters: 0 };
  const waiting: DefaultTreeAdapterTypes.Node[] = [parse(text)];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('tagName' in node) counts.elements++;
    else if (node.nodeName === '#text')
      counts.characters += (node as DefaultTreeAdapterTypes.TextNode).value.length;
    // One by one: a large page has more siblings than a call takes arguments.
    if ('childNodes' in node) for (const child of node.childNodes) waiting.push(child);
  }
  return counts;
}
