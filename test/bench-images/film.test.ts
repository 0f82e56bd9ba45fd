import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { raceFilm } from '../../bench/images/film.js';
import { raceOf } from '../support/ui-server.js';

const { entrants } = raceOf({ kind: 'race', plan: { preset: 'comments' } });
const film = raceFilm(entrants, '499 <comments>');

describe('the film of a race', () => {
  it('is one small picture, well formed, that loads nothing and runs no script', () => {
    expect(XMLValidator.validate(film)).toBe(true);
    expect(Buffer.byteLength(film)).toBeLessThan(200_000);
    expect(/<script|href|url\((?!#past)|@import|<foreignObject/.exec(film)).toBeNull();
    expect(film).toContain('499 &lt;comments&gt;');
  });

  it('has a bar for each task, and a lane for each executor that ends when its trial did', () => {
    expect(film.match(/M[\d.]+ [\d.]+h/g)).toHaveLength(entrants.reduce((sum, { tasks }) => sum + tasks, 0));
    const slowestMs = Math.max(...entrants.map(({ wallMs }) => wallMs));
    entrants.forEach(({ wallMs }, at) => {
      const over = Number(new RegExp(`@keyframes result-${at}\\{0%,([\\d.]+)%`).exec(film)![1]);
      expect(over).toBeCloseTo((80 * wallMs) / slowestMs, 1);
    });
  });

  it('stands still at its end for who wants nothing to move', () => {
    expect(film).toContain('prefers-reduced-motion:reduce');
  });
});
