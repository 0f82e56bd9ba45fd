/** `{index}`, `{index%57}`, `{news|shop|mail}`; JSON's own braces are followed by a quote or closed at once. */
const PLACEHOLDER = /\{(index(?:%[1-9]\d{0,8})?|[^{}"|]+(?:\|[^{}"|]+)+)\}/;

type Part = (index: number) => string | number;

/**
 * A text in which `{index}` stands for the task's number, counted from 1 as resources are: task 0 asks for `/todos/1`.
 * `{index%57}` counts to 57 and begins again; `{news|shop|mail}` takes one of them in turn.
 *
 * Split once, so that filling it in is a concatenation.
 */
export function compileTemplate(template: string): (index: number) => string {
  const [first = '', placeholder, ...rest] = template.split(PLACEHOLDER);
  if (placeholder === undefined) return () => first;
  const part = partOf(placeholder);
  const [second] = rest;
  if (rest.length === 1) return index => first + part(index) + second;
  const others = compileTemplate(template.slice(first.length + placeholder.length + 2));
  return index => first + part(index) + others(index);
}

function partOf(placeholder: string): Part {
  if (placeholder === 'index') return index => index + 1;
  if (placeholder.startsWith('index%')) {
    const count = Number(placeholder.slice('index%'.length));
    return index => (index % count) + 1;
  }
  const words = placeholder.split('|');
  return index => words[index % words.length]!;
}

/** Whether the text is another for each task. */
export function hasIndex(template: string): boolean {
  return template.includes('{index}');
}
