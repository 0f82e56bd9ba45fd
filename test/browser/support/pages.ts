import { articleSections } from '../../../src/articles/section.js';
import { renderHtml } from '../../../src/report/html/html.js';
import { judgedPages } from '../../report/judged-pages.js';
import { pageReports } from '../../report/page-reports.js';

/** Every kind of page. */
export const pageNames = [...Object.keys(pageReports), ...Object.keys(judgedPages)];

export function pageOf(name: string): string {
  return judgedPages[name] ?? renderHtml(pageReports[name]!, { sections: articleSections });
}
