import type { ScenarioResult } from '../../schema/index.js';
import { articleSection } from '../article-lines.js';
import type { Placed, SectionView } from './types.js';

/** What somebody else says of a scenario; null: nothing. */
export type Section = (result: ScenarioResult) => SectionView | null;

/** Unless others are given. */
export const SECTIONS: readonly Section[] = [articleSection];

/** @param place what is said of a place along an axis is said with it */
export function sectionsOf(
  result: ScenarioResult,
  sections: readonly Section[],
  place: string | null,
): Placed<SectionView>[] {
  return sections.flatMap(section => {
    const said = section(result);
    return said === null ? [] : [{ ...said, place }];
  });
}
