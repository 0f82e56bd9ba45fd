import { z } from 'zod';
import type { Immutable } from './immutable.js';

const validityStateSchema = z.enum(['VALID', 'WEAK', 'INVALID']);
export type ValidityState = z.infer<typeof validityStateSchema>;

export const validitySchema = z.object({ state: validityStateSchema, reasons: z.array(z.string()) });
export type Validity = Immutable<z.infer<typeof validitySchema>>;
