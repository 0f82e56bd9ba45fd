import { defineSuite } from '../../src/plan/suite.js';
import comments from './comments.js';
import feed from './feed.js';
import movies from './movies.js';
import ping from './ping.js';
import todos from './todos.js';

export default defineSuite({
  name: 'articles',
  summary:
    'every program of the five articles that this grew out of, their waits at a tenth: under four minutes',
  scenarios: [comments, ping, todos, feed, movies].flatMap(({ scenarios }) => scenarios),
});
