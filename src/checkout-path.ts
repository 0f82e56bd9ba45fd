/** Of the folders that revisions are checked out into. */
export const CHECKOUT_PREFIX = 'threads-vs-loop-worktree-';

/** The folder of a checkout, however its path begins. */
const CHECKOUT = new RegExp(`[^\\s"'\`()]*${CHECKOUT_PREFIX}\\w{6}/([^/\\s"'\`()]+)/`, 'g');

/** `main:src/render.ts` for a path into a checkout: nobody knows its folder, which is gone after the run. */
export function withoutCheckouts(text: string): string {
  return text.includes(CHECKOUT_PREFIX) ? text.replace(CHECKOUT, '$1:') : text;
}
