import type { ScenarioResult } from '../../schema/index.js';
import { articleSection } from '../article-lines.js';
import { namedAxis } from '../words/labels.js';
import type { Placed, SectionView } from './types.js';

/** What somebody else says of a scenario; null: nothing. */
export type Section = (result: ScenarioResult) => SectionView | null;

/** Unless others are given. */
export const SECTIONS: readonly Section[] = [articleSection];

export function sectionsOf(result: ScenarioResult, sections: readonly Section[]): SectionView[] {
  return sections.flatMap(section => section(result) ?? []);
}

/** Along an axis what is said of a place is said with it. */
export function atPlace<T extends object>({ scenario: { axis } }: ScenarioResult, said: T): Placed<T> {
  return { ...said, place: axis === null ? null : namedAxis(axis) };
}
