/** An element with its attributes; what stands in it is text or elements, never markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  page: Document,
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = page.createElement(name);
  setAll(made, attributes);
  made.append(...content);
  return made;
}

/** The same of a picture. */
export function draw<Name extends keyof SVGElementTagNameMap>(
  page: Document,
  name: Name,
  attributes: Readonly<Record<string, string | number>> = {},
): SVGElementTagNameMap[Name] {
  const made = page.createElementNS('http://www.w3.org/2000/svg', name);
  setAll(made, attributes);
  return made;
}

export function setAll(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
}
