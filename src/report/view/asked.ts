import type { GroupView } from './types.js';

/** What nobody asked to be drawn is for pages. */
export function asked(group: GroupView): Pick<GroupView, 'timeline' | 'results'> {
  return group.isRecordedForPages ? { timeline: null, results: null } : group;
}
