import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { elapsedMs, nowNs } from '../../../src/clock.js';
import type { Check } from '../support/check.js';
import { interleave, medianOf, medianRatio } from '../support/pairs.js';
import { warmUp } from '../support/warm.js';

const cli = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

/** Wall time of a Node process in ms, without what doubles its start-up on Node 20. */
async function nodeMs(args: readonly string[]): Promise<number> {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const startNs = nowNs();
  execFileSync(process.execPath, args, { env, stdio: 'ignore' });
  return elapsedMs(startNs);
}

export const help: Check = {
  name: 'help',
  summary: 'threads-vs-loop --help against node -e 0',
  async run({ quick, report }) {
    const runHelp = () => nodeMs([cli, '--help']);
    const runNode = () => nodeMs(['-e', '0']);
    await warmUp(3, runHelp, runNode);
    const pairs = await interleave(quick ? 11 : 31, runHelp, runNode);
    const helpMs = medianOf(pairs, ([ms]) => ms).toFixed(0);
    const bareMs = medianOf(pairs, ([, ms]) => ms).toFixed(0);
    report({
      measured: 'threads-vs-loop --help, wall',
      baseline: 'node -e 0',
      value: medianRatio(pairs),
      unit: '×',
      bound: { atMost: 3 },
      note: `${helpMs} and ${bareMs} ms`,
    });
  },
};
