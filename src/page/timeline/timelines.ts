import type { TrialData } from '../../report/html/timeline-data.js';
import { make } from '../dom.js';
import { colourReader } from './colours.js';
import { Controller } from './controller.js';
import { canDecode, tableOf } from './decode.js';
import { listen } from './input.js';
import { modelOf } from './model.js';
import { setStage } from './stage.js';
import { CANNOT } from './words.js';

/** A `performance.measure` from when a timeline comes near until it is drawn. */
export const FIRST_MEASURE = 'timeline-first-picture';
/** A timeline is made when it comes as near as this. */
const NEAR = '800px';

/** Zoom, pan, keys and hover for every timeline of the page; until then, and without scripts, it is a picture. */
export function enhanceTimelines(page: Document): void {
  const timelines = [...page.querySelectorAll('.timeline')];
  if (!canDecode()) {
    for (const timeline of timelines)
      timeline.querySelector('figcaption')?.after(make(page, 'p', { class: 'about' }, CANNOT));
    return;
  }
  const observer = new IntersectionObserver(
    entries => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        enhanceTimeline(target).catch((error: unknown) => console.error('threads-vs-loop, timeline:', error));
      }
    },
    { rootMargin: NEAR },
  );
  for (const timeline of timelines) observer.observe(timeline);
}

async function enhanceTimeline(timeline: Element): Promise<void> {
  const startMs = performance.now();
  const figure = timeline.querySelector('figure');
  const picture = figure?.querySelector(':scope > svg');
  const text = timeline.querySelector('template')?.content.textContent;
  if (figure == null || picture == null || text == null) return;
  const trials: readonly TrialData[] = JSON.parse(text);
  const model = modelOf(await Promise.all(trials.map(async data => ({ data, table: await tableOf(data) }))));
  const stage = setStage(figure, picture, timeline.id);
  timeline.classList.add('live');
  const readColours = colourReader(
    stage.root,
    trials.map(({ tone }) => tone),
  );
  listen(stage, new Controller(stage, model, readColours));
  performance.measure(FIRST_MEASURE, { start: startMs, end: performance.now() });
}
