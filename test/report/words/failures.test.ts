import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KnownTaskError, lossOf } from '../../../src/errors.js';
import { decodeFrames } from '../../../src/executors/broker/frames.js';
import { LOOP } from '../../../src/executors/capabilities.js';
import { defineExecutor } from '../../../src/executors/executor.js';
import { startChecked } from '../../../src/executors/start-checked.js';
import { failureText } from '../../../src/report/words/failures.js';
import { failureSchema } from '../../../src/schema/failure.js';
import type { FailureCause } from '../../../src/schema/index.js';
import { findUncloneable } from '../../../src/tasks/cloneable.js';
import { failureOf, timedOut } from '../../../src/tasks/failure.js';
import { PayloadCodec } from '../../../src/tasks/payload.js';
import { digestResults } from '../../../src/trial/digest.js';
import { refuseRedirect, toTaskError } from '../../../src/workloads/http-errors.js';
import { englishIn } from '../../support/free-texts.js';

const UNCLONEABLE = {
  ...({ code: 'uncloneable', way: 'thread', path: 'result.at' } as const),
  ...({ what: 'function', quote: '() => 1' } as const),
};

const SAMPLES: { readonly [Code in FailureCause['code']]: readonly (readonly [object, string])[] } = {
  timeout: [[{ limitMs: 5 }, 'took longer than its limit of 5 ms']],
  stalled: [[{}, 'each worker that had it was lost, or gave no sign of life for as long as a lock holds']],
  uncloneable: [[UNCLONEABLE, 'result.at, a function (() => 1), cannot be sent to another thread']],
  redirect: [
    [{ status: 302, location: '/b' }, '302 to /b: redirects are not followed'],
    [{ status: 301, location: null }, '301: redirects are not followed'],
  ],
  certificate: [
    [
      { errorCode: 'DEPTH_ZERO_SELF_SIGNED_CERT', message: 'self-signed certificate' },
      'self-signed certificate (trust its certificate or its authority by --ca FILE.pem)',
    ],
    [{ errorCode: 'CERT_HAS_EXPIRED', message: 'certificate has expired' }, 'certificate has expired'],
  ],
  'resolved-elsewhere': [
    [
      { host: 'a.example', now: ['192.0.2.9', '192.0.2.8'], before: ['192.0.2.1'] },
      'a.example resolves to 192.0.2.9, 192.0.2.8, and did to 192.0.2.1 at the start',
    ],
  ],
};
const samples = Object.entries(SAMPLES).flatMap(([code, rows]) =>
  rows.map(([values, sentence]) => [{ code, ...values } as FailureCause, sentence] as const),
);

it.each(samples)('%j', (cause, sentence) => {
  const failure = failureOf(new KnownTaskError(cause));
  expect(failure).toEqual({ kind: cause.code, message: cause });
  expect(failureSchema.parse(failure)).toEqual(failure);
  expect(failureText(cause)).toBe(sentence);
});

it('docs/findings.md has each code', () => {
  const page = readFileSync(new URL('../../../docs/findings.md', import.meta.url), 'utf8');
  const [, causes] = page.split('\n## Causes of failed tasks\n');
  const rows = [...causes!.split('\n## ')[0]!.matchAll(/^\| `([a-z-]+)` *\|/gm)];
  expect(rows.map(([, code]) => code).sort()).toEqual(Object.keys(SAMPLES).sort());
});

it('what a task throws stays as it is', () => {
  expect(failureText('no database')).toBe('no database');
});

function nested(): unknown {
  let value: unknown = () => 1;
  for (let level = 0; level < 100_000; level++) value = [value];
  return value;
}

const unreadable = {
  get lazy() {
    throw new RangeError('later');
  },
};

function detached(): ArrayBuffer {
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}

const UNUSABLE = defineExecutor({
  ...{ name: 'mine', summary: '', capabilities: LOOP, options: {} },
  start: async () => ({}) as never,
});

/** All that is thrown or found by this program itself where tasks or trials fail, given texts that are no English. */
describe('no English is measured', () => {
  const thrownBy = async (fail: () => unknown) => {
    try {
      await fail();
    } catch (error) {
      return error;
    }
    throw new Error('nothing was thrown');
  };
  const coded = (code: string) => Object.assign(new Error('self-signed'), { code });

  it.each([
    ['a time-out', () => Promise.reject(timedOut(5))],
    ['a redirect', () => refuseRedirect(302, '/b')],
    ['a certificate', () => Promise.reject(toTaskError(coded('DEPTH_ZERO_SELF_SIGNED_CERT')))],
  ])('of a failed task: %s', async (_, fail) => {
    const failure = failureOf(await thrownBy(fail));
    expect(failureSchema.parse(failure)).toEqual(failure);
    expect(englishIn(failure)).toEqual([]);
  });

  it.each([
    ['a function', () => () => 1],
    ['a symbol', () => Symbol('x')],
    ['a Proxy', () => new Proxy({}, {})],
    ['a Promise', () => ({ when: Promise.resolve(1) })],
    ['a detached buffer', detached],
    ['what cannot be read', () => unreadable],
    ['what is nested too deeply', nested],
  ])('of a result that cannot be sent: %s', (_, make) => {
    const found = findUncloneable(make());
    expect(found).toMatchObject({ code: 'uncloneable' });
    expect(englishIn(found)).toEqual([]);
  });

  it.each([
    [
      'digest-threw',
      () =>
        digestResults([1], () => {
          throw new Error('x');
        }),
    ],
    [
      'payload-damaged',
      () => new PayloadCodec({ bytes: 2, by: 'clone' }).unpack(1, { result: 1, output: new Uint8Array(1) }),
    ],
    ['broker-damaged', () => decodeFrames(Buffer.alloc(3), 1)],
    ['executor-unusable', () => startChecked(UNUSABLE, {} as never, {} as never, AbortSignal.abort())],
  ])('of a lost trial: %s', async (code, fail) => {
    const loss = lossOf(await thrownBy(fail));
    expect(loss.code).toBe(code);
    expect(englishIn(loss)).toEqual([]);
  });
});
