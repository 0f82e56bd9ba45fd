/** Every kind of page in a real browser that runs no scripts, as in Jenkins. */
import { checkPages } from '../support/check-pages.js';

checkPages(false);
