/** Of the page of races alone: all else looks as in reports. */
export const UI_STYLE = `
html.large { font-size: 137.5%; }
body { max-width: 76rem; padding-top: 1rem; }
header.top { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .8rem; }
header.top .program { margin: 0; }
header.top .about { margin: 0; flex: 1 1 12rem; max-width: none; }
header.top .theme { float: none; margin: 0; order: 9; }
h1.title { margin: .5rem 0 .2rem; font-size: 1.9rem; }
.lead { font-size: 1.08rem; max-width: 48rem; }
main > section.part { margin-top: 2.2rem; padding-top: .9rem; border-top: 3px solid var(--text); }
.part > h2 { font-size: 1.35rem; letter-spacing: 0; color: var(--text); margin-bottom: .2rem; }
.part > h2:focus-visible { outline: 2px solid currentColor; outline-offset: 4px; }
.part h3 { margin-top: 1.4rem; }
button { font-size: .95rem; padding: .4rem .9rem; min-height: 2.2rem; }
header.top button { font-size: .85rem; padding: .2rem .6rem; min-height: 1.9rem; }
button:disabled { opacity: .55; cursor: not-allowed; }
button.primary { background: var(--text); color: var(--paper); border-color: var(--text); font-weight: 650; font-size: 1.05rem; padding: .5rem 1.5rem; }
button.primary:hover:not(:disabled) { color: var(--paper); outline: 2px solid var(--text); outline-offset: 2px; }
button.second { color: var(--text); border-color: var(--text); }
button[aria-pressed="true"] { color: var(--text); border-color: var(--text); background: var(--panel); }
input, select { font: inherit; color: var(--text); background: var(--paper); border: 1px solid var(--quiet); border-radius: 4px; padding: .25rem .4rem; min-height: 2.2rem; }
input[type="checkbox"], input[type="radio"] { min-height: 0; width: 1.15em; height: 1.15em; accent-color: var(--text); margin: 0; flex: none; }
input[type="range"] { width: 100%; padding: 0; accent-color: var(--text); border: 0; background: none; }
input:focus-visible, select:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15.5rem), 1fr)); gap: .7rem; margin: .4rem 0 1rem; padding: 0; max-width: none; }
.card { display: flex; flex-direction: column; justify-content: flex-start; width: 100%; height: 100%; text-align: left; padding: .7rem .9rem; font-size: .95rem; line-height: 1.4; color: var(--text); border-radius: 6px; }
.card b { display: block; font-size: 1.05rem; margin-bottom: .15rem; }
.card span { color: var(--quiet); }
.card[aria-pressed="true"] { box-shadow: inset 0 0 0 2px var(--text); background: var(--panel); }
.group { margin: .9rem 0 0; font-size: .95rem; font-weight: 600; color: var(--quiet); letter-spacing: .02em; }
fieldset { border: 0; margin: 1.2rem 0 0; padding: 0; min-width: 0; }
legend { font-weight: 600; padding: 0; font-size: 1.05rem; }
.sliders { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: .7rem 2rem; margin-top: .5rem; }
.slider { display: grid; grid-template-columns: 1fr auto; gap: 0 .6rem; align-items: center; }
.slider[hidden] { display: none; }
.slider label { font-size: .95rem; }
.slider .unit { white-space: nowrap; color: var(--quiet); font-size: .9rem; }
.slider input[type="number"] { width: 5.5rem; text-align: right; font-variant-numeric: tabular-nums; }
.slider input[type="range"] { grid-column: 1 / -1; }
.choices { display: flex; flex-wrap: wrap; gap: .35rem 1.3rem; margin-top: .45rem; }
.choice { display: flex; align-items: center; gap: .5rem; min-height: 2rem; cursor: pointer; }
.choice svg, .named svg { flex: none; overflow: visible; }
.choice span.quiet { font-size: .85rem; }
.named { display: inline-flex; align-items: center; gap: .5rem; white-space: nowrap; }
.actions { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; margin: 1.3rem 0 .4rem; }
.actions label { display: inline-flex; align-items: center; gap: .5rem; }
.box { border: 1px solid var(--line); background: var(--panel); border-radius: 6px; padding: .8rem 1.1rem; margin: 1rem 0; max-width: none; }
.box p { margin: .2rem 0; max-width: none; }
.box .big { font-size: 1.25rem; font-weight: 600; }
.banner { border-left: 4px solid var(--weak); }
.error { border-left: 4px solid var(--invalid); }
.won { border-left: 4px solid var(--valid); }
.replay { display: flex; flex-wrap: wrap; align-items: center; gap: .45rem; margin: .8rem 0 .6rem; }
.replay button { min-width: 2.6rem; }
.replay .play { min-width: 6.2rem; }
.replay .scrub { flex: 1 1 5rem; min-width: 5rem; }
.replay .at { min-width: 4.6rem; text-align: right; font-variant-numeric: tabular-nums; font-weight: 600; }
main > section.part > .key { color: var(--quiet); }
.arena { position: relative; margin: .4rem 0; }
.arena canvas { display: block; width: 100%; border-radius: 4px; }
.arena canvas:focus-visible { outline: 2px solid currentColor; outline-offset: 6px; }
.key { margin: .8rem 0 0; }
.key svg { flex: none; margin-right: .5rem; }
.split { display: grid; gap: 1rem 2.5rem; }
.split > * { min-width: 0; }
.split p { max-width: 46rem; }
.drawing { display: block; width: 100%; height: auto; overflow: visible; font-variant-numeric: tabular-nums; }
.drawing text { fill: currentColor; }
.drawing text.quiet { fill: var(--quiet); }
.drawing .box-line { fill: var(--panel); stroke: var(--line); stroke-width: 1.5; }
.drawing .lit { stroke: currentColor; stroke-width: 3; }
.drawing .arrow { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
.drawing .ring { fill: none; stroke: var(--line); stroke-width: 9; }
.drawing .busy { fill: none; stroke: currentColor; stroke-width: 9; }
.drawing .grid { stroke: var(--line); stroke-width: 1; }
.drawing .border { fill: none; stroke: var(--text); stroke-width: 2.5; }
.drawing .old { stroke: currentColor; stroke-width: 1.5; stroke-opacity: .45; }
.drawing .now { stroke: currentColor; stroke-width: 4; }
.drawing .one { stroke: var(--text); stroke-width: 1.5; stroke-dasharray: 4 3; }
.drawing .arrow-head { fill: var(--quiet); }
.drawing text.plain { fill: var(--text); }
.drawing .worker { fill: none; stroke: currentColor; stroke-width: 2; }
.drawing .task-mark { fill: var(--text); }
.drawing .task-halo { fill: var(--paper); }
.map-picture { color: var(--text); }
.map-picture { max-width: 34rem; }
.copy { display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; }
.copy pre { flex: 1 1 18rem; margin: 0; white-space: pre-wrap; }
.runs { list-style: none; padding: 0; max-width: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: .7rem; }
.runs li { border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; }
.runs p { margin: .2rem 0; font-size: .92rem; }
progress { width: 100%; height: .6rem; accent-color: var(--text); }
@media (min-width: 60rem) {
  .split { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
}
@media (max-width: 30rem) {
  h1.title { font-size: 1.45rem; }
  .replay .scrub { flex-basis: 100%; order: 9; }
}
`;
