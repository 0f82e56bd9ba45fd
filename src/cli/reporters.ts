import { articleSections as sections } from '../articles/section.js';
import { reporters } from '../report/registry.js';
import type { Render, Reporter } from '../report/reporter.js';
import type { Report } from '../schema/index.js';
import { unknownName } from '../suggest.js';
import type { CliDeps } from './deps.js';
import { hasColour, widthOf } from './terminal.js';

/** What stands beside the results unless it is not wanted. */
export const PAGE_FORMAT = 'html';

/**
 * @param flag where it was named
 * @throws UsageError for a name there is not
 */
export function findReporter(flag: string, name: string): Reporter {
  const found = reporters.find(one => one.name === name);
  const names = reporters.map(one => one.name);
  if (found === undefined) throw unknownName(flag, name, names, 'Leave it out for the terminal.');
  return found;
}

/** `terminal,markdown`: each once. */
export function namedReporters(flag: string, names: string): [Reporter, ...Reporter[]] {
  const [first = '', ...others] = new Set(names.split(',').map(name => name.trim()));
  return [findReporter(flag, first), ...others.map(name => findReporter(flag, name))];
}

/** Those that are kept beside the results, without the page: that is written anyway, unless it is not wanted. */
export function besidesPage(others: readonly Reporter[], { html }: { readonly html?: boolean | undefined }) {
  return html === false ? others : others.filter(({ name }) => name !== PAGE_FORMAT);
}

/** As text of a file. */
export async function textOf({ load }: Reporter, report: Report, { stdout, env }: CliDeps): Promise<string> {
  const render = await load();
  return render(report, { width: widthOf(stdout, env), colour: false, sections });
}

/** As text of standard output. */
export function print(render: Render, report: Report, { stdout, env }: CliDeps): void {
  stdout.write(render(report, { width: widthOf(stdout, env), colour: hasColour(stdout, env), sections }));
}
