import type { TuneFork, TunePoint } from '../../schema/index.js';
import { meanOf } from '../../stats/comparison.js';
import { duration } from '../format.js';
import { brokerPaysFromMs, brokerPlace, jobCost, paysText, workersOf } from './broker-pays.js';
import { quoted } from './labels.js';
import { type Answered, confirmedOf, isJudged } from './tune-answered.js';

/** Of a point's bound to what cores allow: computing is what limits it. */
const COMPUTING_LIMITS = 0.95;

/** From what size of task on a broker pays, where an executor with one was searched: of its best point. */
export function brokerText(said: Answered): string | null {
  const { report, tune } = said;
  // At a rate it is not known what it could do.
  if (isJudged(tune)) return null;
  const best = bestThroughBroker(tune.points, tune.forks);
  if (best === null) return null;
  const place = brokerPlace(report);
  const workers = workersOf(best.point.workers, place);
  const from = workers < 2 ? null : fromText(said, best, workers);
  if (workers >= 2 && from === null) return null;
  return `${quoted(best.point.executor)}: ${paysText(best.point.workers, place, from)}`;
}

interface Seen {
  readonly point: TunePoint;
  readonly perSecond: number;
}

function bestThroughBroker(points: readonly TunePoint[], forks: readonly TuneFork[]): Seen | null {
  let best: Seen | null = null;
  for (const point of points.filter(({ hasBroker }) => hasBroker === true)) {
    const logs = forks.flatMap(fork => (fork.logs[point.id] ?? []).filter(log => log !== null));
    const perSecond = logs.length === 0 ? 0 : Math.exp(meanOf(logs));
    if (perSecond > (best?.perSecond ?? 0)) best = { point, perSecond };
  }
  return best;
}

/** `about 340 µs`; `1 ms or less`, where its tasks wait, so that cores may have been idle. */
function fromText(said: Answered, { point, perSecond }: Seen, workers: number): string | null {
  const { answer, tune } = said;
  const [own, loop] = [point.id, answer.loop].map(id => confirmedOf(said, id));
  const cost = own === undefined || loop === undefined ? null : jobCost(own, loop);
  if (cost !== null) return `about ${duration(brokerPaysFromMs(cost, workers)!)}`;
  if (tune.alone === null) return null;
  const { cpuMs } = tune.alone;
  const overheadMs = (workers * 1_000) / perSecond - cpuMs;
  if (overheadMs <= 0) return null;
  const text = duration(brokerPaysFromMs({ overheadMs, controllerMs: 0 }, workers)!);
  const computing = point.bound !== null && point.bound * cpuMs >= COMPUTING_LIMITS * workers * 1_000;
  return computing ? `about ${text}` : `${text} or less`;
}
