import type { ScenarioResult } from '../../schema/index.js';
import type { SectionView } from './types.js';

/** What somebody else says of a scenario; null: nothing. */
interface AttachmentView {
  /** A part of the line that says what was run. */
  readonly remark: string | null;
  readonly section: SectionView | null;
}

/** By the kind of a scenario's attachment: what is said of its data, which nobody has checked yet. */
export type Sections = Readonly<Record<string, (data: unknown, result: ScenarioResult) => AttachmentView>>;

export function attachmentView(result: ScenarioResult, sections: Sections): AttachmentView {
  const { attachment } = result.scenario;
  if (attachment === null || !Object.hasOwn(sections, attachment.kind))
    return { remark: null, section: null };
  return sections[attachment.kind]!(attachment.data, result);
}
