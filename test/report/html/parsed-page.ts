import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A page as a browser would read it, with what it would complain of. */
export function pageOf(html: string): Node & { readonly errors: readonly string[] } {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code }) => errors.push(code) });
  return Object.assign(document, { errors });
}

/** All elements of that name below it; `*`: all. */
export function all(node: Node, tagName: string): Element[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return children.flatMap(child => {
    const own =
      defaultTreeAdapter.isElementNode(child) && (tagName === '*' || child.tagName === tagName)
        ? [child]
        : [];
    return [...own, ...all(child, tagName)];
  });
}

export function attributesOf({ attrs }: Element): Readonly<Record<string, string>> {
  return Object.fromEntries(attrs.map(({ name, value }) => [name, value]));
}

export function textOf(node: Node): string {
  if (defaultTreeAdapter.isTextNode(node)) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

/** The style sheet and the script are the same in all pages. */
export function withoutCode(html: string): string {
  return html
    .replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1>…</$1>')
    .replaceAll(/sha256-[\w+/=]+/g, 'sha256-…');
}
