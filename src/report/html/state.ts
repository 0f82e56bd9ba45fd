import type { Validity } from '../../schema/index.js';
import { element, type Markup } from './markup.js';

/** The word itself, and its colour for a glance. */
export function stateMark(validity: Validity): Markup {
  return element('span', { class: `state ${validity.toLowerCase()}` }, validity);
}
