import { findProgram, programNames } from '../articles/programs.js';
import { builtIns, type Catalogue } from '../plan/catalogue.js';
import { findConfig, type LoadedConfig } from '../plan/config-file.js';
import { describeDefault, expectedOf } from '../plan/params.js';
import { folderForms, reporters } from '../report/registry.js';
import { harmless, wrapAfter } from '../report/text.js';
import type { ParamSpecs } from '../schema/index.js';
import type { ScenarioSpec } from '../settings/suite.js';
import { requireKnown } from '../suggest.js';
import type { CliDeps } from './deps.js';
import { widthOf } from './terminal.js';

export interface ListFlags {
  /** A path, or false: none. */
  readonly config?: string | boolean | undefined;
}

interface Listed {
  readonly catalogue: Catalogue;
  readonly width: number;
  /** Read when it is asked for: what is wrong in it is nothing to the other sections. */
  config(): Promise<LoadedConfig | null>;
}

type Section = (listed: Listed) => Promise<string[]>;

const SECTIONS: Readonly<Record<string, Section>> = {
  executors: listExecutors,
  workloads: listWorkloads,
  suites: listSuites,
  config: listConfig,
  reporters: listReporters,
};

/** @throws UsageError for a section there is not */
export async function list(sections: readonly string[], { config }: ListFlags, deps: CliDeps): Promise<void> {
  const known = Object.keys(SECTIONS);
  requireKnown('list', sections, known, 'Leave it out to list all.');
  const context: Listed = {
    catalogue: deps.catalogue ?? builtIns,
    width: widthOf(deps.stdout, deps.env),
    config: () => findConfig(deps.cwd, config),
  };
  const listed = sections.length === 0 ? known : [...new Set(sections)];
  const blocks = await Promise.all(listed.map(section => SECTIONS[section]!(context)));
  // That there is no config is said to those who ask for it.
  const shown = blocks.filter(lines => sections.length > 0 || lines[0] !== NO_CONFIG);
  deps.stdout.write(`${shown.map(lines => lines.join('\n')).join('\n\n')}\n`);
}

async function listExecutors({ catalogue, width }: Listed): Promise<string[]> {
  const names = catalogue.executorNames;
  const executors = await Promise.all(names.map(name => catalogue.findExecutor(name)!.load()));
  const listed = executors.map(({ name, summary, options }) => ({
    name,
    text: summary,
    below: paramRows(options, width),
  }));
  const programs = programNames.map(name => ({ name, text: programText(name) }));
  return [
    'EXECUTORS  run --executors NAME,NAME --option OPTION=VALUE',
    ...rows(listed, width),
    '',
    'PROGRAMS  of the five articles: names for executors with options',
    ...rows(programs, width),
  ];
}

function programText(name: string): string {
  const { executor, threads, options, summary } = findProgram(name)!;
  const given = Object.entries({ ...(threads === undefined ? {} : { threads }), ...options });
  const settings = given.map(([key, value]) => `${key}=${value}`).join(' ');
  return `${[executor, settings].filter(Boolean).join(' ')}: ${summary}`;
}

async function listWorkloads({ catalogue, width }: Listed): Promise<string[]> {
  const names = catalogue.workloadNames;
  const workloads = await Promise.all(names.map(name => catalogue.findWorkload(name)!.load()));
  const listed = workloads.map(({ name, summary, kind, params, defaults }) => ({
    name,
    text: `${summary} (${kind}, ${defaults.tasks} tasks)`,
    below: paramRows(params, width),
  }));
  return ['WORKLOADS  run NAME --param PARAMETER=VALUE', ...rows(listed, width)];
}

async function listSuites({ catalogue, width }: Listed): Promise<string[]> {
  const suites = await catalogue.suites();
  return [
    'SUITES  run SUITE, or run SCENARIO for one of its scenarios',
    ...suites.flatMap(({ name, summary, scenarios }) =>
      rows([{ name, text: summary, below: rows(scenarios.map(scenarioRow), width, BELOW) }], width),
    ),
  ];
}

const NO_CONFIG = 'CONFIG  none here, nor in a folder above';

async function listConfig({ config, width }: Listed): Promise<string[]> {
  const found = await config();
  if (found === null) return [NO_CONFIG];
  const { shown, scenarios } = found;
  return [
    `CONFIG  ${harmless(shown)}: run, or run SCENARIO for one of its scenarios`,
    ...(scenarios.length === 0 ? ['  no scenarios: only defaults'] : []),
    ...rows(
      scenarios.map(({ spec }) => scenarioRow(spec)),
      width,
    ),
  ];
}

function scenarioRow({ name, summary, workload }: ScenarioSpec): Row {
  return { name, text: summary ?? workload };
}

async function listReporters({ width }: Listed): Promise<string[]> {
  const listed = reporters.map(({ name, summary, extension }) => ({
    name,
    text: `${summary} (.${extension})`,
  }));
  const folders = folderForms.map(({ name, summary }) => ({ name, text: `${summary} (report alone)` }));
  return [
    'REPORTERS  run --reporter NAME,NAME, or report FILE --format NAME',
    ...rows([...listed, ...folders], width),
  ];
}

function paramRows(specs: ParamSpecs, width: number): string[] {
  const listed = Object.entries(specs).map(([name, spec]) => ({
    name,
    text: `${spec.summary} (${expectedOf(spec)}; default ${describeDefault(spec)})`,
  }));
  return rows(listed, width, BELOW);
}

interface Row {
  readonly name: string;
  readonly text: string;
  /** Lines of its own. */
  readonly below?: readonly string[];
}

const BELOW = ' '.repeat(6);

/** Names in a column, and what is said of each beside it. */
function rows(listed: readonly Row[], width: number, indent = '  '): string[] {
  const column = Math.max(0, ...listed.map(({ name }) => name.length)) + 2;
  return listed.flatMap(({ name, text, below = [] }) => [
    ...wrapAfter(`${indent}${name.padEnd(column)}`, text, width),
    ...below,
  ]);
}
