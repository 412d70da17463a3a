import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';
import { LOOPBACK } from './address.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface PageServer {
  /** Where it is. */
  readonly url: string;
  close(): Promise<void>;
}

interface Served {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The files below a folder, by the paths they are asked for by: no other path leads anywhere. */
function filesIn(folder: string): ReadonlyMap<string, Served> {
  const files = new Map<string, Served>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const type = TYPES[extname(entry.name)] ?? 'application/octet-stream';
    files.set(path.slice(folder.length).replaceAll(sep, '/'), { type, bytes: readFileSync(path) });
  }
  const index = files.get('/index.html');
  return index === undefined ? files : files.set('/', index);
}

/** Serves the files of a folder, read once, on this machine alone. Rejects with the error of the system where it cannot. */
export async function servePage(folder: string, port: number): Promise<PageServer> {
  const files = filesIn(folder);
  const server = createServer(({ url = '/', method }, response) => {
    const file = files.get(url.replace(/[?#].*$/su, ''));
    if (method !== 'GET' && method !== 'HEAD') response.writeHead(405, { allow: 'GET, HEAD' }).end();
    else if (file === undefined) response.writeHead(404).end('no such file\n');
    else {
      const { type, bytes } = file;
      // The page of another version may have been here a moment ago.
      const headers = { 'content-type': type, 'content-length': bytes.length, 'cache-control': 'no-cache' };
      response.writeHead(200, { ...headers, 'x-content-type-options': 'nosniff' }).end(method === 'HEAD' ? '' : bytes);
    }
  });
  server.listen({ host: LOOPBACK, port });
  await once(server, 'listening');
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { url: `http://${LOOPBACK}:${portOf(server.address())}/`, close };
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;
