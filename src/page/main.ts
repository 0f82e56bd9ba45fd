/** What scripts add to the report page. It stands at the end of the body: all of the page is there. */
import { enhanceCharts } from './charts/charts.js';
import { enhance } from './feature.js';
import { enhanceTables } from './sort/sort.js';
import { enhanceTheme } from './theme.js';
import { enhanceTimelines } from './timeline/timelines.js';
import { enhanceExplanations } from './tips/explained.js';
import { Tooltip } from './tips/tooltip.js';

const tooltip = new Tooltip(document);

enhance(document, {
  theme: enhanceTheme,
  tables: enhanceTables,
  explanations: page => enhanceExplanations(page, tooltip),
  charts: page => enhanceCharts(page, tooltip),
  timelines: enhanceTimelines,
});
