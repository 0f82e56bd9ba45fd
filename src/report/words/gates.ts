import { formatGate, formatPredicate } from '../../predicate.js';
import type { Gate, GateFinding, GateOutcome, GateVerdict, Predicate } from '../../schema/index.js';
import { fixed, ratioInterval, times } from '../format.js';
import { durationFlag } from '../hints/command-hint.js';
import { roundedUp } from '../hints/remedy.js';
import { truncate } from '../text.js';
import { isNarrow } from './decision.js';
import type { Note } from './notes.js';
import { objectiveFigure } from './objectives.js';

/** Findings that are told. */
const MOST_FINDINGS = 8;
/** Of a pair both ids: what tells them apart is often their end. */
const LONGEST_PLACE = 120;
const MORE_DECIMALS = 4;

const OUTCOMES: Readonly<Record<GateOutcome, string>> = {
  passes: 'Passes',
  fails: 'Fails',
  undecided: 'Undecided',
};

const NOTHING: Readonly<Record<Gate['kind'], string>> = {
  slower: 'nothing was compared with the earlier run',
  slo: 'no scenario has an objective that was judged',
  ratio: 'no scenario has both executors',
};

const WITHOUT: Readonly<Record<NonNullable<GateFinding['without']>, string>> = {
  INVALID: 'INVALID',
  overloaded: 'overloaded',
  'not measured': 'there is no figure',
  'not compared': 'not compared',
  'too few forks': 'too few forks for an interval',
};

/** `Fails: slower > 5 % (1 of 6, 2 undecided)`, without a full stop. */
export function gateHeadline({ gate, outcome, findings }: GateVerdict): string {
  const numberOf = (wanted: GateOutcome) => findings.filter(one => one.outcome === wanted).length;
  const text = `${OUTCOMES[outcome]}: ${formatGate(gate)}`;
  if (findings.length === 0) return `${text}, ${NOTHING[gate.kind]}`;
  const of = `${numberOf(outcome)} of ${findings.length}`;
  const open = outcome === 'fails' && numberOf('undecided') > 0 ? `, ${numberOf('undecided')} undecided` : '';
  return `${text} (${of}${open})`;
}

/**
 * Why: a line for what failed or is open, and what would decide all of that.
 *
 * @param advised scenarios of which the report beside it says that
 */
export function gateNotes({ gate, findings }: GateVerdict, advised: readonly string[] = []): Note[] {
  const told = findings.filter(({ outcome }) => outcome !== 'passes');
  const shown = told.slice(0, MOST_FINDINGS);
  const rest = told.length - shown.length;
  return [
    ...shown.map(one => ({ label: one.outcome, text: findingText(gate, one) })),
    ...(rest > 0 ? [{ label: 'and', text: `${rest} more` }] : []),
    ...decidingNote(told, advised),
  ];
}

/** One command for all findings of a gate, and named as the gate's: a report has its own, for its verdict. */
function decidingNote(findings: readonly GateFinding[], advised: readonly string[]): Note[] {
  const open = findings.filter(({ outcome, needed }) => outcome === 'undecided' && needed !== null);
  const needed = open.flatMap(one => (advised.includes(one.scenario) ? [] : one.needed!));
  if (needed.length === 0) {
    const isInBoth = open.some(one => one.needed!.inBoth);
    return isInBoth ? [{ label: 'for the gate', text: 'as much in both runs' }] : [];
  }
  const budgetMs = Math.max(...needed.map(one => one.budgetMs ?? 0));
  const budget = budgetMs === 0 ? '' : ` --budget ${durationFlag(roundedUp(budgetMs))}`;
  const runs = needed.some(({ inBoth }) => inBoth) ? ', in both runs' : '';
  const forks = Math.max(...needed.map(one => one.forks));
  return [{ label: 'for the gate', text: `--forks ${forks}${budget}${runs}` }];
}

function findingText(gate: Gate, finding: GateFinding): string {
  const { scenario, executor, against, without } = finding;
  // The executor is the scenario's id where that is missing as a whole.
  const whom = [executor, ...(against === null ? [] : [against])].join(' ÷ ');
  const place = truncate(executor === scenario ? `${scenario}:` : `${scenario}: ${whom}`, LONGEST_PLACE);
  const figure =
    finding.predicate === null ? ratioFigure(gate, finding) : objectiveText(finding, finding.predicate);
  const reason = without === null ? '' : `${figure === '' ? '' : ': '}${WITHOUT[without]}`;
  return `${place} ${figure}${reason}${openText(gate, finding)}${wideText(gate, finding)}`;
}

/** `misses p99 < 50 ms: 60 ms [55 ms, 64 ms]`. */
function objectiveText({ outcome, value, low, high, without }: GateFinding, predicate: Predicate): string {
  const text = `${outcome === 'fails' ? 'misses' : 'may miss'} ${formatPredicate(predicate)}`;
  if (without !== null) return text;
  if (value === null) return `${text}: too many failed`;
  const ends = low === null || high === null || low === high ? [] : [low, high];
  const interval = ends.map(end => objectiveFigure(predicate, end)).join(', ');
  return `${text}: ${objectiveFigure(predicate, value)}${interval === '' ? '' : ` [${interval}]`}`;
}

/** `is 0.90× [0.88, 0.93] of what it was`; empty where there is none. */
function ratioFigure(gate: Gate, { value, low, high, against }: GateFinding): string {
  if (value === null || gate.kind === 'slo') return '';
  const bound = gate.kind === 'slower' ? Number((1 - gate.value).toPrecision(12)) : gate.value;
  const text = low === null || high === null ? times(value) : intervalText(value, low, high, bound);
  return gate.kind === 'slower' && against === null ? `is ${text} of what it was` : `is ${text}`;
}

/** With digits enough to see on which side of the bound the ends are. */
function intervalText(value: number, low: number, high: number, bound: number): string {
  const { value: text, interval } = ratioInterval(value, low, high);
  const decimals = text.split('.')[1]?.length ?? 0;
  const isHidden = [low, high].some(end => end !== bound && Number(end.toFixed(decimals)) === bound);
  if (!isHidden) return `${text}× ${interval}`;
  const [middle, from, to] = [value, low, high].map(one => fixed(one, MORE_DECIMALS));
  return `${middle}× [${from}, ${to}]`;
}

/** Why a gate fails below a headline that says of the same figure that it is not measured precisely enough. */
function wideText({ kind }: Gate, { outcome, low, high }: GateFinding): string {
  if (outcome !== 'fails' || kind === 'slo' || low === null || high === null) return '';
  return isNarrow(low, high) ? '' : '; wide as it is, all of that interval is past the bound';
}

/** `; about 14 forks would decide it, if it stays there`. */
function openText({ kind }: Gate, { outcome, without, needed }: GateFinding): string {
  if (outcome !== 'undecided') return '';
  const isOnBound = without === null && kind !== 'slo';
  if (needed === null) return isOnBound ? '; it lies on the bound, no budget would decide it' : '';
  const { forks, inBoth } = needed;
  const runs = inBoth ? ' in both runs' : '';
  if (without !== null) return `; ${forks} forks${runs} make one`;
  return `; about ${forks} forks${runs} would decide it, if it stays there`;
}
