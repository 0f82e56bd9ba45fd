const PLACEHOLDER = '{index}';

/**
 * A text in which `{index}` stands for the task's number, counted from 1 as resources are: task 0 asks for `/todos/1`.
 *
 * Split once, so that filling it in is a concatenation.
 */
export function compileTemplate(template: string): (index: number) => string {
  const [first = '', second, ...rest] = template.split(PLACEHOLDER);
  if (second === undefined) return () => first;
  if (rest.length === 0) return index => first + (index + 1) + second;
  return index => template.replaceAll(PLACEHOLDER, String(index + 1));
}

/** Whether the text is another for each task. */
export function hasIndex(template: string): boolean {
  return template.includes(PLACEHOLDER);
}
