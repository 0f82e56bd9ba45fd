import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { findConfig } from '../../src/plan/config-file.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { flagWording } from '../../src/settings/wording.js';

const HOST = 'staging.example.com';
const URL = `https://${HOST}/api`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-remote-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const plan = (input: PlanInput, more: object = {}) =>
  makePlan(
    { targets: ['http'], executors: ['limited', 'queue'], ...input },
    { wording: flagWording, ...more },
  );

async function scenarioOf(input: PlanInput) {
  return (await plan(input)).scenarios[0]!;
}

describe('another machine', () => {
  test('needs to be allowed by its name', async () => {
    await expect(plan({ params: { url: URL } })).rejects.toThrow(
      `--allow-remote: the URL of a request: expected localhost, 127.x.x.x or [::1], got ${HOST}, which is another machine or may become one. If its owner agrees to the load, add --allow-remote ${HOST} (allowRemote of the library; nothing else can allow it).`,
    );
    const { remote, origin } = await scenarioOf({
      params: { url: URL, path: '/a/{index}' },
      allowRemote: [HOST],
    });
    expect(origin).toBeNull();
    expect(remote).toEqual({
      requests: [{ method: 'GET', url: `${URL}/a/{index}` }],
      perSecond: 100,
      total: 10_000,
    });
  });

  test.each([[[`other.${HOST}`]], [['example.com']], [['staging.example.com.']]])(
    'is not allowed by %j',
    async allowRemote => {
      await expect(plan({ params: { url: URL }, allowRemote })).rejects.toThrow(UsageError);
    },
  );

  test.each(['*.example.com', '*', `${HOST}:443`, `https://${HOST}`, `${HOST}/a`, '', 'a b', 'user@host'])(
    '%j is no host',
    async host => {
      await expect(plan({ allowRemote: [host] })).rejects.toThrow(
        /^--allow-remote: expected a host name without port and wildcard/,
      );
    },
  );

  test.each([
    ['STAGING.Example.COM', URL],
    ['bücher.example', 'https://xn--bcher-kva.example/'],
    ['xn--bcher-kva.example', 'https://BÜCHER.example/'],
    ['2001:db8::1', 'http://[2001:db8:0::1]:8080'],
    ['[2001:db8::1]', 'http://[2001:db8::1]'],
    ['192.0.2.1', 'http://192.0.2.1:3000'],
    // A name that is found on loopback is a name all the same.
    ['ip6-localhost', 'http://ip6-localhost:3000'],
  ])('%s allows %s', async (host, url) => {
    expect((await scenarioOf({ params: { url }, allowRemote: [host] })).remote?.requests).toHaveLength(1);
  });

  test('is asked for in every value and by every executor', async () => {
    const params = { url: ['http://localhost:1', URL] };
    await expect(plan({ params })).rejects.toThrow(HOST);
    const executors = [{ executor: 'limited', params: { url: URL } }, 'queue'];
    await expect(plan({ executors, params: { url: 'http://localhost:1' } })).rejects.toThrow(HOST);
    const { remote } = await scenarioOf({ params, allowRemote: [HOST] });
    expect(remote?.requests).toEqual([{ method: 'GET', url: `${URL}/todos/{index}` }]);
  });

  test('is not loopback: that needs no leave, and has no limits', async () => {
    for (const url of ['http://localhost:3000', 'https://127.0.0.1', 'http://[::1]'])
      expect((await scenarioOf({ params: { url } })).remote).toBeUndefined();
    expect((await scenarioOf({})).remote).toBeUndefined();
  });
});

