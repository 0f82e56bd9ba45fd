/** Part of the build: `node dist/src/settings/write-json-schemas.js dist`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultsJsonSchema } from '../schema/report.js';
import { comparisonJsonSchema } from '../schema/run-changes.js';
import { configJsonSchema } from './config-json-schema.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('write-json-schemas: expected the folder to write into. Give it as the only argument.');
  process.exitCode = 2;
} else {
  write('results', resultsJsonSchema());
  write('comparison', comparisonJsonSchema());
  write('config', configJsonSchema());
}

function write(name: string, schema: object): void {
  writeFileSync(join(folder!, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}
