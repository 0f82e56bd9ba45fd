import { clamp } from '../../page/clamp.js';
import type { UiCatalogue, UiPlan, UiPreset, UiRange } from '../protocol.js';

/** What sliders there may be, from the task to those who do it. */
export const SLIDERS = ['waitMs', 'computeMs', 'tasks', 'inFlight', 'threads'] as const;
export type SliderName = (typeof SLIDERS)[number];

/** What is chosen: a preset, and what was changed of it. */
export interface Choice {
  readonly preset: UiPreset;
  readonly numbers: Readonly<Partial<Record<SliderName, number>>>;
  /** Names, in the order of the catalogue. */
  readonly executors: readonly string[];
}

export function choiceOf(preset: UiPreset): Choice {
  return { preset, numbers: {}, executors: preset.plan.executors };
}

/** Null: this preset's task has no such thing. */
export function numberOf({ preset, numbers }: Choice, name: SliderName): number | null {
  return numbers[name] ?? preset.plan[name] ?? null;
}

/** Within its range, and on a step of it; what is no number changes nothing. */
export function withNumber(choice: Choice, name: SliderName, value: number, range: UiRange): Choice {
  if (!Number.isFinite(value) || numberOf(choice, name) === null) return choice;
  return { ...choice, numbers: { ...choice.numbers, [name]: onStep(value, range) } };
}

function onStep(value: number, { from, to, step }: UiRange): number {
  const steps = Math.round((clamp(value, from, to) - from) / step);
  // Without what binary fractions add.
  return Number(clamp(from + steps * step, from, to).toPrecision(9));
}

/** On or off; the last one stays. */
export function withExecutor(
  choice: Choice,
  name: string,
  isOn: boolean,
  { executors }: Pick<UiCatalogue, 'executors'>,
): Choice {
  const wanted = new Set(choice.executors);
  if (isOn) wanted.add(name);
  else wanted.delete(name);
  if (wanted.size === 0) return choice;
  // One that the catalogue does not list is the preset's own.
  const order = [...executors.map(one => one.name), ...choice.preset.plan.executors];
  return { ...choice, executors: [...new Set(order)].filter(one => wanted.has(one)) };
}

/** Only what was changed is said: all else is as the preset has it. */
export function planOf({ preset, numbers, executors }: Choice): UiPlan {
  const isPresets =
    executors.length === preset.plan.executors.length &&
    executors.every(name => preset.plan.executors.includes(name));
  return { preset: preset.name, ...numbers, ...(isPresets ? {} : { executors }) };
}

/** The same again, from what the server says is under way. */
export function choiceFrom(catalogue: UiCatalogue, plan: UiPlan): Choice | null {
  const preset = catalogue.presets.find(({ name }) => name === plan.preset);
  if (preset === undefined) return null;
  const numbers = Object.fromEntries(
    SLIDERS.flatMap(name => (plan[name] === undefined ? [] : [[name, plan[name]]])),
  );
  return { preset, numbers, executors: plan.executors ?? preset.plan.executors };
}
