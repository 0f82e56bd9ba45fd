import type { Scaling, ScenarioResult } from '../../schema/index.js';
import { fixed, percent } from '../format.js';
import { listed } from './labels.js';
import type { Note } from './notes.js';

/** How throughput grows with threads, a line for each executor of which several numbers of them were run. */
export function scalingNotes({ scaling = [], validity, steadiness }: ScenarioResult): Note[] {
  if (validity === 'INVALID' || steadiness.state === 'not warm') return [];
  return (scaling ?? []).map(one => ({ label: 'scaling', text: scalingText(one) }));
}

/** `queue over 6 sizes from 1 to 8 threads: …`. */
export function scalingText({ series, sizes, leftOut, law, why }: Scaling): string {
  const over = `${series} over ${sizesText(sizes)}${leftOutText(leftOut)}`;
  if (law === null) return `${over}: ${WHY[why ?? 'few forks']}`;
  if (law.misfit !== null) return `${over}: ${misfitText(law.misfit)}`;
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

function sizesText(sizes: readonly number[]): string {
  if (sizes.length === 0) return 'no size';
  if (sizes.length === 1) return `one size, ${threadsText(sizes)}`;
  return `${sizes.length} sizes from ${sizes[0]} to ${sizes.at(-1)} threads`;
}

function threadsText(sizes: readonly number[]): string {
  return sizes.length === 1 && sizes[0] === 1 ? '1 thread' : `${listed(sizes.map(String))} threads`;
}

/** ` (not 8 threads, whose trials were all lost)`. */
function leftOutText(leftOut: Scaling['leftOut']): string {
  const parts = (['lost', 'cold'] as const).flatMap(why => {
    const sizes = leftOut.filter(one => one.why === why).map(({ threads }) => threads);
    return sizes.length === 0 ? [] : [`${threadsText(sizes)}, ${LEFT_OUT[why]}`];
  });
  return parts.length === 0 ? '' : ` (not ${parts.join('; nor ')})`;
}

const LEFT_OUT = {
  lost: 'whose trials were all lost',
  cold: 'which had no warm trial',
} as const;

function misfitText({ threads, share }: NonNullable<NonNullable<Scaling['law']>['misfit']>): string {
  const size = threadsText([threads]);
  const verb = threads === 1 ? 'does' : 'do';
  return `the universal scalability law does not fit, ${size} ${verb} ${percent(Math.abs(share))} ${share > 0 ? 'more' : 'less'} than it says, beyond what forks differ by: a limit that is met at once, such as the number of cores, is sharper than it knows`;
}

const WHY: Readonly<Record<NonNullable<Scaling['why']>, string>> = {
  'few sizes': 'too few sizes for a scaling law, which takes six',
  'few forks': 'too few forks for a scaling law, which takes three',
  'short range': 'throughput still grows with the threads where the range ends: more of them tell the limit',
};
