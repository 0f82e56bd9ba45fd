import { type Content, element, type Markup } from './markup.js';

/** Lines of a program or a shell; where they are wider than the page a keyboard can scroll them. */
export function codeBlock(content: Content): Markup {
  return element('pre', { tabindex: 0 }, content);
}
