import { z } from 'zod';
import type { Immutable } from './parts.js';

export const attachmentSchema = z
  .object({
    /** Which section of the report renders it, and checks its data. */
    kind: z.string(),
    /** Plain data. */
    data: z.unknown(),
  })
  .describe('what a scenario carries for a section of its own in the report');
export type Attachment = Immutable<z.infer<typeof attachmentSchema>>;
