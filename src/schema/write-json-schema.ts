/** Part of the build: `node dist/src/schema/write-json-schema.js dist/results.schema.json`. */
import { writeFileSync } from 'node:fs';
import { resultsJsonSchema } from './report.js';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('write-json-schema: expected the path of the file to write. Give it as the only argument.');
  process.exitCode = 2;
} else {
  writeFileSync(file, `${JSON.stringify(resultsJsonSchema(), null, 2)}\n`);
}
