import { Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { originalPlace } from '../compiled-source.js';
import { siteAt } from '../throw-site.js';

const SHARED_NAME = Symbol.for('threads-vs-loop:function');

/** Where a function is written, ` (render.ts:12)`; empty where the engine does not tell. It knows every script by its number. */
export function functionSite(wanted: unknown): string {
  if (typeof wanted !== 'function') return '';
  const session = new Session();
  const urls = new Map<string, string>();
  let site = '';
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  Object.defineProperty(globalThis, SHARED_NAME, { value: wanted, configurable: true });
  try {
    // Each answers at once. The debugger tells of the scripts that are there already.
    session.post('Debugger.enable');
    const expression = `globalThis[Symbol.for(${JSON.stringify(SHARED_NAME.description)})]`;
    session.post('Runtime.evaluate', { expression }, (_, evaluated) => {
      const objectId = evaluated?.result.objectId;
      if (objectId === undefined) return;
      session.post('Runtime.getProperties', { objectId, ownProperties: true }, (_error, found) => {
        const location = found?.internalProperties?.find(({ name }) => name === '[[FunctionLocation]]');
        site = siteOf(location?.value?.value, urls);
      });
    });
  } finally {
    Reflect.deleteProperty(globalThis, SHARED_NAME);
    session.disconnect();
  }
  return site;
}

function siteOf(
  location:
    | { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber: number }
    | undefined,
  urls: ReadonlyMap<string, string>,
): string {
  const url = location === undefined ? undefined : urls.get(location.scriptId);
  if (location === undefined || url?.startsWith('file:') !== true) return '';
  const { lineNumber, columnNumber } = location;
  const place = { path: fileURLToPath(url), line: lineNumber + 1, column: columnNumber + 1 };
  return siteAt(originalPlace(place) ?? place);
}
