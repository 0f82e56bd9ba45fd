/** Tasks that call it: `npm run bench -- ./examples/served/call.mjs --serve "node examples/served/server.mjs"`. */

/** Read here and not above: when the program plans the run nothing is served yet. */
export function open() {
  return process.env.SERVE_URL;
}

export async function task(index, url) {
  const response = await fetch(`${url}/?index=${index}`);
  return (await response.json()).square;
}
