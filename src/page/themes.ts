const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
}

/** Somebody else may have written anything where it was kept. */
export function themeNamed(name: string | null): Theme {
  return THEMES.find(theme => theme === name) ?? 'auto';
}
