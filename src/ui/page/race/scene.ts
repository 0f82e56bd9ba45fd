import type { Model } from '../../../page/timeline/model.js';
import type { Span } from '../../../stats/timeline/layout.js';
import type { Entrant } from '../../protocol.js';
import type { RaceGeometry } from './geometry.js';
import type { Pings } from './ping.js';
import type { Course } from './positions.js';

/** All that is drawn of a race but how large. */
export interface Race {
  readonly model: Model;
  readonly entrants: readonly Entrant[];
  readonly courses: readonly Course[];
  /** Null: when its loop was busy is not known. */
  readonly pings: readonly (Pings | null)[];
}

export interface Sheet {
  readonly width: number;
  readonly ratio: number;
  readonly unit: number;
  readonly isNarrow: boolean;
  readonly geometry: RaceGeometry;
  readonly view: Span;
}

export interface Frame {
  readonly atMs: number;
  /** What no executor could exceed goes along, as a shadow. */
  readonly hasIdeals: boolean;
}
