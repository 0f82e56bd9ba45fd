/**
 * `npm run docs:images`: runs the article's story `comments` and the default suite, and makes the pictures of README and
 * docs of them. With the paths of two results files it takes these instead of measuring.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { looksOf } from '../../src/report/html/looks.js';
import { parseReport } from '../../src/report/json.js';
import type { Report } from '../../src/schema/index.js';
import { raceResultOf } from '../../src/ui/server/race-result.js';
import { fillIn } from '../support/fill-in.js';
import { chartsNamed } from './charts.js';
import { raceFilm } from './film.js';
import { legendOf } from './marks.js';
import { pagePicture } from './page-picture.js';
import { timelinePicture } from './timeline-picture.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CLI = join(ROOT, 'dist/src/cli/main.js');
const IMAGES = join(ROOT, 'docs/images');
const PAGE = join(ROOT, 'docs/report-page.md');
const PAGE_ALT = 'A scenario on the page, with a number at each word that is explained below';
const TIMELINE_ALT =
  'The timeline of 499 requests by three executors, with a number at each part that is explained below';
const LARGEST_BYTES = 200_000;

function measure(file: string, ...targets: string[]): Promise<string> {
  const args = [CLI, 'run', ...targets, '--json', file, '--out', join(file, '..', 'results')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => {
      if (code === 0) resolve(file);
      else reject(new Error(`the run ended with exit code ${code}: nothing is written`));
    });
  });
}

function writeImage(name: string, contents: string | Uint8Array): void {
  const bytes = Buffer.byteLength(contents);
  if (bytes > LARGEST_BYTES) throw new Error(`${name} has ${bytes} bytes, more than ${LARGEST_BYTES}`);
  writeFileSync(join(IMAGES, name), contents);
}

/** Puts a picture and its words into the page's document. */
function explain(block: string, legend: string): void {
  writeFileSync(PAGE, fillIn('docs/report-page.md', readFileSync(PAGE, 'utf8'), block, legend));
}

/** Of the trials that were recorded task by task, in the order of their lanes on the page. */
function filmOf(report: Report): string {
  const names = report.scenarios[0]!.executors.map(({ variant }) => variant.name);
  const asked = { preset: 'comments', plan: { preset: 'comments' }, command: '' };
  const { entrants } = raceResultOf(report, asked, looksOf(names));
  const lanes = entrants.toSorted((one, other) => other.wallMs - one.wallMs);
  return raceFilm(lanes, '499 comments are fetched: one by one, by five threads, all at once');
}

async function makeImages(commentsFile: string, suiteFile: string): Promise<void> {
  const comments = parseReport(readFileSync(commentsFile, 'utf8'), commentsFile);
  const suite = parseReport(readFileSync(suiteFile, 'utf8'), suiteFile);
  mkdirSync(IMAGES, { recursive: true });
  const charts = [
    ...chartsNamed('comments-get-timeline', comments),
    ...chartsNamed('computing-throughput', suite),
  ];
  for (const { name, contents } of charts) writeImage(name, contents);
  writeImage('comments-race.svg', filmOf(comments));
  const { png, marks } = await pagePicture(suite, 'computing');
  writeImage('report-page.png', png);
  explain('marks', legendOf('images/report-page.png', PAGE_ALT, marks));
  const light = charts.find(({ name }) => name === 'comments-timeline-light.svg')!;
  const timeline = await timelinePicture(light.contents);
  writeImage('timeline.png', timeline.png);
  explain('timeline-marks', legendOf('images/timeline.png', TIMELINE_ALT, timeline.marks));
}

const folder = mkdtempSync(join(tmpdir(), 'threads-vs-loop-images-'));
try {
  const [comments, suite] = process.argv.slice(2);
  await makeImages(
    comments ?? (await measure(join(folder, 'comments.json'), 'comments')),
    suite ?? (await measure(join(folder, 'suite.json'))),
  );
  process.stderr.write('Written to docs/images and docs/report-page.md\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
