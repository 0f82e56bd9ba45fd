import { FORKS_FOR_INTERVAL, meanOf, standardErrorOf } from './comparison.js';
import { pOfMean } from './student-t.js';

/** As rare as a drift that is told. */
export const FALLING_LEVEL = 0.01;
/** The last third of a fork's rounds has to be this much below its first. */
const FALLEN = Math.log(0.9);
/** One round by itself has neither first nor last. */
const FEWEST_ROUNDS = 2;

/**
 * Whether a cost is still falling when measuring ends: in the last third of the rounds of its forks it is more than a
 * tenth below the first third, by Student's t over the forks. False is "not shown", not "steady".
 *
 * @param forks the values of each fork in the order of its rounds
 * @param level how often it is shown where nothing falls
 */
export function isStillFalling(
  forks: readonly (readonly (number | null)[])[],
  level = FALLING_LEVEL,
): boolean {
  const falls = forks.map(fallOf).filter(fall => fall !== null);
  if (falls.length < FORKS_FOR_INTERVAL) return false;
  const mean = meanOf(falls);
  return mean < FALLEN && pOfMean(mean, standardErrorOf(falls), falls.length - 1) < level;
}

/** ln(last third ÷ first third). */
function fallOf(fork: readonly (number | null)[]): number | null {
  const logs = fork.filter(value => value !== null && value > 0).map(value => Math.log(value!));
  if (logs.length < FEWEST_ROUNDS) return null;
  // Of two rounds each is one end.
  const third = Math.max(1, Math.floor(logs.length / 3));
  return meanOf(logs.slice(-third)) - meanOf(logs.slice(0, third));
}
