/** The page of races: it stands at the end of the body, and makes all of the rest. */

import { make } from '../../page/dom.js';
import { enhance } from '../../page/feature.js';
import { enhanceTheme } from '../../page/theme.js';
import { enhanceExplanations } from '../../page/tips/explained.js';
import { Tooltip } from '../../page/tips/tooltip.js';
import { Api } from './api.js';
import { openApp } from './app.js';
import { takeToken } from './token.js';

const NO_TOKEN =
  'This page needs the address that the program has printed, with all that stands behind its #: open that one.';

const token = takeToken({ location, history, storage: sessionStorage });
const main = document.getElementById('main')!;

enhance(document, {
  theme: enhanceTheme,
  explanations: page => enhanceExplanations(page, new Tooltip(page)),
  races: page => {
    if (token === null) {
      main.append(make(page, 'div', { class: 'box error', role: 'alert' }, make(page, 'p', {}, NO_TOKEN)));
      return undefined;
    }
    return openApp(page, main, new Api(token));
  },
});
