import { make } from './dom.js';
import { nextTheme, type Theme, themeNamed } from './themes.js';

const KEY = 'threads-vs-loop-theme';

/** A button that goes from the system's theme to light, to dark, and back. */
export function enhanceTheme(page: Document): void {
  const button = make(page, 'button', { type: 'button', class: 'theme' });
  let theme = themeNamed(kept());
  const show = () => {
    // `auto` is what the page is without scripts.
    if (theme === 'auto') delete page.documentElement.dataset.theme;
    else page.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener('click', () => {
    theme = nextTheme(theme);
    keep(theme);
    show();
  });
  show();
  page.querySelector('header')?.prepend(button);
}

/** Storage is refused to pages in a sandbox, and in some browsers to files: the choice holds for this view then. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // See `kept`.
  }
}
