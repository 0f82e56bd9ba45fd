import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withScript } from '../../../src/cli/init/package-script.js';

const add = (text: string) => withScript(text, 'bench:threads', 'threads-vs-loop run');
const SCRIPT = '"bench:threads": "threads-vs-loop run"';

describe('a script is inserted and all else is as it was', () => {
  it.each([
    [
      'behind the others',
      '{\n  "scripts": {\n    "test": "x"\n  }\n}\n',
      `{\n  "scripts": {\n    "test": "x",\n    ${SCRIPT}\n  }\n}\n`,
    ],
    [
      'with tabs, without a newline at the end',
      '{\n\t"scripts": {\n\t\t"test": "x"\n\t}\n}',
      `{\n\t"scripts": {\n\t\t"test": "x",\n\t\t${SCRIPT}\n\t}\n}`,
    ],
    [
      'with four spaces and CRLF',
      '{\r\n    "scripts": {\r\n        "t": "x"\r\n    }\r\n}\r\n',
      `{\r\n    "scripts": {\r\n        "t": "x",\r\n        ${SCRIPT}\r\n    }\r\n}\r\n`,
    ],
    [
      'as the first',
      '{\n  "scripts": {},\n  "files": ["a", "b"]\n}\n',
      `{\n  "scripts": {\n    ${SCRIPT}\n  },\n  "files": ["a", "b"]\n}\n`,
    ],
    [
      'where there are no scripts',
      '{\n  "name": "x",\n  "files": ["a", "b"]\n}\n',
      `{\n  "name": "x",\n  "files": ["a", "b"],\n  "scripts": {\n    ${SCRIPT}\n  }\n}\n`,
    ],
    ['in one line', '{"name":"x","scripts":{"test":"y"}}', `{"name":"x","scripts":{"test":"y", ${SCRIPT}}}`],
    ['into nothing', '{}\n', `{ "scripts": { ${SCRIPT} } }\n`],
    [
      'not into scripts of something else',
      '{\n  "config": { "scripts": { "a": "b" } },\n  "scripts": { "c": "d" }\n}',
      `{\n  "config": { "scripts": { "a": "b" } },\n  "scripts": { "c": "d", ${SCRIPT} }\n}`,
    ],
    [
      'behind braces and quotes in texts',
      '{\n  "scripts": {\n    "a": "echo \\"}{\\" : [",\n    "b": "}"\n  }\n}',
      `{\n  "scripts": {\n    "a": "echo \\"}{\\" : [",\n    "b": "}",\n    ${SCRIPT}\n  }\n}`,
    ],
  ])('%s', (_, before, after) => {
    expect(add(before)).toBe(after);
  });

  it('whatever is in it', () => {
    const scripts = fc
      .dictionary(fc.string(), fc.string())
      .map(given => ({ ...given, 'bench:threads': undefined }));
    const manifest = fc.record(
      { before: fc.jsonValue(), scripts, after: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const indent = fc.constantFrom(undefined, 2, 4, '\t');
    fc.assert(
      fc.property(manifest, indent, (content, space) => {
        const text = JSON.stringify(content, null, space);
        const expected = JSON.parse(text);
        expected.scripts = { ...expected.scripts, 'bench:threads': 'threads-vs-loop run' };
        expect(JSON.parse(add(text))).toEqual(expected);
      }),
    );
  });
});
