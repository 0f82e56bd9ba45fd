import { make } from '../../../page/dom.js';
import { amount, duration, NONE, percent, times } from '../../../report/format.js';
import type { Entrant, RaceResult, UiExecutor, UiRequest } from '../../protocol.js';
import { commandBox, named, partOf, sentence, tableOf } from '../parts.js';
import { ordinal, outcomeOf, type Tip } from '../tip.js';
import { type Arena, arenaOf } from './arena.js';

const METHOD =
  'They were measured one after the other, each alone on this machine, and are drawn as if they had started together. Above: how much each has done, and a bystander that calls the main loop again and again: it waits while that loop is busy. Below: a bar for each task on one time for all, a row for each thread; hatched is when the main loop is busy.';
const BEFORE = 'Press Race: what each has done is drawn here, as soon as all have been measured.';

/** The race itself, and when it is over what came of it. */
export class RacePart {
  readonly element: HTMLElement;
  readonly #page: Document;
  readonly #body: HTMLElement;
  readonly #before: HTMLElement;
  readonly #executors: readonly UiExecutor[];
  readonly #revealed: (result: RaceResult, lanes: readonly Entrant[], arena: Arena) => void;
  #arena: Arena | null = null;
  #run: number | null = null;

  constructor(
    page: Document,
    executors: readonly UiExecutor[],
    revealed: (result: RaceResult, lanes: readonly Entrant[], arena: Arena) => void,
  ) {
    this.#executors = executors;
    this.#page = page;
    this.#revealed = revealed;
    this.element = partOf(page, 'race', '3. The race');
    this.#body = make(page, 'div', {}, make(page, 'p', { class: 'quiet' }, BEFORE));
    this.#before = make(
      page,
      'p',
      { class: 'quiet' },
      'This is the race before; what is measured stands below.',
    );
    this.#before.hidden = true;
    this.element.append(this.#before, this.#body);
  }

  /** @param isNew whether it has just come, and is to be played */
  async show(run: number, result: RaceResult, tip: Tip | null, isNew: boolean): Promise<void> {
    if (this.#run === run) return;
    this.#run = run;
    this.#arena?.destroy();
    const page = this.#page;
    if (result.entrants.length === 0) {
      this.#body.replaceChildren(
        make(page, 'div', { class: 'box error' }, 'No executor has a trial to show.'),
        ...lostOf(page, result),
      );
      return;
    }
    const after = make(page, 'div');
    const lanes = inOrder(result.entrants, this.#executors);
    const arena = await arenaOf(page, lanes, {
      finished: () => {
        after.replaceChildren(...this.#outcome(result, tip));
        this.#revealed(result, lanes, arena);
      },
    });
    // Another race may have come while this one was unpacked.
    if (this.#run !== run) {
      arena.destroy();
      return;
    }
    this.#arena = arena;
    this.#body.replaceChildren(
      arena.element,
      make(page, 'p', { class: 'about' }, METHOD),
      after,
      ...lostOf(page, result),
    );
    const isStill = !isNew || matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (isStill) arena.finish();
    else {
      this.element.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
      this.element.scrollIntoView({ block: 'start' });
      arena.play();
    }
  }

  /** While something is measured, and afterwards (null): nothing moves, and the race before is not taken for what is under way. */
  rest(running: UiRequest['kind'] | null): void {
    if (running !== null) this.#arena?.pause();
    this.#body.hidden = running === 'race';
    this.#before.hidden = running !== 'measure' || this.#arena === null;
  }

  resize(): void {
    this.#arena?.resize();
  }

  #outcome(result: RaceResult, tip: Tip | null): HTMLElement[] {
    const page = this.#page;
    const [first] = result.entrants;
    const last = result.entrants.at(-1)!;
    const words =
      first === last
        ? `${first!.label}: ${duration(first!.wallMs)}.`
        : `${first!.label} wins: ${duration(first!.wallMs)}, ${times(first!.ratio)} as fast as ${last.label}.`;
    const boxes = [
      make(
        page,
        'div',
        { class: 'box won', role: 'status' },
        make(page, 'p', { class: 'big' }, words),
        make(page, 'p', { class: 'quiet' }, sentence(page, result.caveat)),
      ),
    ];
    if (tip !== null) {
      const outcome = outcomeOf(tip, result.entrants);
      const isRight = outcome.isWinner && outcome.isClose !== false;
      boxes.push(
        make(page, 'div', { class: `box ${isRight ? 'won' : 'banner'}` }, make(page, 'p', {}, outcome.words)),
      );
    }
    return [
      ...boxes,
      resultsTable(page, result),
      shadowWords(page),
      make(page, 'h3', {}, 'The same in a terminal'),
      commandBox(page, result.command),
    ];
  }
}

/** Not the fastest first: that would tell the end at the start. */
function inOrder(entrants: readonly Entrant[], executors: readonly UiExecutor[]): Entrant[] {
  const placeOf = ({ name }: Entrant) => {
    const at = executors.findIndex(one => one.name === name);
    return at < 0 ? executors.length : at;
  };
  return entrants.toSorted(
    (one, other) => placeOf(one) - placeOf(other) || one.label.localeCompare(other.label),
  );
}

function shadowWords(page: Document): HTMLElement {
  return make(
    page,
    'p',
    { class: 'about' },
    'Play it again: now the ideals run along as hollow shadows. An ideal is what no executor of that shape can exceed, from a task measured alone; the broken line is where it would be over.',
  );
}

function resultsTable(page: Document, { entrants }: RaceResult): HTMLElement {
  const rows = entrants.map((one, at) => [
    named(page, one.label, one),
    ordinal(at + 1),
    duration(one.wallMs),
    amount(one.tasksPerSecond),
    times(one.ratio),
    one.idealPerSecond === null ? NONE : percent(one.tasksPerSecond / one.idealPerSecond),
    duration(one.bystanderMs),
    duration(one.cpuMsPerTask),
    amount(one.coresUsed),
  ]);
  return tableOf(
    page,
    'The race in figures: one trial each',
    [
      'executor',
      'place',
      'time',
      'tasks/s',
      '× slowest',
      'of its ideal',
      'a bystander waits',
      'CPU per task',
      'cores',
    ],
    rows,
  );
}

function lostOf(page: Document, { lost }: RaceResult): HTMLElement[] {
  return lost.map(({ label, why }) =>
    make(page, 'div', { class: 'box banner' }, make(page, 'p', {}, `${label} has no trial to show: ${why}`)),
  );
}
