/** What scripts add to the report page. It stands at the end of the body: all of the page is there. */
import { enhance } from './feature.js';
import { enhanceTheme } from './theme.js';
import { enhanceTimelines } from './timeline/timelines.js';

enhance(document, {
  theme: enhanceTheme,
  timelines: enhanceTimelines,
});
