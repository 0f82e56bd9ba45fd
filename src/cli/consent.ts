import { count, exactNumber } from '../report/format.js';
import { harmless } from '../report/text.js';
import type { Plan, Remote } from '../schema/index.js';
import { hiderOf } from '../secrets.js';
import type { CliDeps } from './deps.js';

const MOST_SHOWN = 5;
/** Of whoever would send more, and so of most. */
const HELD =
  'Executors that could do more are held to that rate and give no verdict: --load rate=50/s compares their latencies.';
const REFUSED = 'Nothing was sent, and nothing was run.\n';

export interface ConsentRequest {
  readonly plan: Plan;
  /** Answered beforehand, by `--yes`. */
  readonly yes: boolean;
  /** Of any executor, at most. */
  readonly inFlight: number;
}

/**
 * Says what will be sent to other machines and, on a terminal, asks. Without one it goes on: whoever wrote
 * `--allow-remote` meant it.
 *
 * @returns null to go on, else the exit code: nothing is to be run
 */
export async function askToSend({ plan, yes, inFlight }: ConsentRequest, deps: CliDeps): Promise<130 | null> {
  const remote = plan.scenarios.flatMap(one => one.remote ?? []);
  // The limits are those of the run, alike for all.
  const [first] = remote;
  if (first === undefined) return null;
  const { stderr, ask } = deps;
  stderr.write(`${linesOf(first, remote, inFlight, plan).join('\n')}\n`);
  if (yes || ask === undefined) return null;
  const answer = await ask('Send this? [y/N] ');
  if (answer !== null && /^y(?:es)?$/i.test(answer.trim())) return null;
  stderr.write(answer === null ? `\n${REFUSED}` : REFUSED);
  return 130;
}

function linesOf(
  { perSecond, total }: Remote,
  remote: readonly Remote[],
  inFlight: number,
  plan: Plan,
): string[] {
  const requests = [
    ...new Set(remote.flatMap(one => one.requests.map(({ method, url }) => `${method} ${url}`))),
  ];
  const more = requests.length - MOST_SHOWN;
  const rates = plan.scenarios.flatMap(({ load }) => (load.kind === 'rate' ? load.perSecond : []));
  const byLoad = rates.length === plan.scenarios.length ? Math.max(...rates) : null;
  const rate = byLoad ?? perSecond;
  const parts = [
    rate === null ? 'as many a second as there is room for' : `at most ${exactNumber(rate)} a second`,
    `${count(inFlight)} in flight`,
    total === null ? 'without a limit in all' : `${count(total)} in all`,
  ];
  const hide = hiderOf(plan);
  return [
    'This run sends requests to another machine:',
    ...requests.slice(0, MOST_SHOWN).map(one => `  ${harmless(hide(one))}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    `${parts.join(', ')} (--remote-rate, --remote-total).`,
    ...(byLoad === null && perSecond !== null ? [HELD] : []),
  ];
}
