import { z } from 'zod';
import type { Immutable } from './parts.js';

export const paramValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.record(z.string(), z.string()),
]);
export type ParamValue = Immutable<z.infer<typeof paramValueSchema>>;

export const paramsSchema = z.record(z.string(), paramValueSchema);
export type Params = Immutable<z.infer<typeof paramsSchema>>;

/** A variant's place along an axis: `{name: 'threads', value: 2}`, `{name: 'param.cpuMs', value: 5}`. */
export const axisPointSchema = z.object({ name: z.string(), value: paramValueSchema });
export type AxisPoint = Immutable<z.infer<typeof axisPointSchema>>;
