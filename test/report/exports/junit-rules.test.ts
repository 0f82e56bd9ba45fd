import { expect, it } from 'vitest';
import { brokenJunitRules } from '../../support/junit-rules.js';

const suite = (cases: string, counts = 'tests="1" failures="0" errors="0" skipped="0"') =>
  `<testsuites name="a" ${counts} time="1"><testsuite name="b" ${counts} time="1" timestamp="2026-01-02T03:04:05">${cases}</testsuite></testsuites>`;
const passed = '<testcase name="c" classname="d" time="0"><system-out>e</system-out></testcase>';

it('a file that keeps the rules breaks none', () => {
  expect(brokenJunitRules(suite(passed))).toEqual([]);
});

it.each([
  ['counts that are not those of the cases', suite(passed.repeat(2)), /says tests="1", it has 2/],
  [
    'a failure that is not counted',
    suite('<testcase name="c" classname="d" time="0"><failure type="t"/></testcase>'),
    /says failures="0", it has 1/,
  ],
  ['a case without a class', suite('<testcase name="c" time="0"/>'), /testcase without classname/],
  [
    'an outcome behind the output',
    suite('<testcase name="c" classname="d" time="0"><system-out/><skipped/></testcase>'),
    /order in testcase/,
  ],
  [
    'two outcomes',
    suite('<testcase name="c" classname="d" time="0"><skipped/><failure type="t"/></testcase>'),
    /two outcomes/,
  ],
  ['a time zone', suite(passed).replace('04:05', '04:05Z'), /timestamp="2026-01-02T03:04:05Z"/],
  ['seconds as text', suite(passed).replace('time="1"', 'time="1 s"'), /time="1 s"/],
  ['an element of nobody', suite(`<note/>${passed}`), /note in testsuite/],
  ['an attribute of nobody', suite(passed).replace('<testsuite ', '<testsuite hue="1" '), /with hue/],
  ['another root', '<testsuite name="b"/>', /expected testsuites/],
])('%s breaks one', (_what, text, broken) => {
  expect(brokenJunitRules(text)).toContainEqual(expect.stringMatching(broken));
});
