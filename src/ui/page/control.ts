import { make } from '../../page/dom.js';
import { duration } from '../../report/format.js';
import { BUDGETS } from '../budgets.js';
import type { UiCatalogue, UiRequest } from '../protocol.js';
import type { Connection } from './api.js';
import { button } from './parts.js';
import type { Known, Running } from './state.js';

interface Wishes {
  race(): void;
  measure(budgetSeconds: number): void;
  stop(): void;
}

/** The buttons, and what is under way: also when somebody else started it. */
export class Control {
  readonly element: HTMLElement;
  readonly #page: Document;
  readonly #catalogue: UiCatalogue;
  readonly #race: HTMLButtonElement;
  readonly #measure: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #status: HTMLElement;
  readonly #live: HTMLElement;
  readonly #connection: HTMLElement;
  #running: Running | null = null;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(page: Document, catalogue: UiCatalogue, wishes: Wishes) {
    this.#page = page;
    this.#catalogue = catalogue;
    const budget = make(page, 'select', { id: 'budget' });
    const budgets = [...new Set([...BUDGETS, catalogue.defaultBudgetSeconds])].sort((a, b) => a - b);
    for (const seconds of budgets)
      budget.append(make(page, 'option', { value: String(seconds) }, duration(1_000 * seconds)));
    budget.value = String(catalogue.defaultBudgetSeconds);
    this.#race = button(page, 'Race', () => wishes.race(), { class: 'primary' });
    this.#measure = button(page, 'Measure', () => wishes.measure(Number(budget.value)), { class: 'second' });
    this.#stop = button(page, 'Stop', () => wishes.stop());
    this.#stop.hidden = true;
    this.#status = make(page, 'div');
    this.#live = make(page, 'p', { class: 'hidden', role: 'status' });
    this.#connection = make(page, 'div');
    this.element = make(
      page,
      'div',
      {},
      make(
        page,
        'div',
        { class: 'actions' },
        this.#race,
        make(page, 'span', { class: 'quiet' }, 'one trial each, to watch'),
        this.#measure,
        make(page, 'label', { for: 'budget' }, 'with a budget of', budget),
        make(page, 'span', { class: 'quiet' }, 'the real thing, with intervals'),
        this.#stop,
      ),
      this.#connection,
      this.#status,
      this.#live,
    );
  }

  connection(state: Connection): void {
    const words =
      state === 'lost'
        ? 'The connection to the program is lost; it is tried again. A run goes on without this page.'
        : state === 'refused'
          ? 'The program does not know this page: its token is not the one of this start. Open the address that the program has printed.'
          : null;
    this.#connection.replaceChildren(
      ...(words === null
        ? []
        : [make(this.#page, 'div', { class: 'box error', role: 'alert' }, make(this.#page, 'p', {}, words))]),
    );
  }

  say(error: string): void {
    this.#status.replaceChildren(
      make(this.#page, 'div', { class: 'box error', role: 'alert' }, make(this.#page, 'p', {}, error)),
    );
  }

  show({ running, failed }: Known, isOwn: boolean): void {
    const isRunning = running !== null;
    this.#race.disabled = isRunning;
    this.#measure.disabled = isRunning;
    this.#stop.hidden = !isRunning;
    clearInterval(this.#ticking);
    if (!isRunning) {
      if (this.#running !== null) this.#live.textContent = failed === null ? 'It is over.' : '';
      this.#running = null;
      if (failed === null) this.#status.replaceChildren();
      else this.say(failed.error);
      return;
    }
    if (this.#running?.run !== running.run) this.#live.textContent = `${doing(running.request)}.`;
    this.#running = running;
    this.#box(running, isOwn);
    // Where cores are few a clock that ticks would disturb what it tells of: then it is told when the server tells something.
    if (!this.#catalogue.quietWhileMeasuring)
      this.#ticking = setInterval(() => this.#box(running, isOwn), 250);
  }

  #box(running: Running, isOwn: boolean): void {
    const page = this.#page;
    const { request, text, startedMs, endsMs } = running;
    const now = Date.now();
    const elapsedMs = Math.max(0, now - startedMs);
    const lines: HTMLElement[] = [
      make(page, 'p', { class: 'big' }, text === '' ? `${doing(request)} …` : text),
    ];
    lines.push(make(page, 'p', {}, timeWords(running, elapsedMs, now)));
    if (endsMs !== null) {
      const bar = make(page, 'progress', {
        max: '1',
        value: String(Math.min(1, elapsedMs / Math.max(1, endsMs - startedMs))),
        'aria-label': 'How much of the time is over',
      });
      lines.push(bar);
    }
    if (request.kind === 'race' || this.#catalogue.quietWhileMeasuring)
      lines.push(
        make(
          page,
          'p',
          { class: 'quiet' },
          this.#catalogue.quietWhileMeasuring
            ? 'One after the other, each alone. Nothing is drawn meanwhile, so that nothing is disturbed.'
            : 'One after the other, each alone: they would disturb each other.',
        ),
      );
    if (!isOwn)
      lines.push(
        make(
          page,
          'p',
          {},
          `It was started before this page was opened, or by somebody else: ${request.plan.preset}. One at a time: yours can start when it is over.`,
        ),
      );
    this.#status.replaceChildren(make(page, 'div', { class: 'box running' }, ...lines));
  }
}

function doing({ kind }: UiRequest): string {
  return kind === 'race' ? 'Measuring one trial of each' : 'Measuring';
}

/** `12 s so far, at most 20 s to go: until 14:02:31 at the latest`. */
function timeWords({ endsMs, startedMs }: Running, elapsedMs: number, now: number): string {
  const begun = `Since ${clockTime(startedMs)}`;
  const soFar = elapsedMs < 1_000 ? begun : `${begun}, ${duration(elapsedMs)} so far`;
  if (endsMs === null) return `${soFar}.`;
  return `${soFar}; at most ${duration(Math.max(0, endsMs - now))} to go, until ${clockTime(endsMs)}.`;
}

function clockTime(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB');
}
