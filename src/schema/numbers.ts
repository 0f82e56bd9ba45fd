import { z } from 'zod';

export const wholeNumber = z.number().int().nonnegative();
export const share = z.number().min(0).max(1);
export const numberOrNull = z.number().nullable();
