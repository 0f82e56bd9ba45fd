import { describe, expect, it } from 'vitest';
import { looksOf, TONES } from '../../../src/report/html/looks.js';
import { INK, STATES } from '../../../src/report/html/style.js';

/** WCAG 2: relative luminance. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each(['light', 'dark'] as const)('in the %s theme', theme => {
  const { paper, panel, text, quiet } = INK[theme];
  const colours = [text, quiet, ...Object.values(STATES[theme]), ...TONES.map(tone => tone[theme])];

  it.each(colours)('%s can be read on the page', colour => {
    expect(contrast(colour, paper)).toBeGreaterThanOrEqual(4.5);
  });

  it('text can be read on a panel', () => {
    expect(contrast(text, panel)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('looks', () => {
  it('are those of an executor in every report, and no two of a report are alike while there are enough', () => {
    const [one, other] = [looksOf(['queue', 'mine']), looksOf(['mine', 'yours', 'limited', 'queue'])];
    expect(one('queue')).toEqual(other('queue'));
    const names = ['limited', 'queue', 'piscina', 'mine', 'yours', 'theirs', 'processes', 'ours'];
    const looks = looksOf(names);
    expect(new Set(names.map(name => looks(name).className)).size).toBe(names.length);
    expect(new Set(names.map(name => looks(name).symbol)).size).toBe(names.length);
  });

  it('of what is no executor are grey, and of too many begin anew', () => {
    const names = Array.from({ length: 20 }, (_, at) => `pool-${at}`);
    const looks = looksOf(names);
    expect(looks(null).className).toBe('tone-none');
    expect(looks('unknown').className).toBe('tone-none');
    for (const name of names) expect(looks(name).className).toMatch(/^tone-[0-7]$/);
  });
});
