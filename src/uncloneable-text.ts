import type { Uncloneable } from './schema/index.js';

type Texts = Readonly<Record<Uncloneable['what'], (quote: string) => string>>;

const TEXTS: Texts = {
  function: source => `, a function (${source}),`,
  symbol: name => `, a symbol (${name}),`,
  proxy: () => ', a Proxy,',
  instance: name => `, ${withArticle(name)},`,
  'detached-buffer': name => `, a detached ${name},`,
  'view-of-detached': name => `, ${withArticle(name)} whose buffer is detached,`,
  'nested-too-deeply': () => ', nested too deeply,',
  refused: () => '',
  unreadable: () => '',
};

/** `result.callback, a function (() => index), cannot be sent to another thread`. */
export function uncloneableText({ way, path, what, quote }: Uncloneable): string {
  if (what === 'unreadable') return `${path} could not be read: ${quote}`;
  const place = path === 'result' ? 'the result' : path;
  const why = what === 'refused' ? `: ${quote}` : '';
  return `${place}${TEXTS[what](quote ?? '')} cannot be sent to another ${way}${why}`;
}

function withArticle(name: string): string {
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}
