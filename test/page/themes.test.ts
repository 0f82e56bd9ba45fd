import { expect, it } from 'vitest';
import { nextTheme, themeNamed } from '../../src/page/themes.js';

it('the button goes through all themes and comes back', () => {
  expect([nextTheme('auto'), nextTheme('light'), nextTheme('dark')]).toEqual(['light', 'dark', 'auto']);
});

it('what is kept and no theme is the theme of the system', () => {
  expect(['dark', 'light', 'auto', 'blue', '', null].map(themeNamed)).toEqual([
    'dark',
    'light',
    'auto',
    'auto',
    'auto',
    'auto',
  ]);
});
