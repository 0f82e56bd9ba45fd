import { expect, test } from 'vitest';
import { hideInArgument, hiderOf, isSecretName } from '../src/secrets.js';

test.each([
  'authorization',
  'Proxy-Authorization',
  'Cookie',
  'x-api-key',
  'X-ApiKey',
  'x-auth-token',
  'api_secret',
])('%s is secret', name => expect(isSecretName(name)).toBe(true));

test.each(['accept', 'content-type', 'user-agent', 'x-request-id', 'keyboard', 'x-tokenizer'])(
  '%s is not',
  name => expect(isSecretName(name)).toBe(false),
);

const TOKEN = 'Bearer abc"def123';
const plan = {
  scenarios: [
    {
      id: `http headers={"authorization":"${TOKEN}"}`,
      params: { headers: { authorization: TOKEN, accept: 'x' } },
    },
  ],
};

test('a secret is hidden wherever it stands, and nothing else is', () => {
  const hide = hiderOf(plan);
  const shown = JSON.stringify(hide({ plan, message: 'you sent abc"def123', json: '{"a":"abc\\"def123"}' }));
  expect(shown).not.toContain('def123');
  expect(shown).toContain('"accept":"x"');
  expect(hide(plan).scenarios[0]!.params.headers).toEqual({ authorization: '•••', accept: 'x' });
});

test('several secrets stay several', () => {
  const headers = (cookie: string) => ({ params: { headers: { cookie } } });
  const both = [headers('a=111111'), headers('a=222222')];
  expect(hiderOf(both)(both)).toEqual([headers('•••1'), headers('•••2')]);
});

test('a short secret is hidden under its name alone', () => {
  const short = { params: { headers: { 'x-api-key': 'ok' } } };
  expect(hiderOf(short)({ ...short, id: 'look' })).toEqual({
    params: { headers: { 'x-api-key': '•••' } },
    id: 'look',
  });
});

test('what is no data is left as it is, and without secrets everything is', () => {
  const typed = { figures: new Float64Array([1]), map: new Map([['a', TOKEN]]) };
  expect(hiderOf(plan)(typed)).toEqual(typed);
  const none = { params: { headers: { accept: 'x' }, token: 'of no header' } };
  expect(hiderOf(none)(none)).toBe(none);
});

test.each([
  ['authorization: Bearer abc', 'authorization: •••'],
  ['--header=Cookie: a=b', '--header=Cookie: •••'],
  ['accept: text/html', 'accept: text/html'],
  ['headers={"X-Api-Key":"a\\"b","accept":"c"}', 'headers={"X-Api-Key":"•••","accept":"c"}'],
  ['--load', '--load'],
])('argument %s', (argument, shown) => {
  expect(hideInArgument(argument)).toBe(shown);
});

const URL_WITH_PASSWORD = 'rediss://me:s%40cret-word@broker.example:6380/0';

test("a broker's password is hidden wherever it stands, in either form", () => {
  const run = { broker: URL_WITH_PASSWORD, scenarios: [] };
  const hide = hiderOf(run);
  expect(hide(run).broker).toBe('rediss://me:•••@broker.example:6380/0');
  const said = hide(`WRONGPASS for s@cret-word or s%40cret-word at ${URL_WITH_PASSWORD}`);
  expect(said).not.toContain('cret-word');
  expect(said).toContain('rediss://me:•••@broker.example');
});

test('of a short one only the URL has it', () => {
  const run = { broker: 'redis://:ab@localhost', scenarios: [{ id: 'abacus' }] };
  expect(hiderOf(run)(run)).toEqual({ broker: 'redis://:•••@localhost', scenarios: [{ id: 'abacus' }] });
});

test.each([
  [`--broker=${URL_WITH_PASSWORD}`, '--broker=rediss://me:•••@broker.example:6380/0'],
  [URL_WITH_PASSWORD, 'rediss://me:•••@broker.example:6380/0'],
  ['redis://localhost:6379', 'redis://localhost:6379'],
  ['--broker=postgres://me:word@h/jobs?sslmode=require', '--broker=postgres://me:•••@h/jobs?sslmode=require'],
  ['postgresql://me:word@h/jobs', 'postgresql://me:•••@h/jobs'],
  ['{"a":"redis://h:6379","b":"x@y"}', '{"a":"redis://h:6379","b":"x@y"}'],
])('%s in a command line', (argument, shown) => {
  expect(hideInArgument(argument)).toBe(shown);
});
