import type { Report } from '../../schema/index.js';
import { bytes, duration, exactNumber, fixed, percent } from '../format.js';
import { commandHint } from '../hints/command-hint.js';
import { brokerText } from '../words/brokers.js';
import { nodesOf } from './nodes.js';
import { left, NEVER_DROPPED, tableOf } from './table.js';
import type { TableView } from './types.js';

interface Row {
  readonly what: string;
  readonly value: string;
}

/** All that is known of the machine and the run; what is not known has no row. */
export function environmentOf(report: Report): TableView {
  const { environment: env, generator, startedAt, elapsedMs, seed } = report;
  const limit = env.cgroupCores === null ? '' : `, of which a cgroup allows ${exactNumber(env.cgroupCores)}`;
  const rows: Row[] = [
    { what: 'program', value: generator },
    { what: 'started', value: startedAt },
    { what: 'took', value: duration(elapsedMs) },
    { what: 'seed', value: String(seed) },
    { what: 'commit', value: report.commit ?? '' },
    { what: 'revisions compared', value: revisionsText(report) },
    { what: 'Node', value: `${env.node}, V8 ${env.v8}` },
    { what: 'Nodes compared', value: nodesText(report) },
    { what: 'system', value: `${env.platform} ${env.arch}, ${env.osRelease}` },
    { what: 'CPU', value: env.cpuModel.trim() },
    { what: 'cores', value: `${env.cores}${limit}` },
    { what: 'memory', value: bytes(env.memoryBytes) },
    { what: 'governor', value: env.governor ?? '' },
    { what: 'load average before', value: fixed(env.loadAverage1m, 2) },
    { what: 'taken by the hypervisor', value: env.stealShare === null ? '' : percent(env.stealShare) },
    { what: "threads of libuv's pool", value: String(env.uvThreadpoolSize) },
    { what: 'NODE_OPTIONS', value: env.nodeOptions },
    { what: 'step of the clock', value: duration(env.clockResolutionNs / 1e6) },
    { what: 'versions', value: versionsText(env.versions) },
    { what: 'broker', value: (report.brokers ?? []).map(brokerText).join('; ') },
  ];
  const columns = [
    left('environment', NEVER_DROPPED, ({ what }: Row) => what),
    left('value', NEVER_DROPPED, ({ value }: Row) => value),
  ];
  return tableOf(
    columns,
    rows.filter(({ value }) => value !== ''),
  );
}

/** `HEAD~1 4aef22c…; HEAD 5afa461…`: what a name meant on that day. */
function revisionsText({ plan }: Report): string {
  const all = plan.scenarios.flatMap(({ executors }) => executors.flatMap(({ revision }) => revision ?? []));
  const texts = all.map(({ name, commit }) => `${name} ${commit ?? 'with changes'}`);
  return [...new Set(texts)].join('; ');
}

/** `20.20.2, V8 11.3.244 (node); 24.11.0, V8 13.6.233 (node)`. */
function nodesText({ plan }: Report): string {
  const texts = nodesOf(plan).map(({ label, v8, name }) => `${label}, V8 ${v8} (${name})`);
  return texts.join('; ');
}

function versionsText(versions: Report['environment']['versions']): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

/** The command line that made it, ready for a shell. */
export function commandOf({ command }: Report): string | null {
  return command === null ? null : commandHint(command, {}, null).join(' ');
}
