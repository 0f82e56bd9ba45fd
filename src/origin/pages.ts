import { capitalized, personName, pick, words } from './words.js';

const PAGE_END = '</body></html>\n';
const CREDITS_END = '</tbody></table>';
const COMMENT_BYTES = '<!---->'.length;

function pageStart(title: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>`;
}

/** A page that says that its site is there. */
export function sitePage(name: string): string {
  return `${pageStart(name)}<p>${words(name, 1, 12)}</p>${PAGE_END}`;
}

function creditRow(movieId: number, n: number): string {
  const person = pick('person', movieId * 1000 + n, 1_000_000);
  const name = personName('cast', person);
  const role = capitalized(words('role', person + movieId, 2));
  return `<tr class="credit"><td><a href="/people/${person}">${name}</a></td><td>${role}</td></tr>\n`;
}

/** Credits of a movie: as many rows as fit into `bytes`, then a comment that fills them up exactly. ASCII only. */
export function moviePage(id: number, bytes: number): string {
  const title = capitalized(words('movie', id, 3));
  let page = `${pageStart(title)}<table><thead><tr><th>Name</th><th>Role</th></tr></thead><tbody>\n`;
  const endBytes = CREDITS_END.length + PAGE_END.length;
  for (let n = 1; ; n++) {
    const row = creditRow(id, n);
    if (page.length + row.length + COMMENT_BYTES + endBytes > bytes && n > 1) break;
    page += row;
  }
  const missing = Math.max(0, bytes - page.length - COMMENT_BYTES - endBytes);
  return `${page}${CREDITS_END}<!--${' '.repeat(missing)}-->${PAGE_END}`;
}
