/** What schemas are made of. */
import { z } from 'zod';

/** As data that nobody changes once it is there: every property and item read-only, at any depth. */
export type Immutable<T> = unknown extends T ? T : { readonly [Key in keyof T]: Immutable<T[Key]> };

export const wholeNumber = z.number().int().nonnegative();
export const share = z.number().min(0).max(1);
export const numberOrNull = z.number().nullable();
/** What another program said, word for word: an error's message, a result, a line of output. Never words of this one. */
export const quote = z.string();
