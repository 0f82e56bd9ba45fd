import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseReport } from '../../report/json.js';
import { reporters } from '../../report/registry.js';
import { harmless } from '../../report/text.js';
import type { Sections } from '../../report/view/types.js';
import { view } from '../../report/view/view.js';
import type { Report } from '../../schema/index.js';
import type { SavedRun } from '../protocol.js';

/** `2026-11-20T21-30-00Z-default.json`: nothing in it leads to another folder. */
const DATED = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-[\w-]{1,60}\.json$/;
const MOST_RUNS = 50;
/** More takes a server too long to read. */
const MOST_BYTES = 20e6;
const PAGE_FORMAT = 'html';
const WIDTH = 80;

interface Known {
  /** Null: it is no results file. */
  readonly run: SavedRun | null;
  readonly modifiedMs: number;
}

/** Saved runs of a folder, the latest first: files of others, too large ones and broken ones are left out. */
export class Gallery {
  readonly #folder: string;
  readonly #sections: Sections;
  /** By name: a file is read once, until it is another. */
  readonly #known = new Map<string, Known>();

  constructor(folder: string, sections: Sections) {
    this.#folder = folder;
    this.#sections = sections;
  }

  async list(): Promise<SavedRun[]> {
    const names = (await namesIn(this.#folder))
      .filter(name => DATED.test(name))
      .sort()
      .reverse();
    const runs: SavedRun[] = [];
    for (const name of names) {
      if (runs.length === MOST_RUNS) break;
      const run = await this.#runOf(name);
      if (run !== null) runs.push(run);
    }
    for (const name of this.#known.keys()) if (!names.includes(name)) this.#known.delete(name);
    return runs;
  }

  /** Its report as a page; null: it is none of those that are listed. */
  async page(name: string): Promise<string | null> {
    const listed = await this.list();
    if (!listed.some(run => run.name === name)) return null;
    const render = await reporters.find(reporter => reporter.name === PAGE_FORMAT)!.load();
    const report = parseReport(await readFile(join(this.#folder, name), 'utf8'), name);
    return String(render(report, { width: WIDTH, colour: false, sections: this.#sections }));
  }

  async #runOf(name: string): Promise<SavedRun | null> {
    const file = join(this.#folder, name);
    const stats = await stat(file).catch(() => null);
    if (stats === null || !stats.isFile() || stats.size > MOST_BYTES) return null;
    const known = this.#known.get(name);
    if (known?.modifiedMs === stats.mtimeMs) return known.run;
    const report = await readReport(file, name);
    const run = report === null ? null : savedRun(name, report);
    this.#known.set(name, { run, modifiedMs: stats.mtimeMs });
    return run;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    // Nothing has been saved yet.
    return [];
  }
}

async function readReport(file: string, name: string): Promise<Report | null> {
  try {
    return parseReport(await readFile(file, 'utf8'), name);
  } catch {
    return null;
  }
}

function savedRun(name: string, report: Report): SavedRun | null {
  try {
    const { title, answer, map, groups } = view(report);
    const headlines = [answer, map].flatMap(one => one?.headline ?? []);
    return {
      name,
      title,
      startedAt: harmless(report.startedAt),
      headlines: headlines.length > 0 ? headlines : groups.map(({ headline }) => headline),
    };
  } catch {
    return null;
  }
}
