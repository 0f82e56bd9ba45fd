import { TONES } from './looks.js';
import { TIMELINE_STYLE } from './timeline-style.js';

/** Text and paper of both themes: what is quiet has a contrast of 4.5 to 1 too. */
export const INK = {
  light: { paper: '#fdfdfc', panel: '#f4f4f1', text: '#1c1c21', quiet: '#5c5c66', line: '#d9d9d4' },
  dark: { paper: '#17181b', panel: '#212328', text: '#e8e8ea', quiet: '#a3a5ad', line: '#3a3d44' },
} as const;

/** Of `VALID`, `WEAK` and `INVALID`, which are words as well. */
export const STATES = {
  light: { valid: '#19693a', weak: '#8a5200', invalid: '#b3261e' },
  dark: { valid: '#6fd08c', weak: '#f0b35a', invalid: '#ff8a80' },
} as const;

/** All colours of a theme are custom properties: the system's choice and the reader's set the same ones. */
const variablesOf = (theme: 'light' | 'dark') => {
  const tones = TONES.map((tone, at) => [`tone-${at}`, tone[theme]]);
  return [...Object.entries({ ...INK[theme], ...STATES[theme] }), ...tones]
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');
};

const TONE_RULES = TONES.map((_, at) => `.tone-${at} { color: var(--tone-${at}); }`).join('\n');

