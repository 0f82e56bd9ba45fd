import { resultsJsonSchema } from '../../src/schema/report.js';

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

const whole = resultsJsonSchema() as JsonSchema;

/** What the results file's schema has at a path, `[]` being an item of a list; undefined: nothing. */
export function reportJsonSchema(
  path: readonly string[],
  from: JsonSchema | undefined = whole,
): JsonSchema | undefined {
  if (from === undefined) return undefined;
  if (from.$ref !== undefined) return reportJsonSchema(path, whole.$defs?.[from.$ref.split('/').at(-1)!]);
  const [first, ...rest] = path;
  if (first === undefined) return from;
  if (from.anyOf !== undefined)
    return from.anyOf.map(one => reportJsonSchema(path, one)).find(found => found !== undefined);
  return reportJsonSchema(rest, first === '[]' ? from.items : from.properties?.[first]);
}
