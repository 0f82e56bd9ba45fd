import { element } from '../report/html/markup.js';
import { bundledScript } from '../report/html/script.js';
import { STYLE } from '../report/html/style.js';
import { UI_STYLE } from './page-style.js';

const TITLE = 'Threads or the event loop? Let them race';

export interface UiDocument {
  readonly html: string;
  /** Contents of its style elements and of its scripts: what a policy allows by their hashes. */
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}

/** The page of races, in one file: what is on it its script makes, of what the server tells. */
export function uiDocument(): UiDocument {
  const style = `${STYLE}${UI_STYLE}`;
  const script = bundledScript('ui/page/main.js');
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, `${TITLE} · threads-vs-loop`),
    // Our own text: what it has of quotes and brackets is meant.
    { markup: `<style>${style}</style>\n` },
  );
  const body = element(
    'body',
    {},
    element('a', { class: 'skip', href: '#main' }, 'Skip to the race'),
    element(
      'header',
      { class: 'top' },
      element('p', { class: 'program' }, 'threads-vs-loop'),
      element('p', { class: 'about', id: 'machine' }, ''),
    ),
    element(
      'main',
      { id: 'main', tabindex: '-1' },
      element('h1', { class: 'title' }, TITLE),
      element(
        'noscript',
        {},
        element('p', {}, 'This page is made by its script, which is not allowed to run here.'),
      ),
    ),
    { markup: `<script>${script}</script>\n` },
  );
  const page = element('html', { lang: 'en' }, head, body);
  return { html: `<!doctype html>\n${page.markup}`, styles: [style], scripts: [script] };
}
