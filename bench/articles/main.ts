/**
 * `npm run docs:articles`: runs the suite `articles` and puts what it reports into docs/articles.md, between the markers
 * of each scenario. With the path of a results file it takes that instead of measuring.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseReport } from '../../src/report/json.js';
import { fillIn } from './fill-in.js';

const STORY = fileURLToPath(new URL('../../../docs/articles.md', import.meta.url));
const CLI = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

function measure(file: string): Promise<void> {
  const args = [CLI, 'run', 'articles', '--json', file, '--out', join(file, '..', 'results')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => {
      if (code === 0) resolve();
      else reject(new Error(`the suite ended with exit code ${code}: nothing is written`));
    });
  });
}

const [given] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'threads-vs-loop-articles-'));
try {
  const file = given ?? join(folder, 'articles.json');
  if (given === undefined) await measure(file);
  const report = parseReport(readFileSync(file, 'utf8'), file);
  writeFileSync(STORY, fillIn(readFileSync(STORY, 'utf8'), report));
  process.stderr.write('Written to docs/articles.md\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
