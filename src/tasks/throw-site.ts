import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Frames of Node, of packages, of what TypeScript was compiled to, and of this program say nothing of a user's module. */
const OTHERS = [`${sep}node_modules${sep}`, fileURLToPath(new URL('../../', import.meta.url))];
/** `at task (file:///app/render.mjs:12:5)`, `at /app/render.cjs:12:5`. */
const FRAME = /^at (?:.*?\()?(file:\/\/.*|\/.*):(\d+):\d+\)?$/;

/** Where in a user's own code something was thrown: ` (render.mjs:12)`, relative to the working directory; empty where that is not known. */
export function throwSite(thrown: unknown): string {
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  for (const frame of typeof stack === 'string' ? stack.split('\n').slice(1) : []) {
    const [, place = '', line] = FRAME.exec(frame.trim()) ?? [];
    const path = pathOf(place);
    if (path === null || OTHERS.some(other => path.includes(other))) continue;
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
