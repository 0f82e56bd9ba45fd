/** Where the entry points of other threads and processes are, compiled. */

/** Tests run the sources, whose workers cannot be loaded by Node 20: they use the compiled ones. */
const workersUrl = new URL(
  import.meta.url.endsWith('.ts') ? '../dist/workers/' : '../workers/',
  import.meta.url,
);

/** `file:` URL of `workers/NAME`. */
export function entryUrl(name: string): URL {
  return new URL(`${name}.js`, workersUrl);
}

/** `file:` URL of a compiled module of `src/`, such as `executors/queue.js`: what a worker imports. */
export function compiledUrl(path: string): string {
  return new URL(`../src/${path}`, workersUrl).href;
}
