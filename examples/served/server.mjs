/** A server of your own, which `--serve` starts: it listens on the port that PORT says. */
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const index = Number(new URL(request.url, 'http://localhost').searchParams.get('index'));
  setTimeout(() => response.end(JSON.stringify({ square: index ** 2 })), 5);
});
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
