import { make } from '../../../page/dom.js';
import { spellsFrom } from '../../../page/timeline/spells.js';
import { duration } from '../../../report/format.js';
import type { TaskTable } from '../../../stats/packed-tasks.js';
import { spellsOf } from '../../../stats/timeline/trial.js';
import type { Entrant, RaceResult, UiCatalogue } from '../../protocol.js';
import { partOf, sentence } from '../parts.js';
import { type Choice, numberOf } from '../plan.js';
import { drawExecutor, labelOf } from './drawing.js';
import { drawMap, mapWords, type PlacedTask } from './map.js';
import { costsOf, USUAL_COSTS } from './model.js';
import { stagesOf } from './stages.js';

/** As the program has it where nothing is said. */
const USUAL_IN_FLIGHT = 64;

const MODEL =
  'This map is a model, no measurement: what waiting, in flight, cores and threads allow at most, and what a task costs besides. Filled is where threads do 5 % more than the loop. Move the sliders for waiting and computing: the diamond moves; those for threads and in flight: the line does.';

/** Why it came out so: in words, in a drawing, and where it would turn. */
export class ExplainPart {
  readonly element: HTMLElement;
  readonly #page: Document;
  readonly #catalogue: UiCatalogue;
  readonly #why: HTMLElement;
  readonly #map: HTMLElement;
  /** Closed until a race is over: who wants to tip is not told before. */
  readonly #turn: HTMLDetailsElement;
  #race: RaceResult | null = null;
  #choice: Choice | null = null;

  constructor(page: Document, catalogue: UiCatalogue) {
    this.#page = page;
    this.#catalogue = catalogue;
    this.element = partOf(page, 'explain', '4. Why, and where it turns');
    this.#why = make(page, 'div', { class: 'split' });
    this.#map = make(page, 'div', { class: 'split' });
    this.#turn = make(
      page,
      'details',
      {},
      make(page, 'summary', {}, 'When do threads pay? A map, which tells the answer'),
      this.#map,
    );
    this.element.append(this.#why, this.#turn);
  }

  /** @param tables of the entrants, in their order */
  showRace(result: RaceResult, entrants: readonly Entrant[], tables: readonly TaskTable[]): void {
    this.#race = result;
    this.#turn.open = true;
    const page = this.#page;
    const words = make(
      page,
      'div',
      {},
      ...result.why.map(text => make(page, 'p', { class: 'lead' }, sentence(page, text))),
    );
    const figure = make(page, 'figure', { class: 'chart wide' });
    const select = make(page, 'select', { id: 'explain-who' });
    for (const [at, { label }] of entrants.entries())
      select.append(make(page, 'option', { value: String(at) }, label));
    const show = () => {
      const at = Number(select.value);
      const entrant = entrants[at];
      if (entrant !== undefined) this.#draw(figure, entrant, stagesOf(tables[at]!, result.task));
    };
    // The one that is asked about first is the winner.
    select.value = String(
      Math.max(
        0,
        entrants.findIndex(({ label }) => label === result.entrants[0]?.label),
      ),
    );
    select.addEventListener('change', show);
    const chooser = make(
      page,
      'p',
      {},
      make(page, 'label', { for: 'explain-who' }, 'The way of a task through '),
      select,
    );
    this.#why.replaceChildren(words, make(page, 'div', {}, chooser, figure));
    show();
    this.#drawMap();
  }

  showChoice(choice: Choice): void {
    this.#choice = choice;
    this.#drawMap();
  }

  #draw(figure: HTMLElement, entrant: Entrant, stages: ReturnType<typeof stagesOf>): void {
    const busy =
      entrant.busy === null
        ? null
        : spellsOf(spellsFrom(entrant.busy, entrant.unitMs)).sumMs / entrant.wallMs;
    const words = labelOf(entrant, stages, busy);
    const more =
      entrant.bystanderMs === null
        ? ''
        : ` A bystander on its main loop would wait ${duration(entrant.bystanderMs)} on average.`;
    figure.replaceChildren(
      drawExecutor(this.#page, entrant, stages, busy),
      make(this.#page, 'figcaption', {}, `${words}${more} Framed is where most of the time goes.`),
    );
  }

  #drawMap(): void {
    const choice = this.#choice;
    if (choice === null) return;
    const page = this.#page;
    const isOfRace = this.#race?.preset === choice.preset.name;
    const told = isOfRace ? costsOf(this.#race!) : null;
    const setting = {
      cores: this.#catalogue.cores,
      inFlight: numberOf(choice, 'inFlight') ?? USUAL_IN_FLIGHT,
      threads: numberOf(choice, 'threads') ?? 1,
      ...(told ?? USUAL_COSTS),
    };
    const task = this.#taskOf(choice, isOfRace);
    const costs =
      told === null
        ? 'What a task costs besides its computing is a usual value, until a race has told it.'
        : `As the race told it, a task costs ${duration(told.loopCostMs)} of CPU time on the loop and ${duration(told.threadCostMs)} on threads besides its computing.`;
    this.#map.replaceChildren(
      make(page, 'figure', { class: 'chart wide' }, drawMap(page, setting, task)),
      make(
        page,
        'div',
        {},
        make(page, 'p', { class: 'lead', id: 'map-words' }, mapWords(setting, task)),
        make(page, 'p', { class: 'about' }, MODEL),
        make(page, 'p', { class: 'about' }, costs),
      ),
    );
  }

  /** As it is chosen; else as the race has seen it alone. */
  #taskOf(choice: Choice, isOfRace: boolean): PlacedTask | null {
    const [waitMs, computeMs] = [numberOf(choice, 'waitMs'), numberOf(choice, 'computeMs')];
    const seen = isOfRace ? (this.#race?.task ?? null) : null;
    if (waitMs === null && computeMs === null && seen === null) return null;
    return { waitMs: waitMs ?? seen?.waitsMs ?? 0, computeMs: computeMs ?? seen?.computesMs ?? 0 };
  }
}
