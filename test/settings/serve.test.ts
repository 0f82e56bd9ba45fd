import { describe, expect, it } from 'vitest';
import { readRunFlags } from '../../src/cli/flags.js';
import { makePlan } from '../../src/plan/plan.js';
import { flagWording } from '../../src/settings/wording.js';
import { catalogue } from '../plan/catalogue.js';

const serveOf = async (input: object) =>
  (await makePlan({ targets: ['http'], ...input }, { catalogue })).serve;

describe('serve', () => {
  it('is nothing unless it is asked for', async () => {
    expect(await serveOf({})).toBeNull();
  });

  it.each([
    [undefined, { kind: 'listening' }],
    [3000, { kind: 'port', port: 3000 }],
    ['3000', { kind: 'port', port: 3000 }],
    ['http://127.0.0.1:3000/health', { kind: 'url', url: 'http://127.0.0.1:3000/health' }],
    ['ready: 1', { kind: 'text', text: 'ready: 1' }],
  ])('is ready by %j', async (serveReady, ready) => {
    expect(await serveOf({ serve: 'node server.js', serveReady })).toEqual({
      command: 'node server.js',
      ready,
    });
  });

  it.each([
    [{ serve: '' }, /^--serve: expected .*Write for example --serve "node server\.js"\.$/],
    [{ serve: 5 }, /^--serve: expected /],
    [
      { serveReady: '3000' },
      /^--serve-ready: expected a command to wait for, got none\. Write for example --serve /,
    ],
    [
      { serve: 'x', serveReady: 0 },
      /^--serve-ready: expected a port from 1 to 65535, got 0\. Write for example --serve-ready 3000\.$/,
    ],
    [{ serve: 'x', serveReady: '70000' }, /expected a port from 1 to 65535/],
    [{ serve: 'x', serveReady: ' ' }, /expected a text, a URL or a port/],
    [
      { serve: 'x', serveReady: 'https://other.example/health' },
      /^--serve-ready: expected a URL of this machine, got "https:\/\/other\.example\/health"/,
    ],
    [{ serve: 'x', serveReady: 'http://0.0.0.0:1/' }, /expected a URL of this machine/],
    [{ serve: 'x', serveReady: 'http://:' }, /expected a URL that can be read/],
  ])('%j is refused', async (input, message) => {
    const plan = makePlan({ targets: ['http'], ...input } as object, { catalogue, wording: flagWording });
    await expect(plan).rejects.toThrow(message);
  });

  it('has flags of its own', () => {
    expect(readRunFlags({ serve: 'node server.js', serveReady: '3000' })).toEqual({
      serve: 'node server.js',
      serveReady: '3000',
    });
  });
});
