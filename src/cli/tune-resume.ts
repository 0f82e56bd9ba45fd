import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { parseReport } from '../report/json.js';
import type { Plan, Tune } from '../schema/index.js';
import { hiderOf } from '../secrets.js';
import type { CliDeps } from './deps.js';
import type { TuneFlags } from './tune-flags.js';

export interface SavedTune {
  readonly file: string;
  readonly target: string;
  readonly tune: Tune;
  readonly plan: Plan;
}

const NOT_RESUMED = 'Leave --resume out to begin anew.';

/** @throws UsageError when the file is none of a tune */
export async function savedTune({ resume, out }: TuneFlags, { cwd }: CliDeps): Promise<SavedTune> {
  const file = typeof resume === 'string' ? resume : `${out}/latest.json`;
  const fail = (got: string): never => {
    throw new UsageError('--resume', `the file of an interrupted tune in ${file}`, got, NOT_RESUMED);
  };
  const text = await readFile(resolve(cwd, file), 'utf8').catch(() => fail('none that can be read'));
  const { tune: saved, plan } = parseReport(text, file);
  return saved == null
    ? fail('a run: name its dated file')
    : { file, target: saved.asked, tune: saved, plan };
}

/** @throws UsageError when it is one of something else */
export function resumedTune({ file, tune: saved, plan: savedPlan }: SavedTune, plan: Plan): Tune {
  // As it was saved, without its secrets.
  const [own, other] = [hiderOf(plan)(plan), savedPlan].map(({ scenarios }) => {
    const { name, params, payloadBytes, load, tasks, executors } = scenarios[0]!;
    return JSON.stringify([name, params, payloadBytes, load, tasks, executors.map(({ id }) => id)]);
  });
  if (own === other) return saved;
  throw new UsageError('--resume', `the tune of the same in ${file}`, 'one of something else', NOT_RESUMED);
}
