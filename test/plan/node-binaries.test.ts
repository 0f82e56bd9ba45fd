import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { flagWording } from '../../src/settings/wording.js';

let folder: string;
const { node: version, v8 } = process.versions;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tvl-nodes-')));
  const script = (name: string, body: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  script('newer', `echo '["99.1.2","14.0"]'`);
  script('older', `echo '["20.18.3","11.3"]'`);
  script('other', 'echo hello');
  script('broken', 'echo "node: --fast is not allowed in NODE_OPTIONS" >&2; exit 9');
  writeFileSync(join(folder, 'text'), 'no program');
  for (const name of ['a', 'b']) {
    mkdirSync(join(folder, name, 'bin'), { recursive: true });
    symlinkSync(process.execPath, join(folder, name, 'bin', 'node'));
  }
  symlinkSync(process.execPath, join(folder, 'mine'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function planned(node: readonly string[], more: PlanInput = {}) {
  const input = { targets: ['noop'], node, executors: ['limited', 'queue'], ...more };
  const options = { baseDir: folder, wording: flagWording, defaultThreads: 2 };
  return (await makePlan(input, options)).scenarios[0]!;
}

it('each Node is a variant of every executor, the first the one to compare with', async () => {
  const scenario = await planned(['current', './newer']);
  expect(scenario.baseline).toBe(`limited node=${version}`);
  expect(scenario.executors.map(({ id, node }) => [id, node?.execPath])).toEqual([
    [`limited node=${version}`, process.execPath],
    ['limited node=99.1.2', join(folder, 'newer')],
    [`queue node=${version}`, process.execPath],
    ['queue node=99.1.2', join(folder, 'newer')],
  ]);
  const [one, other] = scenario.executors;
  expect(one!.node).toEqual({ label: version, version, v8, name: 'node', execPath: process.execPath });
  expect(other!.alternative).toMatchObject({ name: 'node=99.1.2', label: 'Node 99.1.2', of: 'node' });
  expect(one!.alternative!.sameResults).toBe(other!.alternative!.sameResults);
});

it('--baseline says which', async () => {
  expect((await planned(['current', './newer'], { baseline: 'node=99.1.2' })).baseline).toBe(
    'limited node=99.1.2',
  );
});

it('a folder has its Node in bin, and Nodes of one version are told apart by their place', async () => {
  const labels = async (...node: string[]) =>
    (await planned(node, { executors: ['limited'] })).executors.map(variant => variant.node!.label);
  expect(await labels('./a', './b')).toEqual([`${version}@a`, `${version}@b`]);
  expect(await labels('./a', './mine')).toEqual([`${version}@node`, `${version}@mine`]);
});

it('a scenario without them runs in the Node of the program', async () => {
  const { executors } = (await makePlan({ targets: ['noop'], executors: ['limited'] })).scenarios[0]!;
  expect(executors[0]).toMatchObject({ node: null, alternative: null, id: 'limited' });
});

it('values of a parameter are compared in each', async () => {
  const more = { targets: ['http'], executors: ['limited'], params: { client: ['request', 'fetch'] } };
  const { executors } = await planned(['current', './newer'], more);
  expect(executors.map(({ id }) => id)).toContain('limited node=99.1.2 client=fetch');
  expect(executors).toHaveLength(4);
});

it.each<[string[], PlanInput, RegExp]>([
  [['current'], {}, /^--node: expected two or more Node binaries to compare, got "current"\. Name another/],
  [['./a', './a/bin/node'], {}, /^--node: expected each binary once, got "\.\/a\/bin\/node" again/],
  [['current', './none'], {}, /^--node: expected a Node binary, got "\.\/none", no file\. Give paths/],
  [['current', '.'], {}, /^--node: expected a Node binary, got a folder without bin\/node, "\."\./],
  [['current', './text'], {}, /^--node: expected a Node binary, got "\.\/text", which may not be executed/],
  [['current', './older'], {}, /^--node: expected Node 20\.19 or newer, got 20\.18\.3 of "\.\/older"\./],
  [['current', './other'], {}, /^--node: expected .* that starts, got "\.\/other", which says no version/],
  [['current', './broken'], {}, /^--node: .* got "\.\/broken": node: --fast is not allowed in NODE_OPTIONS/],
  [['./a', './b'], { versus: 'http' }, /^--node: expected one thing to compare, got --versus as well/],
  [['./a', './b'], { worktree: ['main', 'HEAD'] }, /^--worktree: expected one thing .*got --node as well/],
])('%j with %j is refused', async (node, more, message) => {
  await expect(planned(node, more)).rejects.toThrow(message);
});
