import { describe, expect, test } from 'vitest';
import { resourceAt } from '../../src/origin/resources.js';

const bodyOf = (url: string, payloadBytes = 0) => JSON.parse(resourceAt(url, payloadBytes).body);

test.each([
  ['/comments/499', ['postId', 'id', 'name', 'email', 'body']],
  ['/todos/199', ['userId', 'id', 'title', 'completed']],
  ['/posts/100', ['userId', 'id', 'title', 'body']],
  ['/users/10', ['id', 'name', 'username', 'email', 'website']],
])('%s is an item of its kind', (url, keys) => {
  const resource = resourceAt(url, 0);
  expect(resource).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' });
  const item = JSON.parse(resource.body);
  expect(Object.keys(item)).toEqual(keys);
  expect(item.id).toBe(Number(url.split('/')[2]));
});

test.each([
  ['/comments', 100],
  ['/todos', 100],
  ['/posts', 100],
  ['/users', 10],
])('%s lists %i items, the same as one by one', (url, count) => {
  const items = bodyOf(url);
  expect(items).toHaveLength(count);
  expect(items[4]).toEqual(bodyOf(`${url}/5`));
});

test.each([
  '/',
  '/nothing',
  '/constructor',
  '/todos/0',
  '/todos/x',
  '/todos/-1',
  '/todos/1.5',
  '/todos/1/2',
  '/sites',
  '/movies',
  '/movies/x',
])('%s is not found', url => {
  const { status, body } = resourceAt(url, 0);
  expect([status, JSON.parse(body)]).toEqual([404, { error: 'not found' }]);
});

test('a resource follows from its id, and not from a query', () => {
  expect(resourceAt('/todos/7', 0)).toEqual(resourceAt('/todos/7', 0));
  expect(resourceAt('/todos/7?a=b', 0)).toEqual(resourceAt('/todos/7', 0));
  const bodies = new Set(Array.from({ length: 499 }, (_, n) => resourceAt(`/comments/${n + 1}`, 0).body));
  expect(bodies.size).toBe(499);
});

describe('payload', () => {
  test.each([1000, 1013, 100_000])('items, lists and sites are padded to %i bytes', bytes => {
    expect(bodyOf('/todos/1', bytes)).toMatchObject({ id: 1, padding: expect.stringMatching(/^x+$/) });
    for (const url of ['/todos/1', '/sites/a.example', '/movies/3']) {
      expect(resourceAt(url, bytes).body).toHaveLength(bytes);
    }
    expect(resourceAt('/users', 100_000).body).toHaveLength(100_000);
    expect(bodyOf('/users', 100_000)).toHaveLength(10);
  });

  test('what is long enough stays as it is', () => {
    expect(resourceAt('/comments', 10)).toEqual(resourceAt('/comments', 0));
    expect(resourceAt('/todos/1', 10)).toEqual(resourceAt('/todos/1', 0));
  });

  test('a movie is a page of credits of 30,000 bytes unless asked otherwise', () => {
    const { contentType, body } = resourceAt('/movies/57', 0);
    expect(contentType).toBe('text/html; charset=utf-8');
    expect(body).toHaveLength(30_000);
    expect(body.match(/<tr class="credit">/g)!.length).toBeGreaterThan(200);
    expect(resourceAt('/movies/57', 1).body).toMatch(/<tr class="credit">.*<\/html>\n$/s);
  });

  test('bodies are ASCII, so that characters are bytes', () => {
    for (const url of ['/comments', '/users', '/movies/1', '/sites/x']) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
      expect(resourceAt(url, 0).body).toMatch(/^[\x00-\x7f]*$/);
    }
  });
});
