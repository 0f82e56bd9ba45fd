import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { parseReport } from '../../../src/report/json.js';
import type { UiMessage, UiRequest } from '../../../src/ui/protocol.js';
import { launchChromium } from '../../support/chromium.js';
import type { Check } from '../support/check.js';
import { intervalOf } from '../truth/interval.js';

const CLI = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
const EXECUTORS = ['limited', 'queue'] as const;
const PAIRS = { usual: 6, quick: 2 };
/** What an open tab may take, or a lucky order give. */
const MOST_OFF = 0.03;

/** The command, and what asks it for measurements: the page does the same. */
class Ui implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'threads-vs-loop-tab-'));
  readonly #child = spawn(process.execPath, [CLI, 'ui', '--out', '.'], {
    cwd: this.#folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  #address: Promise<string> | undefined;

  address(): Promise<string> {
    this.#address ??= this.#printed();
    return this.#address;
  }

  async #printed(): Promise<string> {
    for await (const line of createInterface(this.#child.stdout)) return line;
    throw new Error('Expected the address of the page, got the end of the program');
  }

  /** @returns tasks a second by executor */
  async measure(budgetSeconds: number): Promise<ReadonlyMap<string, number>> {
    const { origin, hash } = new URL(await this.address());
    const headers = { authorization: `Bearer ${hash.slice('#token='.length)}`, origin };
    const request: UiRequest = {
      kind: 'measure',
      plan: { preset: 'computing', executors: EXECUTORS },
      budgetSeconds,
    };
    const started = await fetch(`${origin}/api/runs`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    if (started.status !== 202) throw new Error(await started.text());
    const { run } = (await started.json()) as { readonly run: number };
    const saved = await savedBy(run, await fetch(`${origin}/api/events`, { headers }));
    const { scenarios } = parseReport(readFileSync(join(this.#folder, saved), 'utf8'), saved);
    const found = scenarios[0]!.executors.map(
      ({ variant, tasksPerSecond }) => [variant.name, tasksPerSecond.median ?? Number.NaN] as const,
    );
    return new Map(found);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Reads messages until that run is over. */
async function savedBy(run: number, { body }: Response): Promise<string> {
  let rest = '';
  for await (const text of body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines.filter(one => one.trim() !== '')) {
      const message = JSON.parse(line) as UiMessage;
      if (!('run' in message) || message.run !== run) continue;
      if (message.type === 'failed') throw new Error(message.error);
      if (message.type === 'measure-done') return message.result.saved!;
    }
  }
  throw new Error('Expected the end of the run, got the end of its messages');
}

/** Measures with the page open and shown, or in nobody's browser. */
async function measureBeside(browser: Browser | null, ui: Ui, budgetSeconds: number) {
  if (browser === null) return ui.measure(budgetSeconds);
  const page = await browser.newPage();
  await page.goto(await ui.address());
  await page.locator('.card').first().waitFor();
  const found = await ui.measure(budgetSeconds);
  await page.close();
  return found;
}

/** A against A: the same measurement with and without the page in a browser. */
export const openTab: Check = {
  name: 'open-tab',
  summary: 'tasks a second that ui measures with an open tab against without; wants Chromium',
  async run({ quick, report }) {
    const [pairs, budgetSeconds] = quick ? [PAIRS.quick, 2] : [PAIRS.usual, 12];
    await using ui = new Ui();
    const browser = await launchChromium();
    try {
      const logs = new Map<string, number[]>(EXECUTORS.map(name => [name, []]));
      for (let pair = 0; pair < pairs; pair++) {
        const order = pair % 2 === 0 ? [browser, null] : [null, browser];
        const found = new Map<Browser | null, ReadonlyMap<string, number>>();
        for (const one of order) found.set(one, await measureBeside(one, ui, budgetSeconds));
        for (const name of EXECUTORS)
          logs.get(name)!.push(Math.log(found.get(browser)!.get(name)! / found.get(null)!.get(name)!));
      }
      for (const name of EXECUTORS) {
        const { ratio, low, high } = intervalOf(logs.get(name)!);
        report({
          measured: `${name}, tasks a second, measured with the page open`,
          baseline: 'without a tab',
          value: ratio,
          interval: [low, high],
          unit: '×',
          bound: { within: MOST_OFF },
          note: `${pairs} pairs of measurements of ${budgetSeconds} s`,
        });
      }
    } finally {
      await browser.close();
    }
  },
};
