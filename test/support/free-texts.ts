import { z } from 'zod';

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly [key: string]: unknown;
}

/** Values of losses that are names, and what other programs said word for word. */
export const LOSS_TEXTS = [
  ...['answer', 'by', 'command', 'errorCode', 'executor', 'host', 'path', 'policy', 'signal', 'workload'],
  ...['message', 'output', 'quote'],
];
/** The same of causes of failed tasks. */
export const FAILURE_TEXTS = [
  ...['before', 'errorCode', 'host', 'now', 'path'],
  ...['location', 'message', 'quote'],
];

/** Words that no sentence does without. */
const ENGLISH = /\b(?:an?|the|its?|is|are|was|were|be|been|of|to|by|than|not|no|cannot|did|that|at)\b/i;

/** Texts within data that are English. */
export function englishIn(data: unknown): string[] {
  if (typeof data === 'string') return ENGLISH.test(data) ? [data] : [];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(englishIn) : [];
}

/** Names of the properties that may hold any text, sorted: by the property that is nearest above. */
export function freeTexts(schema: z.ZodType): string[] {
  return [...new Set(textsIn(z.toJSONSchema(schema) as JsonSchema, ''))].sort();
}

function textsIn(schema: JsonSchema, name: string): string[] {
  if ([schema.type].flat().includes('string'))
    return schema.enum === undefined && schema.const === undefined ? [name] : [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (typeof value !== 'object' || value === null) return [];
    if (key === 'properties')
      return Object.entries(value).flatMap(([property, inner]) => textsIn(inner as JsonSchema, property));
    return key === 'propertyNames' ? [] : textsIn(value as JsonSchema, name);
  });
}
