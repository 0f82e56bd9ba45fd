import { idealOf } from '../analysis/ideal.js';
import type { MachineFacts, Scenario } from '../schema/index.js';
import { PAYS } from './cell.js';

/** The least place on the axis at which threads pay by the ideals; the last one where they nowhere do. */
export function idealStart(
  scenario: Scenario,
  cpusMs: readonly number[],
  waitMs: number,
  machine: MachineFacts,
) {
  const [loop, threads] = pairOf(scenario);
  const place = cpusMs.findIndex(cpuMs => {
    const alone = { tasks: 1, serviceMs: waitMs + cpuMs, cpuMs, parts: null };
    const [own, other] = [threads, loop].map(variant => idealOf(scenario, variant, alone, machine, null));
    return own!.perSecond > (1 + PAYS) * other!.perSecond;
  });
  return place === -1 ? cpusMs.length - 1 : place;
}

/** The loop and the threads that are compared. @throws Error where a scenario has not one of each */
export function pairOf({ executors }: Pick<Scenario, 'executors'>) {
  const loop = executors.find(({ capabilities }) => !capabilities.workers);
  const threads = executors.find(({ capabilities }) => capabilities.workers);
  if (loop === undefined || threads === undefined) throw new Error('a map compares a loop with threads');
  return [loop, threads] as const;
}
