import { articleSections } from '../../src/articles/section.js';
import type { ChartFile } from '../../src/report/folder-form.js';
import { renderCharts } from '../../src/report/svg/charts.js';
import type { Report } from '../../src/schema/index.js';

/**
 * One chart of a run, for light and for dark pages.
 *
 * @param name its file's, without theme and extension: `comments-get-timeline`
 * @throws Error for a run that has no such chart
 */
export function chartsNamed(name: string, report: Report): ChartFile[] {
  const files = renderCharts(report, { sections: articleSections });
  const found = files.filter(file => file.name.replace(/-(?:light|dark)\.svg$/, '') === name);
  if (found.length > 0) return found;
  throw new Error(`Expected the chart ${name}, got ${files.map(file => file.name).join(', ')}`);
}
