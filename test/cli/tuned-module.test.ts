import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { moduleOf } from '../../src/cli/tuned-module.js';
import { taskFunctionUrl } from '../../src/workloads/task-function.js';
import { tuneReport } from '../support/tune-fixture.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-module-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of a module with that text, in a file of its own. */
function found(
  text: string,
  { exportName = null, args }: { exportName?: string | null; args?: unknown } = {},
) {
  const name = `m${Math.abs([...text, ...JSON.stringify(args ?? '')].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) % 1e9)}`;
  const file = (extension: string, content: string) => {
    const path = join(folder, `${name}${extension}`);
    writeFileSync(path, content);
    return pathToFileURL(path).href;
  };
  const fileUrl = file('.mjs', text);
  const argsUrl = args === undefined ? null : file('.json', JSON.stringify(args));
  const { plan, scenarios } = tuneReport();
  const { scenario } = scenarios[0]!;
  const moduleUrl = taskFunctionUrl({ fileUrl, exportName, argsUrl });
  return moduleOf({ ...plan, scenarios: [{ ...scenario, workload: { ...scenario.workload, moduleUrl } }] });
}

const TASK = 'export const task = item => item;\n';

it('is the function that is called, unless it is given what was opened or set up', async () => {
  expect(await found(TASK)).toMatchObject({ exportName: 'task' });
  expect(await found(`${TASK}export const open = () => 1;\n`)).toBeNull();
  expect(await found(`${TASK}export const setup = () => 1;\n`)).toBeNull();
  expect(await found('export default item => item;\n', { exportName: 'default' })).toMatchObject({
    exportName: 'default',
  });
});

it('says whether its arguments are lists', async () => {
  expect(await found(TASK, { args: [1, 'a'] })).toMatchObject({ items: 'argument' });
  expect(await found(TASK, { args: [[1], [2, 3]] })).toMatchObject({ items: 'list' });
  expect(await found(TASK, { args: [1, [2, 3]] })).toMatchObject({ items: 'either' });
});
