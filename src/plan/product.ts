import type { AxisPoint, ParamSpecs, Params, ParamValue } from '../schema/index.js';

/** One thing that may vary, with its values in the order asked for. */
export interface Dimension {
  /** As in an axis: `threads`, `param.cpuMs`. */
  readonly name: string;
  /** As in an id: `threads`, `cpuMs`; empty: its values stand there alone. */
  readonly label: string;
  readonly values: readonly ParamValue[];
}

export type Choice = ReadonlyMap<string, ParamValue>;

/** Every combination of values, the first dimension changing slowest. */
export function combinations(dimensions: readonly Dimension[]): Choice[] {
  return dimensions.reduce<Choice[]>(
    (choices, { name, values }) =>
      choices.flatMap(choice => values.map(value => new Map([...choice, [name, value]]))),
    [new Map()],
  );
}

/** The parameters or options that a combination of dimensions has. */
export function chosen(specs: ParamSpecs, kind: 'param' | 'option', choice: Choice): Params {
  return Object.fromEntries(Object.keys(specs).map(key => [key, choice.get(`${kind}.${key}`)!]));
}

export function varying(dimensions: readonly Dimension[]): Dimension[] {
  return dimensions.filter(({ values }) => values.length > 1);
}

/**
 * `queue threads=2`: the name and what tells this variant from its siblings; the plain name without siblings.
 *
 * @param without a dimension that is left out
 */
export function variantId(
  name: string,
  dimensions: readonly Dimension[],
  choice: Choice,
  without: string | null = null,
): string {
  const parts = varying(dimensions)
    .filter(({ name: key }) => key !== without)
    .map(dimension => partOf(dimension, choice));
  return [name, ...parts].join(' ');
}

/** `threads=2`: a place along a dimension, as ids have it. */
export function partOf({ name, label }: Dimension, choice: Choice): string {
  const text = textOf(choice.get(name)!);
  return label === '' ? text : `${label}=${text}`;
}

/** @param axis name of the dimension that is the axis; null or one this variant lacks: it has no place on it */
export function axisPoint(axis: string | null, choice: Choice): AxisPoint | null {
  const value = axis === null ? undefined : choice.get(axis);
  return axis === null || value === undefined ? null : { name: axis, value };
}

function textOf(value: ParamValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
