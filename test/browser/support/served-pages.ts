import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Pages of a host that sends headers of its own, on this machine. */
export interface ServedPages {
  /** @returns its address */
  open(html: string, headers: Readonly<Record<string, string>>): Promise<string>;
  /** All that were opened. */
  close(): Promise<void>;
}

export function servedPages(): ServedPages {
  const servers: Server[] = [];
  return {
    async open(html, headers) {
      const server = createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
      });
      servers.push(server);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    },
    async close() {
      for (const server of servers.splice(0)) {
        const closed = once(server, 'close');
        server.close();
        // The browser keeps its connections.
        server.closeAllConnections();
        await closed;
      }
    },
  };
}
