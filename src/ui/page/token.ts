const KEY = 'threads-vs-loop-token';

/** Where a token is found and kept: of the window, or of a test. */
export interface TokenPlaces {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: { replaceState(state: null, title: string, url: string): void };
  readonly storage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
}

/**
 * The token of the address, which is taken out of it: what is copied from there, or kept in a history, opens nothing. A reload
 * has it from the session of the tab. Null: there is none.
 */
export function takeToken({ location, history, storage }: TokenPlaces): string | null {
  const given = /^#(?:token=)?([\w-]+)$/.exec(location.hash)?.[1];
  if (given === undefined) return kept(storage);
  try {
    storage.setItem(KEY, given);
  } catch {
    // Storage may be forbidden: then the token holds for this view.
  }
  history.replaceState(null, '', location.pathname + location.search);
  return given;
}

function kept(storage: TokenPlaces['storage']): string | null {
  try {
    return storage.getItem(KEY);
  } catch {
    return null;
  }
}
