import { XMLParser } from 'fast-xml-parser';

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
}

const OUTCOMES = ['skipped', 'error', 'failure'];

/** Children in the order in which the schema has them, and attributes: those that must be there, and those that may. */
const ELEMENTS: Readonly<Record<string, { children: string[]; must: string[]; may: string[] }>> = {
  testsuites: {
    children: ['testsuite'],
    must: ['name', 'tests', 'failures', 'errors', 'time'],
    may: ['skipped', 'disabled'],
  },
  testsuite: {
    children: ['properties', 'testcase', 'system-out', 'system-err'],
    must: ['name', 'tests', 'failures', 'errors', 'time', 'timestamp'],
    may: ['skipped', 'hostname', 'id', 'package'],
  },
  properties: { children: ['property'], must: [], may: [] },
  property: { children: [], must: ['name', 'value'], may: [] },
  testcase: {
    children: [...OUTCOMES, 'system-out', 'system-err'],
    must: ['name', 'classname', 'time'],
    may: [],
  },
  skipped: { children: [], must: [], may: ['message', 'type'] },
  error: { children: [], must: ['type'], may: ['message'] },
  failure: { children: [], must: ['type'], may: ['message'] },
  'system-out': { children: [], must: [], may: [] },
  'system-err': { children: [], must: [], may: [] },
};

const VALUES: Readonly<Record<string, RegExp>> = {
  tests: /^\d+$/,
  failures: /^\d+$/,
  errors: /^\d+$/,
  skipped: /^\d+$/,
  time: /^\d+(\.\d+)?$/,
  timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
};

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
});

/**
 * What readers of JUnit files hold them to, and this one breaks: the elements and attributes of the schemas of Ant and Jenkins
 * (JUnit.xsd, junit-10.xsd), and that counts are those of the cases, which no schema can say.
 */
export function brokenJunitRules(text: string): string[] {
  const roots = nodesOf(parser.parse(text)).filter(({ name }) => name !== '?xml');
  const names = roots.map(({ name }) => name);
  if (names.join() !== 'testsuites') return [`expected testsuites as the root, got ${names.join()}`];
  return [...roots.flatMap(brokenIn), ...brokenCounts(roots[0]!)];
}

function nodesOf(parsed: readonly Readonly<Record<string, unknown>>[]): Node[] {
  return parsed.flatMap(one => {
    const name = Object.keys(one).find(key => key !== ':@' && key !== '#text');
    if (name === undefined) return [];
    const attributes = (one[':@'] ?? {}) as Node['attributes'];
    return [{ name, attributes, children: nodesOf(one[name] as []) }];
  });
}

function brokenIn(node: Node): string[] {
  const { name, attributes, children } = node;
  const rule = ELEMENTS[name];
  if (rule === undefined) return [`no element of the schema: ${name}`];
  const { must, may } = rule;
  const places = children.map(child => rule.children.indexOf(child.name));
  return [
    ...must.filter(key => !(key in attributes)).map(key => `${name} without ${key}`),
    ...Object.keys(attributes)
      .filter(key => ![...must, ...may].includes(key))
      .map(key => `${name} with ${key}`),
    ...Object.entries(attributes)
      .filter(([key, value]) => !(VALUES[key]?.test(value) ?? true))
      .map(([key, value]) => `${name} with ${key}="${value}"`),
    ...children.filter((_, at) => places[at] === -1).map(child => `${child.name} in ${name}`),
    ...(places.every((place, at) => at === 0 || place >= places[at - 1]!) ? [] : [`order in ${name}`]),
    ...(children.filter(child => OUTCOMES.includes(child.name)).length > 1
      ? [`${name} of two outcomes`]
      : []),
    ...children.flatMap(brokenIn),
  ];
}

function brokenCounts(root: Node): string[] {
  const suites = root.children.filter(({ name }) => name === 'testsuite');
  const cases = (suite: Node) => suite.children.filter(({ name }) => name === 'testcase');
  return [
    ...suites.flatMap(suite => wrongCounts(suite, cases(suite))),
    ...wrongCounts(root, suites.flatMap(cases)),
  ];
}

function wrongCounts({ name, attributes }: Node, cases: readonly Node[]): string[] {
  const having = (outcome: string) =>
    cases.filter(({ children }) => children.some(child => child.name === outcome)).length;
  const counted = {
    tests: cases.length,
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  };
  return Object.entries(counted)
    .filter(([key, number]) => Number(attributes[key]) !== number)
    .map(([key, number]) => `${name} says ${key}="${attributes[key]}", it has ${number}`);
}
