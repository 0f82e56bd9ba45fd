import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const BENCH = fileURLToPath(new URL('../../dist/bench/self/main.js', import.meta.url));

it('what an open tab does to a measurement can be measured: in its short form, which judges nothing', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [BENCH, 'open-tab', '--quick']);
  for (const name of ['limited', 'queue'])
    expect(stdout).toMatch(
      new RegExp(`${name}, tasks a second, measured with the page open .*: \\d\\.\\d+ ×`),
    );
});
