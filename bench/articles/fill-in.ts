import { articleSections } from '../../src/articles/section.js';
import { renderScenario } from '../../src/report/terminal/terminal.js';
import type { Report } from '../../src/schema/index.js';

const WIDTH = 88;
const BLOCK = /(<!-- scenario: ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g;
const MADE = /(<!-- made -->\n)[\s\S]*?(<!-- end -->)/;

/**
 * The story with what was measured between its markers; all else stays as it is.
 *
 * @throws Error for a scenario that the report lacks, and for one of the report that the story does not show
 */
export function fillIn(story: string, report: Report): string {
  const names = new Set(report.scenarios.map(({ scenario: { name } }) => name));
  const shown = new Set<string>();
  const filled = story.replace(BLOCK, (_block, begin: string, name: string, end: string) => {
    if (!names.has(name)) throw new Error(`docs/articles.md shows ${name}, which was not measured`);
    shown.add(name);
    const text = renderScenario(report, name, { width: WIDTH, colour: false, sections: articleSections });
    return `${begin}\n\`\`\`text\n${text}\`\`\`\n\n${end}`;
  });
  const missing = [...names].filter(name => !shown.has(name));
  if (missing.length > 0) throw new Error(`docs/articles.md does not show ${missing.join(', ')}`);
  return filled.replace(
    MADE,
    (_block, begin: string, end: string) => `${begin}\n${madeText(report)}\n\n${end}`,
  );
}

function madeText({ startedAt, environment, seed }: Report): string {
  const { node, cores, cpuModel, platform } = environment;
  const model = cpuModel.replace(/\s+/g, ' ');
  return `Tables and charts: \`npm run docs:articles\` on ${startedAt.slice(0, 10)}, ${platform}, ${cores} cores (${model}), Node ${node}, seed ${seed}.`;
}
