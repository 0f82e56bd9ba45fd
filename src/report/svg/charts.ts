import { UsageError } from '../../errors.js';
import type { Report } from '../../schema/index.js';
import type { ChartFile } from '../folder-form.js';
import { answerPictures } from '../html/answer.js';
import { groupPictures, recordedHere } from '../html/group.js';
import { type Looks, looksOf } from '../html/looks.js';
import type { Picture } from '../html/pictures.js';
import { mapPicture } from '../html/threads-map.js';
import { timelinePicture } from '../html/timeline.js';
import { truncate } from '../text.js';
import type { GroupView, ReportView } from '../view/types.js';
import { type ViewOptions, view } from '../view/view.js';
import { THEMES } from './paints.js';
import { standaloneSvg } from './standalone.js';

const LONGEST_PART = 40;
const LONGEST_SUBJECT = 120;

/** What pictures are of: a scenario, or a place of it. */
interface Subject {
  /** The words of a file's name. */
  readonly names: readonly string[];
  readonly text: string;
  readonly pictures: readonly Picture[];
}

/**
 * All charts of the page as files of their own, each for light and for dark pages: `waiting-throughput-light.svg`.
 *
 * @throws UsageError for a report of which nothing can be drawn
 */
export function renderCharts(report: Report, options: ViewOptions = {}): ChartFile[] {
  const said = view(report, options);
  const origin = [...said.facts, ...said.machine.slice(-1)].join(' · ');
  const unused = uniqueNames();
  const files = subjectsOf(said, looksOf(said.executors)).flatMap(({ names, text, pictures }) =>
    pictures.flatMap(picture => {
      const name = unused([...names, picture.name].map(fileWord).join('-'));
      const alone = { ...picture, subject: truncate(text, LONGEST_SUBJECT), origin };
      return THEMES.map(theme => ({ name: `${name}-${theme}.svg`, contents: standaloneSvg(alone, theme) }));
    }),
  );
  if (files.length === 0)
    throw new UsageError(
      'svg',
      'results with something to draw',
      'none that were measured',
      'Look at them with --format terminal: it says why.',
    );
  return files;
}

function subjectsOf({ answer, map, groups }: ReportView, looks: Looks): Subject[] {
  const mapped = map === null ? null : mapPicture(map, looks);
  return [
    ...(answer === null
      ? []
      : [{ names: ['tune'], text: answer.title, pictures: answerPictures(answer, looks) }]),
    ...(map === null || mapped === null ? [] : [{ names: [], text: map.title, pictures: [mapped] }]),
    ...groups.flatMap(group => groupSubjects(group, looks)),
  ];
}

function groupSubjects(group: GroupView, looks: Looks): Subject[] {
  const { name, title, places } = group;
  return [
    { names: [name], text: title, pictures: picturesOf(group, looks) },
    ...places.map(place => ({
      names: [name, place.title],
      text: `${title}, ${place.title}`,
      pictures: picturesOf(place, looks),
    })),
  ];
}

function picturesOf(group: GroupView, looks: Looks): Picture[] {
  const recorded = recordedHere(group);
  return [...(recorded === null ? [] : [timelinePicture(recorded, looks)]), ...groupPictures(group, looks)];
}

/** Letters, digits and dashes: what every file system and every address takes. */
function fileWord(text: string): string {
  const word = text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return word.slice(0, LONGEST_PART).replace(/^-|-$/g, '') || 'x';
}

/** The second of a name is `name-2`. */
function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return name => {
    let unused = name;
    for (let number = 2; taken.has(unused); number++) unused = `${name}-${number}`;
    taken.add(unused);
    return unused;
  };
}
