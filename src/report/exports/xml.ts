/** Not allowed in XML 1.0, and not among what `harmless` replaces. */
const NOT_XML = /[\uFFFE\uFFFF]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export function allowedInXml(text: string): string {
  return text.replace(NOT_XML, '\uFFFD');
}

export function xmlText(text: string): string {
  return allowedInXml(text).replace(/[&<>"']/g, character => ENTITIES[character]!);
}

/**
 * Lines of an element.
 *
 * @param attributes those that are null are left out
 * @param children lines
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | null>>,
  children: readonly string[] = [],
): string[] {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  const start = `${name}${given.join('')}`;
  if (children.length === 0) return [`<${start}/>`];
  return [`<${start}>`, ...children.map(line => `  ${line}`), `</${name}>`];
}
