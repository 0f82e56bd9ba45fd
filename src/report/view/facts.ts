import type { Environment, Report, Scenario } from '../../schema/index.js';
import { duration, exactNumber } from '../format.js';
import { brokerName } from '../words/brokers.js';
import { listed } from '../words/labels.js';
import { nodesOf } from './nodes.js';

/** `Suite default`, `waiting and computing`; of a tune what was tuned. */
export function titleOf({ plan, tune }: Report): string {
  if (tune != null) return `How many for ${tune.target}?`;
  const names = [...new Set(plan.scenarios.map(({ title }) => title))];
  return plan.suite === null ? listed(names) || 'Nothing' : `Suite ${plan.suite}`;
}

/** Where and how the figures were made: `Node 20.20`, `2 cores`, `6 executors`, `seed 7`, `61 s`. */
export function factsOf(report: Report): string[] {
  const { environment, plan, scenarios, seed, elapsedMs, map, tune, brokers = [] } = report;
  // A tune shows what it has confirmed, and has searched more.
  const shown =
    tune == null ? scenarios : plan.scenarios.map(scenario => ({ executors: executorsOf(scenario) }));
  const measured = shown.flatMap(({ executors }) => executors.map(({ variant: { name } }) => name));
  const names = new Set(measured.length === 0 && map != null ? [map.loop, map.threads] : measured);
  const executors = `${names.size} ${names.size === 1 ? 'executor' : 'executors'}`;
  const compared = nodesOf(plan).map(({ label }) => label);
  const node = environment.node.replace(/^v/, '').split('.').slice(0, 2).join('.');
  return [
    `Node ${compared.length === 0 ? node : listed(compared)}`,
    coresText(environment),
    executors,
    ...new Set(brokers.map(brokerName)),
    `seed ${seed}`,
    duration(elapsedMs),
  ];
}

function executorsOf({ executors }: Scenario) {
  return executors.map(variant => ({ variant }));
}

export function machineOf({ environment, startedAt }: Report): string[] {
  const { cpuModel, platform, arch } = environment;
  const day = startedAt.slice(0, 10);
  return [cpuModel.trim(), coresText(environment), `${platform} ${arch}`, day].filter(Boolean);
}

/** `2 cores`; `1.5 of 8 cores` where a cgroup limits them. */
function coresText({ cores, cgroupCores }: Environment): string {
  const limited = cgroupCores !== null && cgroupCores < cores;
  const number = limited ? `${exactNumber(cgroupCores)} of ${cores}` : String(cores);
  return `${number} ${cores === 1 ? 'core' : 'cores'}`;
}

export function interruptionOf({ interrupted, plan, scenarios, tune, map }: Report): string | null {
  // A tune or a map says so itself.
  if (!interrupted || tune != null || map != null) return null;
  const planned = plan.scenarios.length;
  return `Interrupted: ${scenarios.length} of ${planned} ${planned === 1 ? 'scenario' : 'scenarios'} measured, what was finished is shown`;
}
