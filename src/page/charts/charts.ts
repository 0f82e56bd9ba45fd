import { make } from '../dom.js';
import type { Tooltip } from '../tips/tooltip.js';
import { Chart } from './chart.js';

const HINTS = {
  marks: 'Arrow keys go from figure to figure.',
  zoom: 'Arrow keys go from figure to figure, with Shift along the axis. Plus and minus zoom, Escape shows the whole axis.',
} as const;

/** Charts whose parts say what they are, each by itself: of one that fails the static picture is left. */
export function enhanceCharts(page: Document, tooltip: Tooltip): void {
  const svgs = [...page.querySelectorAll<SVGSVGElement>('figure.chart svg')];
  const charts = svgs.filter(svg => svg.querySelector('.mark') !== null);
  if (charts.length === 0) return;
  const voice = make(page, 'div', { class: 'hidden', 'aria-live': 'polite' });
  const [marks, zoom] = [hint(page, 'marks'), hint(page, 'zoom')];
  page.body.append(voice, marks, zoom);
  const setting = {
    tooltip,
    hints: { marks: marks.id, zoom: zoom.id },
    announce: (words: string) => {
      voice.textContent = words;
    },
  };
  for (const svg of charts) {
    try {
      new Chart(svg, setting);
    } catch (error) {
      console.error('threads-vs-loop, a chart:', error);
    }
  }
}

function hint(page: Document, name: keyof typeof HINTS): HTMLElement {
  const made = make(page, 'p', { id: `hint-${name}` }, HINTS[name]);
  made.hidden = true;
  return made;
}
