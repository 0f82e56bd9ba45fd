import { fileURLToPath } from 'node:url';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** What the check measured last; git ignores the folder. */
export const TRUTH_FILE = path('../../../../results/truth.json');
export const BARE = path('bare.js');
export const modulePath = (program: string) => path(`workloads/${program}.js`);
