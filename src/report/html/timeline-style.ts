/** Of the timeline alone: the picture, its key, and what a script adds. */
export const TIMELINE_STYLE = `
.timeline { margin: 1.8rem 0; }
.paper { color: var(--paper); }
.key { list-style: none; padding: 0; margin: 0 0 .9rem; max-width: none; display: flex; flex-wrap: wrap; gap: .15rem 1.2rem; font-size: .85rem; line-height: 1.45; color: var(--quiet); }
.key li { display: flex; align-items: baseline; }
.key .swatch { flex: none; width: 22px; height: 10px; margin-right: .5rem; color: var(--text); overflow: hidden; }
.stage { position: relative; }
.stage canvas { display: block; width: 100%; touch-action: pan-y; cursor: crosshair; }
.stage canvas:focus-visible { outline: 2px solid currentColor; outline-offset: 4px; }
.task-tip { position: absolute; left: 0; top: 0; z-index: 1; max-width: min(22rem, 100%); padding: .4rem .6rem; pointer-events: none; white-space: pre-line; background: var(--panel); color: var(--text); border: 1px solid var(--quiet); border-radius: 4px; font-size: .8rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
.task-tip[hidden] { display: none; }
.tools { display: flex; flex-wrap: wrap; align-items: baseline; gap: .4rem; margin: 0 0 .6rem; font-size: .85rem; color: var(--quiet); }
.tools button { min-width: 2.2rem; }
.tools .range { margin-left: .4rem; font-variant-numeric: tabular-nums; }
.hint { font-size: .8rem; line-height: 1.4; color: var(--quiet); margin: .6rem 0; max-width: none; }
@media screen {
  .timeline.live .chart { position: relative; }
  .timeline.live .chart > svg { position: absolute; top: 0; visibility: hidden; }
}
@media print {
  .stage, .tools, .hint { display: none; }
}`;
