import { type Content, element, type Markup } from './markup.js';
import { policyFor } from './policy.js';
import { pageScript } from './script.js';
import { STYLE } from './style.js';
import { titleText } from './titles.js';

/** A page of one file: the style and the script that all pages have, and a policy that allows these two and nothing else. */
export function documentOf(title: string, content: Content): string {
  const page = element('html', { lang: 'en' }, head(title), body(content));
  return `<!doctype html>\n${page.markup}`;
}

function head(title: string): Markup {
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

function body(content: Content): Markup {
  // At the end: all of the page is there when it runs.
  return element('body', {}, content, { markup: `<script>${pageScript()}</script>\n` });
}
