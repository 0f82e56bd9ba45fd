import type { LoadedConfig } from '../plan/config-file.js';
import { type ScenarioInForce, type SettingInForce, type Source, settingsInForce } from '../plan/in-force.js';
import type { PlanAndDrafts } from '../plan/plan.js';
import type { WholeRunSetting } from '../plan/whole-run.js';
import { type Paint, paintFor } from '../report/terminal/paint.js';
import { widthOf as columnsOf, harmless, padEnd, wrap } from '../report/text.js';
import { hiderOf } from '../secrets.js';
import type { Setting } from '../settings/setting.js';
import { ALL_SETTINGS } from '../settings/table.js';
import { flagOf, literal, type NamedSetting } from '../settings/wording.js';
import type { CliDeps } from './deps.js';
import { hasColour, widthOf } from './terminal.js';

/** What a run would do: every setting in force, and where its value comes from. */
export function printPlan(
  made: PlanAndDrafts,
  config: LoadedConfig | null,
  deps: Pick<CliDeps, 'stdout' | 'env'>,
): void {
  const layout = layoutOf(deps);
  const tables = hiderOf(made.plan)(settingsInForce(made)).map(one => settingsTable(one, layout));
  printBlocks([planHead(made, config), ...tables], deps);
}

/** Where it is printed. */
interface Layout {
  readonly width: number;
  readonly paint: Paint;
}

export function layoutOf({ stdout, env }: Pick<CliDeps, 'stdout' | 'env'>): Layout {
  return { width: widthOf(stdout, env), paint: paintFor(hasColour(stdout, env)) };
}

export function planHead({ plan, wholeRun }: PlanAndDrafts, config: LoadedConfig | null): string[] {
  return [
    'threads-vs-loop · plan, nothing is measured',
    `config file: ${config === null ? 'none' : harmless(config.shown)}`,
    ...hiderOf(plan)(wholeRun).map(wholeRunLine),
  ];
}

function wholeRunLine({ field, value, source }: WholeRunSetting): string {
  const from = {
    override: givenBy(field),
    config: WORDS.config,
    random: 'drawn at random',
    default: WORDS.default,
  };
  return harmless(`${field}: ${value} (${from[source]})`);
}

export function settingsTable(one: ScenarioInForce, layout: Layout): string[] {
  return [layout.paint.strong(headingOf(one)), ...tableOf(one.settings.map(cellsOf), layout)];
}

/** With an empty line between them. */
export function printBlocks(
  blocks: readonly (readonly string[])[],
  { stdout }: Pick<CliDeps, 'stdout'>,
): void {
  stdout.write(`${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`);
}

function headingOf({ title, name, workload, file, variants }: ScenarioInForce): string {
  const where = file === null ? '' : `, in ${file}`;
  const several = variants === 1 ? '' : `, ${variants} variants`;
  return harmless(`${title}   scenario ${name} of workload ${workload}${where}${several}`);
}

/** A line of the table; what is longer than its column goes on below. */
export type Cells = readonly [setting: string, value: string, from: string];
const HEADING: Cells = ['setting', 'value', 'from'];
const INDENT = '  ';
const GAP = '  ';
/** Share of the room beside the names that the last column may take. */
const MOST_FOR_SOURCE = 0.55;

export function tableOf(rows: readonly Cells[], { width, paint }: Layout): string[] {
  const longest = (at: 0 | 2) => Math.max(...[HEADING, ...rows].map(cells => columnsOf(cells[at])));
  const room = width - INDENT.length - longest(0) - 2 * GAP.length;
  const from = Math.min(longest(2), Math.floor(room * MOST_FOR_SOURCE));
  const widths = [longest(0), room - from, from] as const;
  return [paint.quiet(linesOf(HEADING, widths).join('\n')), ...rows.flatMap(cells => linesOf(cells, widths))];
}

/** A cell that is wider than its column goes on below. */
function linesOf(cells: Cells, widths: readonly [number, number, number]): string[] {
  const wrapped = cells.map((cell, at) => wrap(cell, widths[at]!));
  const height = Math.max(...wrapped.map(lines => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const parts = wrapped.map((lines, at) => padEnd(lines[line] ?? '', widths[at]!));
    return `${INDENT}${parts.join(GAP)}`.trimEnd();
  });
}

function cellsOf({ field, key, values, source }: SettingInForce): Cells {
  const setting = key === null ? field : `${field}.${key}`;
  return [harmless(setting), harmless(values.map(valueText).join(', ')), words(field, source)];
}

/** As a config has it, but without quotes. */
function valueText(value: unknown): string {
  if (value === '') return "''";
  if (typeof value === 'number') return literal(value);
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

const WORDS: Readonly<Record<Exclude<Source, 'override'>, string>> = {
  config: 'config file',
  scenario: 'scenario',
  executors: 'its executors',
  workload: 'workload default',
  load: 'load and duration',
  default: 'built-in default',
};

function words(field: SettingInForce['field'], source: Source): string {
  return source === 'override' ? givenBy(field) : WORDS[source];
}

function givenBy(field: NamedSetting): string {
  const row: Setting<unknown, unknown> = ALL_SETTINGS[field];
  return row.flag === null ? field : `flag ${flagOf(row)}`;
}
