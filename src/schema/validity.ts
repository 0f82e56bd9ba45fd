import { z } from 'zod';

/** INVALID: the figures must not be believed; WEAK: with care. The findings say why. */
export const validitySchema = z.enum(['VALID', 'WEAK', 'INVALID']);
export type Validity = z.infer<typeof validitySchema>;
