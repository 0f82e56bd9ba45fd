import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { UiRequest } from '../../src/ui/protocol.js';
import { Cli, HAS_PROC, isAlive, until } from '../faults/cli.js';
import { UiClient } from './client.js';

async function served(cli: Cli): Promise<UiClient> {
  await cli.said(/until Ctrl-C/);
  await until(() => cli.stdout.includes('\n'));
  return new UiClient(cli.stdout);
}

it('a race, from its start to its result, with nothing kept', async () => {
  using cli = new Cli([], {}, 'ui');
  const client = await served(cli);
  const plan = { preset: 'waiting', tasks: 24, inFlight: 8, executors: ['sequential', 'limited', 'queue'] };
  expect((await client.start({ kind: 'race', plan })).status).toBe(202);
  const { last, all } = await client.until('race-done');
  const { entrants, lost, why, command, task } = last.result;
  expect(lost).toEqual([]);
  expect(entrants.map(({ name }) => name).sort()).toEqual(['limited', 'queue', 'sequential']);
  expect(entrants.at(-1)).toMatchObject({ name: 'sequential', ratio: 1, tasks: 24 });
  expect(entrants.every(({ packed, tasks }) => packed.length > 0 && tasks === 24)).toBe(true);
  expect(why.join(' ')).toMatch(/A task is .*waiting/);
  expect(task!.waitsMs).toBeGreaterThan(5);
  expect(command).toContain(' run waiting --tasks 24 --in-flight 8 --executors sequential,limited,queue ');
  const ids = all.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  expect(all.some(({ type }) => type === 'progress')).toBe(true);
  expect(readdirSync(cli.folder)).toEqual([]);
  cli.process.kill('SIGINT');
  expect((await cli.finished).code).toBe(0);
});

/** Long enough for whoever ends it. */
const LONG: UiRequest = {
  kind: 'measure',
  plan: { preset: 'waiting', executors: ['limited', 'queue'] },
  budgetSeconds: 600,
};

describe.runIf(HAS_PROC)('in mid-run', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGKILL', null],
  ] as const)('%s leaves no process behind', async (signal, code) => {
    using cli = new Cli([], {}, 'ui');
    const client = await served(cli);
    await client.start(LONG);
    await until(() => cli.children('host').length > 0 && cli.children('origin').length > 0);
    const processes = [...cli.children('host'), ...cli.children('origin'), ...cli.children('reaper')];
    cli.process.kill(signal);
    expect((await cli.finished).code).toBe(code);
    await until(() => processes.every(pid => !isAlive(pid)));
  });

  it('a tab that is closed ends nothing, and one that is opened anew sees where it is', async () => {
    using cli = new Cli([], {}, 'ui');
    const client = await served(cli);
    await client.start(LONG);
    await client.until('progress');
    const { last } = await client.until('state');
    expect(last).toMatchObject({ state: 'running', run: 1, request: LONG });
    expect((await client.stop()).status).toBe(202);
    const done = await client.until('measure-done');
    expect(done.last.result.interrupted).toBe(true);
    cli.process.kill('SIGINT');
    expect((await cli.finished).code).toBe(0);
  });
});
