import { PLAIN_ORIGIN } from '../origin/settings.js';
import type { LatencyDistribution, OriginSettings, ParamSpecs } from '../schema/index.js';
import { choice, flag, freeText, milliseconds, number, wholeNumber } from './params.js';
import type { ParamsOf } from './workload.js';

const rate = (summary: string) => number(0, [0, 1], summary);

/** What the embedded origin does, as parameters of a workload. */
export const originParams = {
  waitMs: milliseconds(50, 'how long the origin takes to answer'),
  latency: choice(
    ['fixed', 'uniform', 'lognormal'],
    'how waitMs varies from request to request, with spread: drawn anew in each round, alike for all executors',
  ),
  spread: number(
    0.5,
    [0, 3],
    'uniform: waitMs × (1 ± spread), at most 1; lognormal: sigma, waitMs being the median',
  ),
  connectMs: milliseconds(
    0,
    'added to the first answer on a connection, as opening one to a server far away takes',
  ),
  payloadBytes: wholeNumber(
    0,
    [0, 10_000_000],
    'size of an answer at least; 0: as it comes (an item 100 to 250 bytes, a movie 30 kB)',
  ),
  errorRate: rate('share of requests answered 500'),
  resetRate: rate('share of requests whose connection is reset'),
  stallRate: rate('share of requests that are never answered'),
  brokenRate: rate('share of requests answered with JSON that does not parse'),
  browsersOnly: flag(false, "503 to a User-Agent that does not look like a browser's"),
  browsersOnlyPath: freeText('', 'the one path that browsersOnly applies to, such as /sites/shop; none: all'),
  limit: wholeNumber(0, [0, 100_000], 'simultaneous requests past which overLimit applies; 0: no limit'),
  overLimit: choice(
    ['slow', '503'],
    'past the limit: wait requests ÷ limit times as long, or be answered 503 at once',
  ),
  pauseMs: milliseconds(
    0,
    'how long the whole origin stops, at the beginning of every pauseEveryMs; 0: never',
  ),
  pauseEveryMs: number(0, [0, 600_000], 'from the beginning of one pause to that of the next'),
} as const satisfies ParamSpecs;

type OriginParams = ParamsOf<typeof originParams>;

/** Each setting is the parameter of its name, but for the latency. */
export function originSettings(params: OriginParams): OriginSettings {
  const names = Object.keys(PLAIN_ORIGIN) as (keyof OriginSettings)[];
  const settings = Object.fromEntries(names.map(name => [name, params[name]]));
  return { ...(settings as unknown as OriginSettings), latency: latencyOf(params) };
}

function latencyOf({ latency: kind, waitMs, spread }: OriginParams): LatencyDistribution {
  switch (kind) {
    case 'fixed':
      return { kind, ms: waitMs };
    case 'uniform':
      return { kind, minMs: waitMs * (1 - spread), maxMs: waitMs * (1 + spread) };
    case 'lognormal':
      return { kind, medianMs: waitMs, sigma: spread };
  }
}
