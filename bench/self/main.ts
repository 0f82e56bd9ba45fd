/** `npm run bench:self`: this program against committed baselines, as ratios within one run. Exit 1: a bound is missed. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/clock.js';
import { UsageError } from '../../src/errors.js';
import { SystemLauncher } from '../../src/hosts/system-launcher.js';
import { choose } from './choose.js';
import { checks } from './registry.js';
import { type Check, judge } from './support/check.js';
import { formatFinding } from './support/format.js';
import { type Judged, renderFindings } from './support/table.js';

const USAGE = `usage: npm run bench:self -- [CHECK…] [--list] [--quick] [--only PROGRAM,…] [--tasks COUNT] [--json FILE]`;

interface Flags {
  readonly list: boolean;
  readonly quick: boolean;
  readonly only: readonly string[];
  readonly tasks: number | undefined;
  readonly json: string | undefined;
}

function parse(argv: readonly string[]): { names: readonly string[]; flags: Flags } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        list: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        only: { type: 'string', default: '' },
        tasks: { type: 'string' },
        json: { type: 'string' },
      },
    });
    const only = values.only.split(',').filter(name => name !== '');
    const { json } = values;
    return { names: positionals, flags: { ...values, only, tasks: countOf(values.tasks), json } };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError('arguments', USAGE, (error as Error).message, 'Correct the call.');
  }
}

function countOf(text: string | undefined): number | undefined {
  if (text === undefined || /^[1-9]\d{0,7}$/.test(text)) return text === undefined ? text : Number(text);
  throw new UsageError('--tasks', 'a whole number such as 10000000', `'${text}'`, 'Correct it.');
}

async function measure(chosen: readonly Check[], { quick, only, tasks }: Flags): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  await using launcher = new SystemLauncher();
  for (const check of chosen) {
    await check.run({
      launcher,
      quick,
      only,
      tasks,
      report(finding) {
        // Few and short trials judge nothing.
        const verdict = quick ? '' : judge(finding);
        judged.push({ check: check.name, ...finding, verdict });
        console.log(formatFinding(check.name, finding, verdict));
      },
    });
  }
  return judged;
}

async function main(argv: readonly string[]): Promise<number> {
  const { names, flags } = parse(argv);
  const chosen = choose(checks, names);
  if (flags.list) {
    for (const { name, summary } of chosen) console.log(`${name.padEnd(15)} ${summary}`);
    return 0;
  }
  const machine = `Node ${process.versions.node} · ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}`;
  const startedAt = systemClock.date().toISOString();
  const findings = await measure(chosen, flags);
  console.log(`\n${machine} · ${startedAt}${flags.quick ? ' · quick: no judgement' : ''}`);
  for (const line of renderFindings(findings, process.stdout.columns ?? 160)) console.log(line);
  if (flags.json !== undefined)
    writeFileSync(
      flags.json,
      `${JSON.stringify({ machine, startedAt, quick: flags.quick, findings }, null, 2)}\n`,
    );
  return findings.some(({ verdict }) => verdict === 'MISSED') ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}
