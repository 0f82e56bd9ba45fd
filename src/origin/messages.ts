import type { Loss, OriginCounters } from '../schema/index.js';
import type { OriginOptions } from './server.js';

/** Between the CLI and the origin's process, by 'advanced' serialization. */

export type ToOrigin =
  /** Once, first. */
  | ({ readonly type: 'start' } & Required<OriginOptions>)
  /** A trial begins: what is random is drawn from this salt, and counting starts anew. */
  | { readonly type: 'begin'; readonly salt: number }
  | { readonly type: 'count' };

export type FromOrigin =
  | { readonly type: 'ready'; readonly url: string; readonly port: number }
  /** Could not start, for a reason that is the user's to mend. */
  | { readonly type: 'fault'; readonly loss: Loss }
  /** One for each 'begin' and 'count', in their order: what was counted since the one before. */
  | { readonly type: 'counters'; readonly counters: OriginCounters };
