import { defineSuite } from '../../src/settings/suite.js';
import comments from './comments.js';
import feed from './feed.js';
import movies from './movies.js';
import ping from './ping.js';
import todos from './todos.js';

/**
 * An article's program runs once: cold ratios are what its figures stand beside. A quarter of a second opens connections for
 * the warm ones, which are there for comparison; bringing code to its speed would take longer than four minutes.
 */
export default defineSuite({
  name: 'articles',
  summary:
    'every program of the five articles that this grew out of, their waits at a tenth: under four minutes',
  scenarios: [comments, ping, todos, feed, movies].flatMap(({ scenarios }) => scenarios),
});
