import type { CommandLine, Report, ScenarioResult } from '../../schema/index.js';
import { conclude } from '../words/conclusion.js';
import { loadOf } from '../words/load.js';
import type { Note } from '../words/notes.js';
import { commandHint, durationFlag, type FlagChanges, hasFlags, positionals } from './command-hint.js';
import { type GateNeeds, larger } from './gate-needs.js';
import { precisionRemedy } from './precision-remedy.js';
import { NO_REMEDY, type Remedy, remedyOf } from './remedy.js';

/** What to run for a verdict that says more: one line for a scenario, or for all places of a sweep. */
export type Hints = (scenarios: readonly ScenarioResult[]) => Note[];

const TRY = 'try';

/** @param needs what would decide gates, which the same command is to do */
export function hintsOf(report: Report, needs: GateNeeds = new Map()): Hints {
  const { command } = report;
  const names = new Set(report.scenarios.map(({ scenario: { name } }) => name));
  return scenarios => {
    const ofVerdicts = scenarios
      .map(result => {
        const conclusion = conclude(result);
        // Along an axis there is a place where the two are alike: that one is the answer there.
        const isAnswer = scenarios.length > 1 && conclusion.kind === 'no difference';
        return remedyOf(result, isAnswer ? { ...conclusion, about: [] } : conclusion);
      })
      .reduce(larger, NO_REMEDY);
    // One command: what the verdict needs first, and what it would only be more precise by where it needs nothing.
    const remedy = scenarios
      .map(result => gateRemedy(result, needs))
      .reduce(larger, isNone(ofVerdicts) ? precisionRemedy(scenarios) : ofVerdicts);
    if (isNone(remedy)) return [];
    if (command === null) return [{ label: TRY, text: settingsText(remedy) }];
    const changes = flagsOf(remedy, scenarios, command);
    // What was just done did not help.
    if (hasFlags(command, changes)) return [];
    const target = names.size > 1 && canBeNamed(command) ? scenarios[0]!.scenario.name : null;
    const words = commandHint(command, changes, target);
    return [{ label: TRY, text: words.join(' '), words }];
  };
}

/** Code that is not warm needs its budget first, which is the gate's too: forks of cold trials say nothing of those of warm ones. */
function gateRemedy({ steadiness: { state }, scenario: { id } }: ScenarioResult, needs: GateNeeds): Remedy {
  return state === 'not warm' ? NO_REMEDY : (needs.get(id) ?? NO_REMEDY);
}

function isNone(remedy: Remedy): boolean {
  return Object.values(remedy).every(value => value === null);
}

/** A scenario of a suite of one's own is no target by its name. */
function canBeNamed(command: CommandLine): boolean {
  return !positionals(command).some(target => /[\\/]|\.(?:[cm]?[jt]s|[jt]sx)$/.test(target));
}

function flagsOf(remedy: Remedy, scenarios: readonly ScenarioResult[], command: CommandLine): FlagChanges {
  const { budgetMs, forks, warmupTasks, warmupMs } = remedy;
  return {
    ...trialLength(remedy, scenarios, command),
    ...(forks === null ? {} : { forks: String(forks) }),
    ...(warmupMs === null ? {} : { warmup: durationFlag(warmupMs) }),
    ...(warmupTasks === null ? {} : { warmup: String(warmupTasks) }),
    ...(budgetMs === null ? {} : { budget: durationFlag(budgetMs) }),
  };
}

/** Where a rate came with a number of tasks it cannot have a duration as well. */
function trialLength(
  { tasks, durationMs }: Remedy,
  scenarios: readonly ScenarioResult[],
  command: CommandLine,
): FlagChanges {
  if (tasks !== null) return { tasks: String(tasks) };
  if (durationMs === null) return {};
  const hasTasks = command.args.some(word => /^(-n|--tasks(=.*)?)/.test(word));
  if (!hasTasks) return { duration: durationFlag(durationMs) };
  const rates = scenarios.map(({ scenario }) => loadOf(scenario).perSecond ?? 0);
  return { tasks: String(Math.ceil((Math.min(...rates) * durationMs) / 1_000)) };
}

/** For a program that has no command line. */
function settingsText(remedy: Remedy): string {
  const settings = Object.entries(remedy).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  );
  return `run() with ${settings.join(', ')}`;
}
