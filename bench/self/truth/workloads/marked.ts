import { marked } from 'marked';
import { defineWorkload } from '../../../../src/workloads/workload.js';
import { readProjectFile } from '../project-file.js';

/** Of docs/methodology.md, whose tables take long: so cut, it has documents that take about as long as the others. */
const PARTS = 2;

export default defineWorkload({
  name: 'marked',
  summary: 'renders a Markdown document of this project with marked',
  kind: 'cpu',
  defaults: { tasks: 100, executors: ['limited', 'queue'] },
  open: async () => [
    `${readProjectFile('README.md')}\n${readProjectFile('CHANGELOG.md')}`,
    readProjectFile('docs/articles.md'),
    ...cutAtHeadings(readProjectFile('docs/methodology.md'), PARTS),
  ],
  // The length: what a server sends on does not stay in the heap that renders the next page.
  task: async (documents, index) =>
    marked.parse(documents[index % documents.length]!, { async: false }).length,
});

/** Parts of about the same length, each but the first from a heading on. */
function cutAtHeadings(document: string, count: number): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let part = 1; part < count; part++) {
    const to = document.indexOf('\n## ', (document.length * part) / count);
    parts.push(document.slice(from, to));
    from = to;
  }
  return [...parts, document.slice(from)];
}
