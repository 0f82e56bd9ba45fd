/** Markup in which all foreign text is escaped: only `element` makes it. */
export interface Markup {
  readonly markup: string;
}

/** Strings are text, never markup. Null is nothing. */
export type Content = Markup | string | null | readonly Content[];

/** All attributes that there are: no style, no handler, no address of anything outside of the page. */
type AttributeName =
  | `aria-${'hidden' | 'label' | 'labelledby'}`
  | `font-${'family' | 'size' | 'weight'}`
  | `data-${'at' | 'label' | 'once' | 'plot' | 'series' | 'x' | 'y'}`
  | `stroke${'' | '-dasharray' | '-linecap' | '-linejoin' | '-opacity' | '-width'}`
  | 'charset'
  | 'class'
  | 'color'
  | 'content'
  | 'cx'
  | 'cy'
  | 'd'
  | 'dir'
  | 'fill'
  | 'fill-opacity'
  | 'height'
  | 'http-equiv'
  | 'id'
  | 'lang'
  | 'name'
  | 'open'
  | 'overflow'
  | `pattern${'Transform' | 'Units'}`
  | 'preserveAspectRatio'
  | 'r'
  | 'role'
  | 'rx'
  | 'scope'
  | 'tabindex'
  | 'text-anchor'
  | 'title'
  | 'transform'
  | 'vector-effect'
  | 'viewBox'
  | 'width'
  | `${'x' | 'y'}${'' | '1' | '2'}`;

/** A null is left out. Numbers are rounded to what can be seen. */
type Attributes = Readonly<Partial<Record<AttributeName, string | number | null>>> & {
  /** A place in this page. */
  readonly href?: `#${string}`;
};

const VOID = new Set(['meta']);
/** Shapes of a chart. */
const EMPTY = new Set(['circle', 'line', 'path', 'rect']);
/** What follows them begins a line of the source, for those who read or compare it. */
const INLINE = new Set(['a', 'abbr', 'bdi', 'b', 'code', 'span', 'strong', 'text', 'tspan', 'title', 'desc']);

export function element(name: string, attributes: Attributes, ...content: readonly Content[]): Markup {
  const pairs = Object.entries(attributes).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [` ${key}="${escaped(textOf(value))}"`],
  );
  const end = INLINE.has(name) ? '' : '\n';
  const start = `<${name}${pairs.join('')}`;
  if (VOID.has(name)) return { markup: `${start}>${end}` };
  if (EMPTY.has(name)) return { markup: `${start}/>${end}` };
  return { markup: `${start}>${markupOf(content)}</${name}>${end}` };
}

function markupOf(content: Content): string {
  if (content === null) return '';
  if (typeof content === 'string') return escaped(content);
  return 'markup' in content ? content.markup : content.map(markupOf).join('');
}

/** A tenth of a pixel is enough. */
function textOf(value: string | number): string {
  return typeof value === 'string' ? value : String(Math.round(value * 10) / 10);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Attributes stand in double quotes, all of them. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => ENTITIES[character]!);
}

/** Words in backticks are code. */
export function withCode(text: string): Content[] {
  return text.split('`').map((part, at) => (at % 2 === 0 ? part : element('code', {}, part)));
}
