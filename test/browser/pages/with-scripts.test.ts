/** Every kind of page in a real browser, as it is sent. */
import { checkPages } from '../support/check-pages.js';

checkPages(true);
