import type { ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { listed, nameOf } from './labels.js';

const MOST_NAMED = 6;

/** `not recorded: a (…)`, of those without a trial that was recorded; null: of all there is one. */
export function notRecorded({ scenario, executors }: ScenarioResult): string | null {
  const { recorded } = scenario;
  if (recorded === undefined) return null;
  const without = executors.filter(
    ({ trace, lostTrials, forks }) => trace === null && forks > 0 && lostTrials === 0,
  );
  if (without.length === 0) return null;
  const isChosen = ({ variant }: ExecutorResult) => recorded.includes(variant.id);
  const [chosen, others] = [without.filter(isChosen), without.filter(one => !isChosen(one))];
  const parts = [
    ...(chosen.length === 0
      ? []
      : [`${namesOf(chosen)}, whose trials are too long to run one more for a picture`]),
    ...(others.length === 0 ? [] : [`${namesOf(others)}, to keep the results file small`]),
  ];
  return `Not recorded: ${parts.join('; ')}. With --timeline they are.`;
}

function namesOf(executors: readonly ExecutorResult[]): string {
  const names = executors.map(nameOf);
  if (names.length <= MOST_NAMED) return listed(names);
  return `${names.slice(0, MOST_NAMED - 1).join(', ')} and ${names.length - MOST_NAMED + 1} others`;
}
