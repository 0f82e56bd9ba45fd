import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = `${sep}node_modules${sep}`;
const OWN = fileURLToPath(new URL('../../', import.meta.url));
/** `at task (file:///app/render.mjs:12:5)`, `at /app/render.cjs:12:5`. */
const FRAME = /^at (?:.*?\()?(file:\/\/.*|\/.*):(\d+):\d+\)?$/;

/** Where in a user's own code something was thrown: ` (render.mjs:12)`, relative to the working directory; empty where that is not known. */
export function throwSite(thrown: unknown): string {
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  for (const frame of typeof stack === 'string' ? stack.split('\n').slice(1) : []) {
    const [, place = '', line] = FRAME.exec(frame.trim()) ?? [];
    const path = pathOf(place);
    // Of Node, and of packages (what TypeScript was compiled to is in one).
    if (path === null || path.includes(PACKAGES)) continue;
    // Whatever called this program threw nothing.
    if (path.startsWith(OWN)) return '';
    return ` (${relative(process.cwd(), path)}:${line})`;
  }
  return '';
}

function pathOf(place: string): string | null {
  if (!place.startsWith('file:')) return place.startsWith(sep) ? place : null;
  try {
    return fileURLToPath(place);
  } catch {
    return null;
  }
}
