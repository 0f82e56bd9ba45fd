import type { LatencyDistribution, OriginSettings, ParamSpecs } from '../schema/index.js';

const rate = (summary: string) => ({ kind: 'number', default: 0, min: 0, max: 1, summary }) as const;

/** What the embedded origin does, as parameters of a workload. */
export const originParams = {
  waitMs: {
    kind: 'number',
    default: 50,
    min: 0,
    max: 60_000,
    summary: 'how long the origin takes to answer',
  },
  latency: {
    kind: 'choice',
    default: 'fixed',
    choices: ['fixed', 'uniform', 'lognormal'],
    summary:
      'how waitMs varies from request to request, with spread: drawn anew in each round, alike for all executors',
  },
  spread: {
    kind: 'number',
    default: 0.5,
    min: 0,
    max: 3,
    summary: 'uniform: waitMs × (1 ± spread), at most 1; lognormal: sigma, waitMs being the median',
  },
  connectMs: {
    kind: 'number',
    default: 0,
    min: 0,
    max: 60_000,
    summary: 'added to the first answer on a connection, as opening one to a server far away takes',
  },
  payloadBytes: {
    kind: 'number',
    default: 0,
    min: 0,
    max: 10_000_000,
    integer: true,
    summary: 'size of an answer at least; 0: as it comes (an item 100 to 250 bytes, a movie 30 kB)',
  },
  errorRate: rate('share of requests answered 500'),
  resetRate: rate('share of requests whose connection is reset'),
  stallRate: rate('share of requests that are never answered'),
  brokenRate: rate('share of requests answered with JSON that does not parse'),
  browsersOnly: {
    kind: 'boolean',
    default: false,
    summary: "503 to a User-Agent that does not look like a browser's",
  },
  browsersOnlyPath: {
    kind: 'text',
    default: '',
    summary: 'the one path that browsersOnly applies to, such as /sites/shop; none: all',
  },
  limit: {
    kind: 'number',
    default: 0,
    min: 0,
    max: 100_000,
    integer: true,
    summary: 'simultaneous requests past which overLimit applies; 0: no limit',
  },
  overLimit: {
    kind: 'choice',
    default: 'slow',
    choices: ['slow', '503'],
    summary: 'past the limit: wait requests ÷ limit times as long, or be answered 503 at once',
  },
  pauseMs: {
    kind: 'number',
    default: 0,
    min: 0,
    max: 60_000,
    summary: 'how long the whole origin stops, at the beginning of every pauseEveryMs; 0: never',
  },
  pauseEveryMs: {
    kind: 'number',
    default: 0,
    min: 0,
    max: 600_000,
    summary: 'from the beginning of one pause to that of the next',
  },
} as const satisfies ParamSpecs;

type OriginParams = Omit<OriginSettings, 'latency'> & {
  readonly waitMs: number;
  readonly latency: LatencyDistribution['kind'];
  readonly spread: number;
};

export function originSettings({ waitMs, latency, spread, ...others }: OriginParams): OriginSettings {
  return {
    latency: distribution(latency, waitMs, spread),
    connectMs: others.connectMs,
    payloadBytes: others.payloadBytes,
    errorRate: others.errorRate,
    resetRate: others.resetRate,
    stallRate: others.stallRate,
    brokenRate: others.brokenRate,
    browsersOnly: others.browsersOnly,
    browsersOnlyPath: others.browsersOnlyPath,
    limit: others.limit,
    overLimit: others.overLimit,
    pauseMs: others.pauseMs,
    pauseEveryMs: others.pauseEveryMs,
  };
}

function distribution(
  kind: LatencyDistribution['kind'],
  waitMs: number,
  spread: number,
): LatencyDistribution {
  switch (kind) {
    case 'fixed':
      return { kind, ms: waitMs };
    case 'uniform':
      return { kind, minMs: waitMs * (1 - spread), maxMs: waitMs * (1 + spread) };
    case 'lognormal':
      return { kind, medianMs: waitMs, sigma: spread };
  }
}
