import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { systemClock } from '../../../src/clock.js';
import { defaultThreads } from '../../../src/cores.js';
import { chooseOnly } from '../choose.js';
import type { Bench, Check, Finding } from '../support/check.js';
import { examine } from '../truth/examine.js';
import { TRUTH_FILE } from '../truth/paths.js';
import { type ProgramRecord, type Tally, type TruthRecord, tally } from '../truth/record.js';
import { runPair } from '../truth/run-bare.js';
import { askProgram } from '../truth/run-program.js';
import { intervalText, renderTruthTable, saidText, tallyText } from '../truth/table.js';

/** Each is a module of this name in `bench/self/truth/workloads`, around a package that nobody here wrote. */
export const PROGRAMS = ['marked', 'acorn', 'ejs', 'ajv', 'argon2'];

const SEED = 1;
const FULL = { pairs: 6, runs: 4 };
/** As few pairs as have an interval worth printing. */
const QUICK = { pairs: 3, runs: 1 };

const LEAST_AGREEING = 17;
const MOST_NOT_WARM = 2;

export const truth: Check = {
  name: 'truth',
  summary: `threads ÷ loop of ${PROGRAMS.join(', ')} by a bare script, and by this program: takes 40 minutes, --only marked,ejs some of them`,
  async run(bench) {
    const programs = chooseOnly(PROGRAMS, bench.only);
    const complete = !bench.quick && programs.length === PROGRAMS.length;
    const threads = defaultThreads();
    const records: ProgramRecord[] = [];
    const begun = { ...header(), threads, seed: SEED };
    for (const program of programs) {
      const asked = { ...(bench.quick ? QUICK : FULL), threads, seed: SEED };
      const record = await examine(program, asked, {
        runPair,
        askProgram,
        log: line => console.log(`truth: ${line}`),
      });
      records.push(record);
      bench.report(programFinding(record));
      // After each: what took minutes is not lost with what comes later.
      const isDone = complete && records.length === programs.length;
      save({ ...begun, complete: isDone, programs: records });
    }
    for (const line of ['', ...renderTruthTable(records), '', tallyText(tally(records)), ''])
      console.log(line);
    reportTally(bench, tally(records), complete);
  },
};

function header(): Pick<TruthRecord, 'startedAt' | 'node' | 'machine'> {
  const model = cpus()[0]?.model.replace(/\s+/g, ' ') ?? 'unknown CPU';
  return {
    startedAt: systemClock.date().toISOString(),
    node: process.versions.node,
    machine: `${process.platform}, ${cpus().length} cores (${model})`,
  };
}

function save(record: TruthRecord): void {
  mkdirSync(dirname(TRUTH_FILE), { recursive: true });
  writeFileSync(TRUTH_FILE, `${JSON.stringify(record, null, 2)}\n`);
}

/** Not judged one by one: of 20 intervals of 95 % one is beside the truth. */
function programFinding({ name, steady, cold, runs }: ProgramRecord): Finding {
  const [last] = runs.slice(-1);
  return {
    measured: `${name}, threads ÷ loop, as the last run says`,
    baseline: 'bare processes, warm',
    value: (last?.ratio ?? Number.NaN) / steady.ratio,
    unit: '×',
    bound: null,
    note: `${last === undefined ? '' : `${saidText(last)}, `}truth ${intervalText(steady)}, cold ${intervalText(cold)}`,
  };
}

/** A wrong winner is wrong in any run; how many agree is judged of all of them only. */
function reportTally({ report, quick }: Bench, { runs, agreeing, notWarm, wrong }: Tally, complete: boolean) {
  const counted = { baseline: '', unit: 'runs', note: `of ${runs}` } as const;
  report({
    ...counted,
    measured: 'runs that agree with the truth',
    value: agreeing,
    bound: complete ? { atLeast: LEAST_AGREEING } : null,
  });
  report({
    ...counted,
    measured: 'runs that make no claim about steady speed',
    value: notWarm,
    bound: complete ? { atMost: MOST_NOT_WARM } : null,
  });
  report({
    ...counted,
    measured: 'headlines that name the wrong winner',
    value: wrong,
    bound: quick ? null : { atMost: 0 },
  });
}
