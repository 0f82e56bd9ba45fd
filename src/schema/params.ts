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

type SpecOf<Kind, Value, More = unknown> = {
  readonly kind: Kind;
  readonly default: Value;
  readonly summary: string;
} & More;

/** A parameter of a workload or an option of an executor, as plain data: validated in the CLI, listed by `list`. */
export type ParamSpec =
  | SpecOf<
      'number',
      number,
      {
        readonly min: number;
        readonly max: number;
        readonly integer?: boolean;
        /** A time: flags have it with its unit, `1ms`. */
        readonly unit?: 'ms';
      }
    >
  | SpecOf<'choice', string, { readonly choices: readonly string[] }>
  | SpecOf<'boolean', boolean>
  | SpecOf<'text', string>
  /** An object of strings, given as JSON: `--param headers='{"accept":"text/html"}'`. */
  | SpecOf<'record', { readonly [key: string]: string }>;

export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
