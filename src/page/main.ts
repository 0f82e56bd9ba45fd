/** What scripts add to the report page. It stands at the end of the body: all of the page is there. */
import { enhance } from './feature.js';
import { enhanceTheme } from './theme.js';

enhance(document, {
  theme: enhanceTheme,
});
