import { DEFAULT_MEASUREMENT } from '../plan/measurement.js';
import { duration, exactNumber, fixed, percent, ratioInterval } from '../report/format.js';
import { wrapAfter } from '../report/text.js';
import type { SelfCheck, Tally } from './evaluate.js';
import type { WorkKind } from './experiments.js';

const TITLE_WIDTH = 12;

/** The findings for people: what was tried, how often, what came of it, and what that proves. */
export function selfCheckText(check: SelfCheck, width: number): string {
  const line = (title: string, text: string) => wrapAfter(title.padEnd(TITLE_WIDTH), text, width);
  const lines = [
    ...line('A/A', falseClaimsText(check)),
    ...line('slow-downs', slowDownsText(check)),
    ...line('timers', timersText(check)),
    ...line('computing', computingText(check)),
    ...line('resolution', resolutionText(check)),
    ...(check.unmeasured === 0
      ? []
      : line(
          'unmeasured',
          `${check.unmeasured} experiments gave no interval (lost, or too few forks in the budget)`,
        )),
    '',
    ...conclusion(check).flatMap(([title, text]) => line(title, text).map(one => one.trimStart())),
  ];
  return `${lines.join('\n')}\n`;
}

function conclusion({ failures, falseClaims, slowDowns, timers, computing }: SelfCheck): [string, string][] {
  if (failures.length > 0) return failures.map(failure => ['NOT', failure]);
  const experiments = falseClaims.of + slowDowns.reduce((sum, { found }) => sum + found.of, 0);
  if (experiments === 0 && timers === null && computing === null) return [['', 'Nothing was measured.']];
  return [['', 'As promised, as far as this many experiments can tell.']];
}

function tallyText({ times, of }: Tally): string {
  return `${times} of ${of}`;
}

function falseClaimsText({ falseClaims }: SelfCheck): string {
  if (falseClaims.of === 0) return 'not measured';
  const { byExecutor, accepted, atMostShare } = falseClaims;
  const each = Object.entries(byExecutor).map(([name, tally]) => `${name} ${tallyText(tally)}`);
  return (
    `executors against themselves, each pair with its own forks: ${tallyText(falseClaims)} called faster or slower. ` +
    `That proves a rate of at most ${percent(atMostShare)} (95 %); a program that keeps its 5 % makes at most ${accepted} (99 %). ` +
    `By executor: ${each.join(', ')}`
  );
}

function slowDownsText({ slowDowns, acceptedMisses }: SelfCheck): string {
  if (slowDowns.every(({ found }) => found.of === 0)) return 'not measured';
  const each = slowDowns.map(
    ({ share, found, covered }) =>
      `${exactNumber(share * 100)} % found in ${tallyText(found)}, in the interval in ${tallyText(covered)}`,
  );
  return `tasks that compute longer: ${each.join('; ')}. At most ${acceptedMisses} beside the interval is as promised`;
}

function timersText({ timers }: SelfCheck): string {
  if (timers?.ratio == null || timers.low === null || timers.high === null) return 'not measured';
  const { value, interval } = ratioInterval(timers.ratio, timers.low, timers.high);
  return `limited ÷ a bare loop of setTimeout ${value} ${interval}; wanted within ±5 %`;
}

function computingText({ computing }: SelfCheck): string {
  if (computing === null) return 'not measured';
  const { cpuMs, serviceMs } = computing;
  return `a task calibrated to ${duration(cpuMs)} takes ${fixed(serviceMs, 2)} ms alone (${fixed(serviceMs / cpuMs, 3)}×); wanted within ±10 %`;
}

function resolutionText({ resolution }: SelfCheck): string {
  const known = (['waiting', 'computing'] as WorkKind[]).filter(work => resolution[work] !== null);
  if (known.length === 0) return 'not known';
  const each = known.map(work => `${percent(resolution[work])} (${work})`);
  return `in the default ${duration(DEFAULT_MEASUREMENT.budgetMs)} a scenario, this machine tells differences of ${each.join(' and ')} from nothing in 9 of 10 runs`;
}
