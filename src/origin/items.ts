import { personName, pick, words } from './words.js';

/** JSON resources by collection, shaped like those of a public placeholder API. Ids count from 1. */

export type Item = Readonly<Record<string, string | number | boolean>>;

interface Collection {
  /** Items in the list; an item of its own exists for every id. */
  readonly listed: number;
  item(id: number): Item;
}

const email = (name: string, id: number) => `${name.toLowerCase().replace(' ', '.')}.${id}@example.org`;

function comment(id: number): Item {
  const name = personName('comment', id);
  const postId = Math.ceil(id / 5);
  return { postId, id, name, email: email(name, id), body: words('comment.body', id, 20) };
}

function todo(id: number): Item {
  const completed = pick('todo.completed', id, 2) === 1;
  return { userId: Math.ceil(id / 20), id, title: words('todo.title', id, 5), completed };
}

function post(id: number): Item {
  const title = words('post.title', id, 5);
  return { userId: Math.ceil(id / 10), id, title, body: words('post.body', id, 25) };
}

function user(id: number): Item {
  const name = personName('user', id);
  const site = `${words('user.site', id, 1)}.example.org`;
  return { id, name, username: words('user.name', id, 1), email: email(name, id), website: site };
}

const collections: Readonly<Record<string, Collection>> = {
  comments: { listed: 100, item: comment },
  todos: { listed: 100, item: todo },
  posts: { listed: 100, item: post },
  users: { listed: 10, item: user },
};

export function findCollection(name: string): Collection | undefined {
  return Object.hasOwn(collections, name) ? collections[name] : undefined;
}
