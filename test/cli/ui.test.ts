import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/schema/index.js';
import type { UiRequest } from '../../src/ui/protocol.js';
import { FakeClock, type Script, ScriptedLauncher } from '../support/scripted-launcher.js';
import { UiClient } from '../ui/client.js';
import { outside } from './outside.js';

let cwd: string;
let steps: Script;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-ui-'));
  steps = ({ threads }) => ({ wallMs: 100 / threads, serviceMs: 5 });
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** The command, with trials that take no time, and what the page is to it. */
async function served(args: readonly string[] = []) {
  const printed = new EventEmitter();
  const stdout = { write: (text: string) => printed.emit('url', text) };
  const clock = new FakeClock();
  const launcher = new ScriptedLauncher(clock, asked => steps(asked));
  // No browser is found there.
  const env = { PATH: cwd };
  const around = outside({ stdout, cwd, env, clock, launcher, catalogue: undefined as never });
  const url = once(printed, 'url');
  const ended = around.run('ui', ...args);
  const [text] = (await url) as [string];
  return { client: new UiClient(text), ended, launcher, ...around };
}

const MEASURE: UiRequest = {
  kind: 'measure',
  plan: { preset: 'computing', executors: ['limited', 'queue'] },
  budgetSeconds: 5,
};

describe('threads-vs-loop ui', () => {
  it.each([
    ['SIGINT', 0],
    ['SIGTERM', 143],
  ] as const)('serves until %s, and exits %i', async (signal, code) => {
    const { client, signals, ended, written } = await served();
    expect(client.url.host).toMatch(/^127\.0\.0\.1:\d+$/);
    const catalogue = JSON.parse((await client.ask()).text);
    expect(catalogue.presets.map(({ name }: { name: string }) => name)).toEqual([
      ...['waiting', 'computing', 'mixed'],
      ...['comments', 'todos', 'movies', 'feed', 'ping'],
    ]);
    expect(catalogue.executors.map(({ name }: { name: string }) => name)).not.toContain('bullmq');
    signals.emit(signal);
    expect(await ended).toBe(code);
    expect(written.stderr).toBe('Serving the page until Ctrl-C.\n');
    // Nothing was measured: nothing is left.
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('a measurement is saved as by run, with a command that repeats it, and is in the gallery', async () => {
    const { client, signals, ended } = await served();
    const asked = await client.start(MEASURE);
    expect(asked.status, asked.text).toBe(202);
    const { last, all } = await client.until('measure-done');
    const { saved, command, groups, interrupted } = last.result;
    expect([interrupted, groups[0]!.title]).toEqual([false, 'COMPUTING']);
    expect(groups[0]!.headline).toMatch(/queue/);
    expect(groups[0]!.standings.map(({ name }) => name).sort()).toEqual(['limited', 'queue']);
    expect(all.some(({ type }) => type === 'measure')).toBe(true);
    expect(command).toBe(
      'threads-vs-loop run computing --executors limited,queue --baseline limited --budget 5s --no-config',
    );
    expect(readdirSync(join(cwd, 'results')).sort()).toEqual([saved, 'latest.html', 'latest.json']);
    const report = JSON.parse(readFileSync(join(cwd, 'results', saved!), 'utf8')) as Report;
    expect(report.command!.args).toEqual(command.split(' ').slice(1));
    await client.until('state', last.id);
    const gallery = JSON.parse((await client.ask({ path: '/api/gallery' })).text);
    expect(gallery).toMatchObject([{ name: saved, title: 'COMPUTING' }]);
    signals.emit('SIGINT');
    expect(await ended).toBe(0);
  });

  it('an end in mid-run keeps what is finished, and ends its processes', async () => {
    const { client, signals, ended, launcher, written } = await served();
    let hasEnded = false;
    steps = ({ host }) => {
      // Of the fourth fork at the latest: others are done.
      if (host === 4 && !hasEnded) hasEnded = signals.emit('SIGTERM');
      return { wallMs: 10, serviceMs: 1 };
    };
    await client.start({ ...MEASURE, budgetSeconds: 600 });
    expect(await ended).toBe(143);
    expect(hasEnded).toBe(true);
    expect(written.stderr).toContain('what is measured is kept');
    expect([launcher.disposed, launcher.hostsAlive]).toEqual([true, 0]);
    const report = JSON.parse(readFileSync(join(cwd, 'results', 'latest.json'), 'utf8')) as Report;
    expect(report.interrupted).toBe(true);
    expect(report.scenarios[0]!.executors[0]!.forks).toBeGreaterThan(0);
  });

  it('what cannot be run is refused, and another run may start', async () => {
    const { client, signals, ended } = await served();
    const refused = await client.start({
      kind: 'race',
      plan: { preset: 'waiting', executors: ['blocking'] },
    });
    expect([refused.status, JSON.parse(refused.text).error]).toEqual([
      400,
      expect.stringMatching(/expected executors that can run the workload http, got blocking/),
    ]);
    for (const plan of [
      { preset: './mine.js' },
      { preset: 'waiting', params: { url: 'http://elsewhere/' } },
      { preset: 'waiting', tasks: 1e15 },
      { preset: 'waiting', executors: ['file:///pool.js'] },
    ])
      expect((await client.start({ kind: 'race', plan } as unknown as UiRequest)).status).toBe(400);
    expect((await client.start(MEASURE)).status).toBe(202);
    await client.until('measure-done');
    signals.emit('SIGINT');
    expect(await ended).toBe(0);
  });

  it("one's own function is a preset beside the others", async () => {
    writeFileSync(join(cwd, 'render.mjs'), 'export async function page(index) { return index; }\n');
    const { client, signals, ended } = await served(['./render.mjs#page']);
    const { presets } = JSON.parse((await client.ask()).text);
    expect(presets[0]).toMatchObject({ name: 'own', group: 'own', plan: { preset: 'own', tasks: 100 } });
    expect(presets[0].plan).not.toHaveProperty('waitMs');
    signals.emit('SIGINT');
    expect(await ended).toBe(0);
  });

  it('its arguments are those of a file, in the command that repeats it too; without any it is told what it gets', async () => {
    writeFileSync(join(cwd, 'render.mjs'), 'export async function page({ size }) { return size; }\n');
    writeFileSync(join(cwd, 'pages.json'), '[{ "size": 1 }, { "size": 2 }]');
    const given = await served(['./render.mjs#page', '--args', 'pages.json']);
    const asked: UiRequest = { kind: 'measure', plan: { preset: 'own' }, budgetSeconds: 5 };
    expect((await given.client.start(asked)).status).toBe(202);
    const { last } = await given.client.until('measure-done');
    expect(last.result.command).toContain(" run './render.mjs#page' --args pages.json --budget 5s");
    expect(given.written.stderr).toBe('Serving the page until Ctrl-C.\n');
    given.signals.emit('SIGINT');
    expect(await given.ended).toBe(0);
    const forgotten = await served(['./render.mjs#page']);
    expect(forgotten.written.stderr).toMatch(/^page is called with the index of each task .*--args FILE/);
    forgotten.signals.emit('SIGINT');
    expect(await forgotten.ended).toBe(0);
    const { run, written } = outside({ cwd, catalogue: undefined as never });
    expect(await run('ui', '--args', 'pages.json')).toBe(2);
    expect(written.stderr).toMatch(/--args: expected a function of your own to give them to, got none/);
  });

  it('another address than loopback is told what that means, and stays behind the token', async () => {
    const { client, signals, ended, written } = await served(['--host', '0.0.0.0']);
    expect(written.stderr).toMatch(/^Whoever in this network has the URL, its token included, can start/);
    expect((await client.ask({ headers: { Authorization: undefined } })).status).toBe(401);
    expect((await client.ask({ headers: { Host: 'evil.example' } })).status).toBe(403);
    signals.emit('SIGINT');
    expect(await ended).toBe(0);
  });

  it('a browser that cannot be opened is told of, and the page is served', async () => {
    const { client, signals, ended, written } = await served(['--open']);
    expect((await client.ask()).status).toBe(200);
    while (!written.stderr.includes('could not be opened')) await new Promise(setImmediate);
    signals.emit('SIGINT');
    expect(await ended).toBe(0);
    expect(written.stderr).not.toContain(client.token);
  });

  // There `start` is a part of the shell, and no program of ours.
  it.runIf(process.platform !== 'win32')(
    'a browser is given a file of its own, which leads to the page: its arguments are no secret',
    async () => {
      for (const name of ['xdg-open', 'open'])
        writeFileSync(join(cwd, name), '#!/bin/sh\nprintf "%s" "$*" > "$PATH/opened"\n', { mode: 0o755 });
      const { client, signals, ended } = await served(['--open']);
      const opened = join(cwd, 'opened');
      while (!existsSync(opened) || readFileSync(opened, 'utf8') === '') await new Promise(setImmediate);
      const file = readFileSync(opened, 'utf8');
      expect(file).not.toContain(client.token);
      expect(statSync(file).mode & 0o077).toBe(0);
      expect(readFileSync(file, 'utf8')).toContain(`url=${client.url.origin}/#token=${client.token}"`);
      signals.emit('SIGINT');
      expect(await ended).toBe(0);
      expect(existsSync(file)).toBe(false);
    },
  );

  it.each([
    [['./nowhere.mjs'], /nowhere\.mjs/],
    [['--port', 'x'], /--port: expected a whole number from 0 to 65535, got "x"/],
    [['--host', 'example.com'], /--host: expected an address of this machine, got "example\.com"/],
    [['--host', '192.0.2.1'], /--host 192\.0\.2\.1 --port 0: expected an address that is free here, got /],
    [['one', 'two'], /expected/],
  ])('%j is refused with exit 2 before anybody is served', async (args, message) => {
    const { run, written } = outside({ cwd, catalogue: undefined as never });
    expect(await run('ui', ...args)).toBe(2);
    expect(written.stderr).toMatch(message);
    expect(written.stdout).toBe('');
  });

  it('a port that is taken is refused', async () => {
    const { client, signals, ended } = await served();
    const { run, written } = outside({ cwd, catalogue: undefined as never });
    expect(await run('ui', '--port', client.url.port)).toBe(2);
    expect(written.stderr).toMatch(/expected an address that is free here/);
    signals.emit('SIGINT');
    expect(await ended).toBe(0);
  });
});