/** The one style sheet of the page. */
export const STYLE = `
:root { color-scheme: light dark; ${variablesOf('light')} }
${TONE_RULES}
.tone-none { color: var(--quiet); }
@media screen and (prefers-color-scheme: dark) {
:root:not([data-theme="light"]) { ${variablesOf('dark')} }
}
@media screen {
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; ${variablesOf('dark')} }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere; }
a { color: inherit; text-decoration-thickness: 1px; text-underline-offset: .15em; }
a:focus-visible, [tabindex]:focus-visible, button:focus-visible, summary:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
h1, h2, h3 { line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: 1.75rem; font-weight: 650; letter-spacing: -.01em; }
h2 { font-size: 1.05rem; font-weight: 600; letter-spacing: .04em; color: var(--quiet); }
h3 { font-size: 1.05rem; font-weight: 600; margin-top: 2.2rem; }
p, ul, ol { margin: .6rem 0; max-width: 46rem; }
code, pre { font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { background: var(--panel); border-radius: 4px; padding: .7rem .9rem; margin: .6rem 0; overflow-x: auto; overflow-wrap: normal; }
.quiet, .facts, .about { color: var(--quiet); }
text.quiet { fill: var(--quiet); }
.theme { float: right; margin: 0 0 .5rem 1rem; }
button { font: inherit; font-size: .85rem; color: var(--quiet); background: none; border: 1px solid var(--line); border-radius: 4px; padding: .2rem .6rem; cursor: pointer; }
button:hover { color: var(--text); border-color: currentColor; }
.program { margin: 0 0 .2rem; color: var(--quiet); font-weight: 600; }
.facts, .about { font-size: .925rem; }
.facts { max-width: none; }
.verdicts { padding: 0; list-style: none; max-width: none; margin: 1.5rem 0 0; border-top: 1px solid var(--line); }
.verdicts li { padding: .7rem 0; border-bottom: 1px solid var(--line); display: grid; gap: .1rem 1.5rem; }
main > section { margin-top: 3.5rem; padding-top: 1.2rem; border-top: 3px solid var(--text); }
.headline { font-size: 1.4rem; line-height: 1.3; font-weight: 600; margin: .3rem 0 .5rem; max-width: 50rem; text-wrap: pretty; }
.whole { white-space: nowrap; }
.state { font-size: .8rem; font-weight: 700; letter-spacing: .04em; white-space: nowrap; }
.valid { color: var(--valid); }
.weak { color: var(--weak); }
.invalid { color: var(--invalid); }
.notes { list-style: none; padding: 0; }
.notes li { margin: .4rem 0; padding-left: .8rem; border-left: 3px solid var(--line); }
.notes li.weak, .notes li.invalid { color: inherit; border-left-color: var(--weak); }
.notes li.invalid { border-left-color: var(--invalid); }
.notes li.weak > b { color: var(--weak); }
.notes li.invalid > b { color: var(--invalid); }
.notes code { font-size: .85em; }
.notes pre { white-space: pre-wrap; }
.notes pre span { white-space: nowrap; }
.table { position: relative; overflow-x: auto; margin: 1.2rem 0; }
table { border-collapse: collapse; font-size: .925rem; line-height: 1.4; overflow-wrap: normal; }
caption { text-align: left; color: var(--quiet); padding: 0 0 .35rem; }
th, td { text-align: left; padding: .32rem 1.1rem .32rem 0; vertical-align: top; font-weight: 400; white-space: nowrap; }
td.wrap { white-space: normal; overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); border-bottom: 1px solid var(--text); vertical-align: bottom; }
tbody th, tbody td { border-bottom: 1px solid var(--line); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
button.sort { position: relative; padding: 0; border: 0; font-size: inherit; text-align: inherit; white-space: inherit; }
.sort::after { content: "↕" / ""; position: absolute; left: 100%; padding-left: .2em; opacity: 0; }
.number .sort::after { left: auto; right: 100%; padding: 0 .2em 0 0; }
.sort:hover::after, .sort:focus-visible::after { opacity: .6; }
.sort abbr { cursor: inherit; }
[aria-sort] .sort { color: var(--text); font-weight: 600; }
[aria-sort] .sort::after { opacity: 1; }
[aria-sort="ascending"] .sort::after { content: "↑" / ""; }
[aria-sort="descending"] .sort::after { content: "↓" / ""; }
abbr { text-decoration: none; }
abbr[title], abbr[data-tip] { border-bottom: 1px dotted var(--quiet); cursor: help; }
.symbol { display: inline-block; vertical-align: -.06em; margin-right: .45em; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1.8rem 2.5rem; margin: 1.8rem 0; align-items: start; }
.chart { margin: 0; min-width: 0; }
.chart > svg { display: block; width: 100%; overflow: visible; font-variant-numeric: tabular-nums; }
.chart:not(.wide) > svg { max-width: 28rem; height: auto; }
[hidden] { display: none; }
.away { visibility: hidden; }
.plot { position: relative; max-width: 28rem; }
.plot > svg { display: block; width: 100%; height: auto; overflow: visible; font-variant-numeric: tabular-nums; }
.plot text { user-select: none; -webkit-user-select: none; }
.zoomable { cursor: crosshair; touch-action: pan-y pinch-zoom; }
.halo { fill: none; stroke: currentColor; stroke-width: 1.2; pointer-events: none; }
.selection { fill: currentColor; fill-opacity: .1; stroke: currentColor; stroke-opacity: .5; pointer-events: none; }
.moved line { display: none; }
.back { margin-top: .4rem; }
.tip { position: fixed; z-index: 10; left: 0; top: 0; max-width: min(24rem, calc(100vw - 1rem)); padding: .4rem .65rem; background: var(--panel); color: var(--text);
  border: 1px solid var(--quiet); border-radius: 4px; font-size: .85rem; line-height: 1.4; white-space: pre-line; }
.passable { pointer-events: none; }
figcaption { font-size: .85rem; line-height: 1.45; color: var(--quiet); margin-bottom: .8rem; }
figcaption b { display: block; font-size: 1rem; color: var(--text); font-weight: 600; }
${TIMELINE_STYLE}
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--quiet); font-size: .9rem; }
.place { border-top: 1px solid var(--line); margin: 0; padding: .6rem 0; }
.place > summary { color: inherit; font-size: 1rem; }
.place h3 { display: inline; margin: 0; font-size: 1rem; }
dl { margin: .6rem 0; max-width: 52rem; }
dt { font-weight: 600; margin-top: .7rem; }
dd { margin: 0; }
:target { outline: 2px solid var(--weak); outline-offset: 4px; }
footer { margin-top: 4rem; border-top: 1px solid var(--line); }
footer h2 { margin-top: 2.2rem; }
@media (min-width: 48rem) {
  .verdicts li { grid-template-columns: 12rem 1fr; }
  .verdicts .interval { white-space: nowrap; }
.state { grid-column: 2; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  .skip, .theme, .back, .tip { display: none; }
  .sort::after { content: none; }
  .chart > svg, .plot, tr, .notes li, dl > div { break-inside: avoid; }
  h2, h3, .headline, figcaption, caption, summary, dt { break-after: avoid; }
  .table { overflow: visible; }
  table { font-size: 8pt; }
  th, td { white-space: normal; padding-right: .6rem; }
  table:has(th:nth-child(16)) { font-size: 6pt; }
  table:has(th:nth-child(16)) :is(th, td) { padding-right: .25rem; }
  pre { white-space: pre-wrap; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .charts { display: block; }
  .chart { margin-bottom: 1.5rem; }
}
`;
