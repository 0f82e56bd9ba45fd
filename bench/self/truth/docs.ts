/** `npm run docs:truth [-- FILE]`: puts what the check `truth` measured last into docs/methodology.md, between the markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { messageOf, UsageError } from '../../../src/errors.js';
import { fillInTruth } from './fill-in.js';
import { TRUTH_FILE } from './paths.js';
import { parseRecord } from './record.js';

const PAGE = fileURLToPath(new URL('../../../../docs/methodology.md', import.meta.url));

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      'file',
      'one that npm run bench:self -- truth wrote',
      messageOf(error),
      'Measure first.',
    );
  }
}

try {
  const file = process.argv[2] ?? TRUTH_FILE;
  const record = parseRecord(read(file), file);
  writeFileSync(PAGE, fillInTruth(readFileSync(PAGE, 'utf8'), record));
  console.error('Written to docs/methodology.md');
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}
