import { make } from '../../page/dom.js';
import type { UiCatalogue, UiRequest, UiState } from '../protocol.js';
import { type Api, Refusal } from './api.js';
import { ChoosePart } from './choose.js';
import { Control } from './control.js';
import { ExplainPart } from './explain/part.js';
import { GalleryPart } from './gallery.js';
import { enhanceType } from './large.js';
import { MeasurePart } from './measure/part.js';
import { choiceFrom, planOf } from './plan.js';
import { PredictPart } from './predict.js';
import { RacePart } from './race/part.js';
import { known, NOTHING } from './state.js';
import type { Tip } from './tip.js';

const LEAD =
  'The same tasks are given to several executors on this machine: all on one event loop, shared among worker threads, one after the other. Which is done first?';

export async function openApp(page: Document, main: HTMLElement, api: Api): Promise<void> {
  let catalogue: UiCatalogue;
  try {
    catalogue = await api.catalogue();
  } catch (error) {
    main.append(make(page, 'div', { class: 'box error', role: 'alert' }, make(page, 'p', {}, sayOf(error))));
    return;
  }
  new App(page, main, api, catalogue).open();
}

function sayOf(error: unknown): string {
  if (error instanceof Refusal && error.status === 401)
    return 'The program does not know this page: its token is not the one of this start. Open the address that the program has printed.';
  return error instanceof Refusal
    ? error.message
    : 'The program does not answer. Is it still running in its terminal?';
}

/** The parts of the page, and what goes between them. */
class App {
  readonly #main: HTMLElement;
  readonly #api: Api;
  readonly #choose: ChoosePart;
  readonly #predict: PredictPart;
  readonly #control: Control;
  readonly #race: RacePart;
  readonly #explain: ExplainPart;
  readonly #measure: MeasurePart;
  readonly #gallery: GalleryPart;
  #known = NOTHING;
  /** Runs that this page has started, with what was tipped. */
  readonly #own = new Map<number, Tip | null>();
  #isChosen = false;

  constructor(page: Document, main: HTMLElement, api: Api, catalogue: UiCatalogue) {
    this.#main = main;
    this.#api = api;
    const openReport = (name: string) => void this.#openReport(name);
    this.#explain = new ExplainPart(page, catalogue);
    this.#predict = new PredictPart(page, catalogue.executors);
    this.#choose = new ChoosePart(page, catalogue, choice => {
      this.#isChosen = true;
      this.#predict.show(choice);
      this.#explain.showChoice(choice);
    });
    this.#control = new Control(page, catalogue, {
      race: () => void this.#start({ kind: 'race', plan: planOf(this.#choose.choice) }),
      measure: budgetSeconds =>
        void this.#start({ kind: 'measure', plan: planOf(this.#choose.choice), budgetSeconds }),
      stop: () => void this.#stop(),
    });
    this.#race = new RacePart(page, catalogue.executors, (result, lanes, arena) =>
      this.#explain.showRace(result, lanes, arena.tables),
    );
    this.#measure = new MeasurePart(page, catalogue.executors, openReport);
    this.#gallery = new GalleryPart(page, openReport);
    this.#predict.element.append(this.#control.element);
    this.#predict.show(this.#choose.choice);
    this.#explain.showChoice(this.#choose.choice);
    const { version, node, cores } = catalogue;
    const machine = page.getElementById('machine');
    if (machine !== null)
      machine.textContent = `${version} · Node ${node.replace(/^v/, '')} · ${cores} ${cores === 1 ? 'core' : 'cores'}`;
    this.#main.append(
      make(page, 'p', { class: 'lead' }, LEAD),
      this.#choose.element,
      this.#predict.element,
      this.#race.element,
      this.#explain.element,
      this.#measure.element,
      this.#gallery.element,
    );
    enhanceType(page, () => this.#resize());
    let width = innerWidth;
    addEventListener('resize', () => {
      if (innerWidth !== width) this.#measure.resize();
      width = innerWidth;
    });
    this.#catalogue = catalogue;
  }

  readonly #catalogue: UiCatalogue;

  open(): void {
    void this.#api.listen({
      connection: state => this.#control.connection(state),
      message: message => {
        const before = this.#known;
        this.#known = known(before, message, Date.now());
        const isRaceNew = message.type === 'race-done' && before.running?.run === message.run;
        void this.#show(isRaceNew);
        if (message.type === 'state') this.#keepGallery(message.state);
      },
    });
  }

  async #show(isRaceNew: boolean): Promise<void> {
    const { running, race, measured } = this.#known;
    this.#race.rest(running?.request.kind ?? null);
    this.#control.show(this.#known, running !== null && this.#own.has(running.run));
    if (running !== null && !this.#isChosen) this.#followChoice(running.request);
    if (measured !== null) this.#measure.show(measured);
    if (race !== null)
      await this.#race.show(race.run, race.result, this.#own.get(race.run) ?? null, isRaceNew);
  }

  /** Who opens the page in mid-run sees what is running. */
  #followChoice({ plan }: UiRequest): void {
    const choice = choiceFrom(this.#catalogue, plan);
    if (choice !== null) this.#choose.choose(choice);
  }

  async #start(request: UiRequest): Promise<void> {
    const tip = this.#predict.tip;
    try {
      const { run } = await this.#api.start(request);
      this.#own.set(run, request.kind === 'race' ? tip : null);
      void this.#show(false);
    } catch (error) {
      this.#control.say(sayOf(error));
    }
  }

  async #stop(): Promise<void> {
    try {
      await this.#api.stop();
    } catch (error) {
      this.#control.say(sayOf(error));
    }
  }

  /** Read anew after each run, whatever came of it; on few cores never during one. */
  #keepGallery(state: UiState['state']): void {
    if (state === 'running' && this.#catalogue.quietWhileMeasuring) this.#gallery.putOff();
    else if (state === 'idle' || !this.#gallery.isShown) void this.#showGallery();
  }

  async #showGallery(): Promise<void> {
    try {
      this.#gallery.show(await this.#api.gallery());
    } catch (error) {
      if (error instanceof Refusal && error.status === 409) this.#gallery.putOff();
      else this.#gallery.say(sayOf(error));
    }
  }

  /** In a tab of its own: a page of one file, which asks nobody for anything. */
  async #openReport(name: string): Promise<void> {
    // At once, while it is still the visitor's own click; a tab that is opened later is refused.
    const tab = open('about:blank', '_blank');
    try {
      const address = URL.createObjectURL(await this.#api.report(name));
      if (tab === null) location.assign(address);
      else tab.location.replace(address);
    } catch (error) {
      tab?.close();
      this.#control.say(sayOf(error));
    }
  }

  #resize(): void {
    this.#race.resize();
    this.#measure.resize();
  }
}
