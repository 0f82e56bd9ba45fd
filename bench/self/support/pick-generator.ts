import { autocannon } from './autocannon.js';
import type { Generator } from './generator.js';
import { wrk } from './wrk.js';

/** wrk where there is one: it costs the least and tells hundredths of a ms. autocannon comes with the packages. */
export function pickGenerator(isInstalled: (program: string) => boolean): Generator {
  return isInstalled('wrk') ? wrk : autocannon;
}
