import type { Scaling, ScenarioResult } from '../../schema/index.js';
import { fixed, percent } from '../format.js';
import type { Note } from './notes.js';

/** How throughput grows with threads, a line for each executor of which several numbers of them were run. */
export function scalingNotes({ scaling = [], validity, steadiness }: ScenarioResult): Note[] {
  if (validity === 'INVALID' || steadiness.state === 'not warm') return [];
  return (scaling ?? []).map(one => ({ label: 'scaling', text: textOf(one) }));
}

function textOf({ series, sizes, law, why }: Scaling): string {
  const over = `${series} over ${sizes.length} sizes from ${sizes[0]} to ${sizes.at(-1)} threads`;
  if (law === null) return `${over}: ${WHY[why ?? 'few forks']}`;
  const { alpha, beta, peak, efficiency } = law;
  const contention = `contention ${percent(alpha.value)} [${percent(alpha.low)}, ${percent(alpha.high)}], what only one thread can do at a time, cores that threads have to share among it`;
  const coherency = `coherency ${percent(beta.value)} [${percent(beta.low)}, ${percent(beta.high)}], what threads cost each other`;
  const end =
    peak === null
      ? 'no peak is shown: the range is too short for one'
      : `most at about ${fixed(peak, 0)} threads, less beyond`;
  const reached = `${sizes.at(-1)} threads do ${percent(efficiency)} of as many times one`;
  return `${over}: ${contention}; ${coherency}; ${reached}; ${end} (the universal scalability law)`;
}

const WHY: Readonly<Record<NonNullable<Scaling['why']>, string>> = {
  'few sizes': 'too few sizes for a scaling law, which takes six',
  'few forks': 'too few forks for a scaling law, which takes three',
  'short range': 'throughput still grows with the threads where the range ends: more of them tell the limit',
};