describe('nobody but the command line and a program can allow it', () => {
  test.each(['allowRemote', 'remoteRate', 'remoteTotal', 'ca'])('no config has %s', async key => {
    for (const config of [{ [key]: [HOST] }, { defaults: { [key]: [HOST] } }]) {
      writeFileSync(join(folder, 'threads-vs-loop.config.json'), JSON.stringify(config));
      await expect(findConfig(folder, undefined)).rejects.toThrow(UsageError);
    }
  });

  test('no scenario has it', async () => {
    const scenario = {
      name: 'mine',
      summary: '',
      workload: 'http',
      params: { url: URL },
      allowRemote: [HOST],
    };
    await expect(makePlan({ scenarios: [scenario] })).rejects.toThrow(/allowRemote/);
  });

  test('a config that names a URL is refused as a flag would be', async () => {
    const scenarios = [{ name: 'theirs', workload: 'http', params: { url: URL } }];
    writeFileSync(join(folder, 'threads-vs-loop.config.json'), JSON.stringify({ scenarios }));
    const config = await findConfig(folder, undefined);
    await expect(makePlan({ targets: ['theirs'] }, { config })).rejects.toThrow(
      /^allowRemote: the URL of a request/,
    );
    expect((await makePlan({ targets: ['theirs'], allowRemote: [HOST] }, { config })).scenarios).toHaveLength(
      1,
    );
  });

  test('nor does a mix get past it', async () => {
    const index = new globalThis.URL('../../src/index.ts', import.meta.url).href;
    const part = (params: object) => `{ module: 'http', share: 1, params: ${JSON.stringify(params)} }`;
    const file = join(folder, 'mixed.mjs');
    writeFileSync(
      file,
      `import { mix } from ${JSON.stringify(index)};\nexport default mix({ call: ${part({ url: URL })}, rest: { module: 'noop', share: 1 } });\n`,
    );
    await expect(plan({ targets: [file] })).rejects.toThrow(HOST);
    const { remote } = await scenarioOf({ targets: [file], allowRemote: [HOST] });
    expect(remote?.requests).toEqual([{ method: 'GET', url: `${URL}/todos/{index}` }]);
  });
});

describe('the limits', () => {
  const remote = { params: { url: URL }, allowRemote: [HOST] };

  test.each([
    ['100/s', 100],
    ['2.5', 2.5],
    ['none', null],
    [250, 250],
  ])('--remote-rate %s', async (remoteRate, perSecond) => {
    const { remote: found } = await scenarioOf({ ...remote, inFlight: 4, remoteRate });
    expect(found).toMatchObject({ perSecond });
  });

  test.each([
    ['remoteRate', '0'],
    ['remoteRate', '10/m'],
    ['remoteRate', 'unlimited'],
    ['remoteTotal', '1.5'],
    ['remoteTotal', '0'],
    ['remoteTotal', '100/s'],
  ])('%s is not %s', async (field, value) => {
    await expect(plan({ ...remote, [field]: value })).rejects.toThrow(
      /^--remote-(rate|total): expected .*or none/,
    );
  });

  test('a rate above them is refused', async () => {
    await expect(plan({ ...remote, load: 'rate=50,101/s' })).rejects.toThrow(
      'at most 100 requests a second to another machine (--remote-rate), got 101',
    );
    expect((await scenarioOf({ ...remote, load: 'rate=100/s' })).remote).toBeDefined();
    expect((await scenarioOf({ ...remote, load: 'rate=500/s', remoteRate: 'none' })).remote).toBeDefined();
  });

  test('requests that would wait longer than their time limit are refused', async () => {
    await expect(plan({ ...remote, remoteRate: '2/s' })).rejects.toThrow(/fewer in flight .*got 64/);
    expect((await scenarioOf({ ...remote, remoteRate: '2/s', inFlight: 32 })).remote).toBeDefined();
  });

  test('a total cannot be kept by a duration without a rate', async () => {
    const lifted = { ...remote, durationMs: 1_000, remoteRate: 'none' };
    await expect(plan(lifted)).rejects.toThrow(/lift the total as well/);
    expect((await scenarioOf({ ...lifted, remoteTotal: 'none' })).remote).toMatchObject({ total: null });
  });
});

test('certificates are looked at when the plan is made', async () => {
  writeFileSync(join(folder, 'none.pem'), 'none');
  await expect(plan({ ca: join(folder, 'none.pem') })).rejects.toThrow(
    /^--ca: expected a file with certificates/,
  );
  await expect(plan({ ca: join(folder, 'absent.pem') })).rejects.toThrow(/^--ca: .*ENOENT/);
});
