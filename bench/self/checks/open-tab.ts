import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { parseReport } from '../../../src/report/json.js';
import { messagesOf } from '../../../src/ui/page/messages.js';
import type { UiRequest } from '../../../src/ui/protocol.js';
import { launchChromium } from '../../support/chromium.js';
import { UiCommand } from '../../support/ui-command.js';
import type { Check } from '../support/check.js';
import { intervalOf } from '../truth/interval.js';

const CLI = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
const EXECUTORS = ['limited', 'queue'] as const;
const PAIRS = { usual: 6, quick: 2 };
/** What an open tab may take, or a lucky order give. */
const MOST_OFF = 0.03;

/** @returns tasks a second by executor, of a measurement that is asked for as the page does */
async function measure(command: UiCommand, address: string, budgetSeconds: number) {
  const { origin, hash } = new URL(address);
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
  const { scenarios } = parseReport(readFileSync(join(command.folder, saved), 'utf8'), saved);
  const found = scenarios[0]!.executors.map(
    ({ variant, tasksPerSecond }) => [variant.name, tasksPerSecond.median ?? Number.NaN] as const,
  );
  return new Map<string, number>(found);
}

async function savedBy(run: number, response: Response): Promise<string> {
  for await (const message of messagesOf(response)) {
    if (!('run' in message) || message.run !== run) continue;
    if (message.type === 'failed') throw new Error(message.error);
    if (message.type === 'measure-done') return message.result.saved!;
  }
  throw new Error('Expected the end of the run, got the end of its messages');
}

/** Measures with the page open and shown, or in nobody's browser. */
async function measureBeside(browser: Browser | null, ...asked: Parameters<typeof measure>) {
  if (browser === null) return measure(...asked);
  const [, address] = asked;
  const page = await browser.newPage();
  await page.goto(address);
  await page.locator('.card').first().waitFor();
  const found = await measure(...asked);
  await page.close();
  return found;
}

/** A against A: the same measurement with and without the page in a browser. */
export const openTab: Check = {
  name: 'open-tab',
  summary: 'tasks a second that ui measures with an open tab against without; wants Chromium',
  async run({ quick, report }) {
    const [pairs, budgetSeconds] = quick ? [PAIRS.quick, 2] : [PAIRS.usual, 12];
    await using command = new UiCommand(CLI, ['--out', '.']);
    const address = await command.address();
    const browser = await launchChromium();
    try {
      const logs = new Map<string, number[]>(EXECUTORS.map(name => [name, []]));
      for (let pair = 0; pair < pairs; pair++) {
        const order = pair % 2 === 0 ? [browser, null] : [null, browser];
        const found = new Map<Browser | null, ReadonlyMap<string, number>>();
        for (const one of order) found.set(one, await measureBeside(one, command, address, budgetSeconds));
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
