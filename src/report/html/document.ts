import { type Content, element, type Markup } from './markup.js';
import { policyFor } from './policy.js';
import { pageScript } from './script.js';
import { STYLE } from './style.js';
import { titleText } from './titles.js';

/** What a page says, in this order. */
export interface PageParts {
  readonly title: string;
  /** In one line below it: what it is, where and how it was made. */
  readonly facts: string;
  /** Below that: what restricts all of it, and the verdicts. */
  readonly verdicts: Content;
  readonly main: Content;
  readonly footer: Content;
}

/** A page of one file: the style and the script that all pages have, and a policy that allows these two and nothing else. */
export function documentOf(parts: PageParts): string {
  const page = element('html', { lang: 'en' }, head(parts), body(parts));
  return `<!doctype html>\n${page.markup}`;
}

function head({ title }: PageParts): Markup {
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policyFor([STYLE], [pageScript()]) }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, `${titleText(title)} · threads-vs-loop`),
    // Our own text: what it has of quotes and brackets is meant.
    { markup: `<style>${STYLE}</style>\n` },
  );
}

function body({ title, facts, verdicts, main, footer }: PageParts): Markup {
  return element(
    'body',
    {},
    element('a', { class: 'skip', href: '#main' }, 'Skip to the results'),
    element(
      'header',
      {},
      element('p', { class: 'program' }, 'threads-vs-loop'),
      element('h1', {}, titleText(title)),
      element('p', { class: 'facts' }, facts),
      verdicts,
    ),
    element('main', { id: 'main' }, main),
    element('footer', {}, footer),
    // At the end: all of the page is there when it runs.
    { markup: `<script>${pageScript()}</script>\n` },
  );
}
