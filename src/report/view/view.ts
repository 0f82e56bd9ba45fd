import type { FindingCode, GateVerdict, Report } from '../../schema/index.js';
import { gateNeeds, withGateBudgets } from '../hints/gate-needs.js';
import { hintsOf } from '../hints/hints.js';
import { harmlessData } from '../text.js';
import { brokerPlace } from '../words/broker-pays.js';
import { explanationsOf } from '../words/explanations.js';
import { WHERE_WORDS_ARE } from '../words/glossary.js';
import { loadOf } from '../words/load.js';
import { commandOf, environmentOf } from './environment.js';
import { factsOf, interruptionOf, machineOf, titleOf } from './facts.js';
import { groupScenarios } from './groups.js';
import { mapView } from './map.js';
import { rateSweepView } from './rate-sweep.js';
import { scenarioView } from './scenario.js';
import { sweepView } from './sweep.js';
import { answerView } from './tune.js';
import type { GroupView, ReportView, Sections } from './types.js';

/** What readers of load tests would take for a response time. */
const BATCH_NOTE =
  'Service is how long a task ran. In a batch its latency would be its time in the batch, a place in the line: for response times let tasks arrive, with --load rate=N/s.';

export interface ViewOptions {
  /** Of scenarios that carry an attachment. */
  readonly sections?: Sections | undefined;
  /** What is said of the report beside it: one command is named for both. */
  readonly gates?: readonly GateVerdict[] | undefined;
}

/** Of a tune: its figures; what follows from them the answer has said. */
function asEvidence(group: GroupView): GroupView {
  const headline = 'The best on a loop, what is recommended and the runner-up, in fresh processes';
  return { ...group, headline, why: null };
}

function executorsOf({ scenarios, tune, map }: Report): string[] {
  const measured = scenarios.flatMap(({ executors }) => executors.map(({ variant }) => variant.name));
  const searched = (tune?.points ?? []).map(({ executor }) => executor);
  const mapped = map == null ? [] : [map.loop, map.threads];
  return [...new Set([...measured, ...searched, ...mapped])];
}

/** Of the findings that are said. */
function codesOf({ notes, places }: GroupView): FindingCode[] {
  return [...notes.flatMap(({ code }) => code ?? []), ...places.flatMap(codesOf)];
}

/** Decides what is said of a report, for every format alike. Pure. */
export function view(untrusted: Report, { sections = {}, gates = [] }: ViewOptions = {}): ReportView {
  const needs = gateNeeds(harmlessData(gates));
  const report = withGateBudgets(harmlessData(untrusted), needs);
  // What would make a tune surer it says itself.
  const hints = report.tune == null ? hintsOf(report, needs) : () => [];
  const remarks = { hints, sections, place: brokerPlace(report) };
  const compared = report.scenarios.filter(({ purpose }) => purpose === 'comparison');
  const groups = groupScenarios(compared).map(group => {
    if (group.kind === 'single') return scenarioView(group.result, group.fixed, remarks);
    return group.axis === 'rate' ? rateSweepView(group, report, remarks) : sweepView(group, remarks);
  });
  const hasBatch = compared.some(({ scenario }) => loadOf(scenario).batchTasks !== null);
  return {
    title: titleOf(report),
    facts: factsOf(report),
    machine: machineOf(report),
    interruption: interruptionOf(report),
    answer: report.tune == null ? null : answerView(report, report.tune),
    map: report.map == null ? null : mapView(report, report.map),
    groups: report.tune == null ? groups : groups.map(asEvidence),
    executors: executorsOf(report),
    explanations: explanationsOf(new Set(groups.flatMap(codesOf))),
    environment: environmentOf(report),
    command: commandOf(report),
    footnotes: [
      ...(groups.length === 0 && report.tune == null && report.map == null ? ['Nothing was measured.'] : []),
      ...(hasBatch ? [BATCH_NOTE] : []),
      ...(groups.length === 0 ? [] : [WHERE_WORDS_ARE]),
    ],
  };
}
