import { findProgram, programNames } from '../articles/programs.js';
import { builtIns, type Catalogue } from '../plan/catalogue.js';
import { describeDefault, expectedOf } from '../plan/params.js';
import { reporters } from '../report/registry.js';
import { wrapAfter } from '../report/text.js';
import type { ParamSpec, ParamSpecs } from '../schema/index.js';
import { unknownName } from '../suggest.js';
import type { CliDeps } from './deps.js';
import { widthOf } from './terminal.js';

type Section = (catalogue: Catalogue, width: number) => Promise<string[]>;

const SECTIONS: Readonly<Record<string, Section>> = {
  executors: listExecutors,
  workloads: listWorkloads,
  suites: listSuites,
  reporters: listReporters,
};

/** @throws UsageError for a section there is not */
export async function list(sections: readonly string[], deps: CliDeps): Promise<void> {
  const known = Object.keys(SECTIONS);
  const unknown = sections.find(section => !known.includes(section));
  if (unknown !== undefined) throw unknownName('list', unknown, known, 'Leave it out to list all.');
  const catalogue = deps.catalogue ?? builtIns;
  const width = widthOf(deps.stdout, deps.env);
  const listed = sections.length === 0 ? known : [...new Set(sections)];
  const blocks = await Promise.all(listed.map(section => SECTIONS[section]!(catalogue, width)));
  deps.stdout.write(`${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`);
}

async function listExecutors(catalogue: Catalogue, width: number): Promise<string[]> {
  const executors = await Promise.all(
    catalogue.executorNames.map(name => loaded(catalogue.findExecutor(name), name)),
  );
  const column = columnFor(executors.map(({ name }) => name));
  return [
    'EXECUTORS  run --executors NAME,NAME --option OPTION=VALUE',
    ...executors.flatMap(({ name, summary, options }) => [
      ...wrapAfter(`  ${name.padEnd(column)}`, summary, width),
      ...paramLines(options, width),
    ]),
    '',
    'PROGRAMS  of the five articles: names for executors with options',
    ...programLines(width),
  ];
}

function programLines(width: number): string[] {
  const column = columnFor(programNames);
  return programNames.flatMap(name => {
    const { executor, threads, options, summary } = findProgram(name)!;
    const given = Object.entries({ ...(threads === undefined ? {} : { threads }), ...options });
    const settings = given.map(([key, value]) => `${key}=${value}`).join(' ');
    const what = [executor, settings].filter(Boolean).join(' ');
    return wrapAfter(`  ${name.padEnd(column)}`, `${what}: ${summary}`, width);
  });
}

async function listWorkloads(catalogue: Catalogue, width: number): Promise<string[]> {
  const workloads = await Promise.all(
    catalogue.workloadNames.map(name => loaded(catalogue.findWorkload(name), name)),
  );
  const column = columnFor(workloads.map(({ name }) => name));
  return [
    'WORKLOADS  run NAME --param PARAMETER=VALUE',
    ...workloads.flatMap(({ name, summary, kind, params, defaults }) => [
      ...wrapAfter(`  ${name.padEnd(column)}`, `${summary} (${kind}, ${defaults.tasks} tasks)`, width),
      ...paramLines(params, width),
    ]),
  ];
}

async function listSuites(catalogue: Catalogue, width: number): Promise<string[]> {
  const suites = await catalogue.suites();
  return [
    'SUITES  run SUITE, or run SCENARIO for one of its scenarios',
    ...suites.flatMap(({ name, summary, scenarios }) => {
      const column = columnFor(scenarios.map(scenario => scenario.name));
      return [
        ...wrapAfter(`  ${name}  `, summary, width),
        ...scenarios.flatMap(scenario =>
          wrapAfter(`      ${scenario.name.padEnd(column)}`, scenario.summary ?? scenario.workload, width),
        ),
      ];
    }),
  ];
}

async function listReporters(_catalogue: Catalogue, width: number): Promise<string[]> {
  const column = columnFor(reporters.map(({ name }) => name));
  return [
    'REPORTERS  run --reporter NAME,NAME, or report FILE --format NAME',
    ...reporters.flatMap(({ name, summary, extension }) =>
      wrapAfter(`  ${name.padEnd(column)}`, `${summary} (.${extension})`, width),
    ),
  ];
}

function loaded<T>(entry: { load(): Promise<T> } | undefined, name: string): Promise<T> {
  if (entry === undefined) throw new Error(`${name} is listed in its registry and not found there`);
  return entry.load();
}

function paramLines(specs: ParamSpecs, width: number): string[] {
  const column = columnFor(Object.keys(specs));
  return Object.entries(specs).flatMap(([key, spec]) =>
    wrapAfter(`      ${key.padEnd(column)}`, paramText(spec), width),
  );
}

function paramText(spec: ParamSpec): string {
  return `${spec.summary} (${expectedOf(spec)}; default ${describeDefault(spec)})`;
}

function columnFor(names: readonly string[]): number {
  return Math.max(0, ...names.map(name => name.length)) + 2;
}
