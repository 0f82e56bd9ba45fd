import type { Tune } from '../../schema/index.js';
import { bytes, duration } from '../format.js';
import { listed } from './labels.js';
import type { Answered } from './tune-answered.js';

/** `200 MB of memory and 1.5 cores`; null: nothing was to be kept to. */
export function limitsText({ limits }: Pick<Tune, 'limits'>): string | null {
  if (limits === undefined) return null;
  const { memoryBytes, cores, loopLateMs } = limits;
  const parts = [
    memoryBytes === null ? null : `${bytes(memoryBytes)} of memory`,
    cores === null ? null : `${cores} cores`,
    loopLateMs === null ? null : `a main loop that is late by ${duration(loopLateMs)}`,
  ].filter(part => part !== null);
  return parts.length === 0 ? null : listed(parts);
}

/** It was measured to take more than it may. */
export function exceedsLimit({ answer }: Pick<Answered, 'answer'>, id: string | null): boolean {
  return answer.standings.some(standing => standing.id === id && standing.state === 'unfit');
}

/** Nothing can be recommended since all that was measured takes more than it may; null: there is another reason. */
export function noneKeepsText(tune: Tune): string | null {
  const unfit = new Set(tune.forks.flatMap(fork => fork.unfit));
  if (unfit.size === 0) return null;
  const confirmed = tune.forks.filter(({ phase }) => phase === 'confirm');
  const ids = (confirmed.length > 0 ? confirmed : tune.forks).flatMap(({ logs }) => Object.keys(logs));
  if (ids.length === 0 || !ids.every(id => unfit.has(id))) return null;
  const measured = `No configuration that was ${confirmed.length > 0 ? 'confirmed' : 'measured'}`;
  const limits = limitsText(tune);
  return limits === null
    ? `${measured} is without too many failed tasks`
    : `${measured} keeps to at most ${limits}`;
}
