/** Spells from steps in units, to half a unit: see `TrialData.busy`. */
export function spellsFrom(steps: readonly number[], unitMs: number): [number, number][] {
  let at = 0;
  const times = steps.map(step => {
    at += step;
    return at * unitMs;
  });
  return Array.from({ length: times.length >> 1 }, (_, spell) => [times[2 * spell]!, times[2 * spell + 1]!]);
}
