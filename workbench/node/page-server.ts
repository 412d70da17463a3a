import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { LOOPBACK } from './address.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

export interface PageServer {
  /** Where it is. */
  readonly url: string;
  close(): Promise<void>;
}

interface Served {
  readonly type: string;
  /** For how long a browser may keep it. */
  readonly lasts: string;
  readonly bytes: Uint8Array;
  /** The same, compressed. */
  readonly brotli: Uint8Array;
}

const NAMED_BY_CONTENT = 'public, max-age=31536000, immutable';
/** The page of another version may have been here a moment ago. */
const ASK_AGAIN = 'no-cache';

/** A tenth larger than it could be, and nobody waits half a second for the page to be served. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };

/** The files below a folder, by the paths they are asked for by: no other path leads anywhere. */
function filesIn(folder: string): ReadonlyMap<string, Served> {
  const files = new Map<string, Served>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const type = TYPES[extname(entry.name)] ?? 'application/octet-stream';
    const bytes = readFileSync(path);
    const brotli = brotliCompressSync(bytes, QUALITY);
    const name = path.slice(folder.length).replaceAll(sep, '/');
    files.set(name, { type, lasts: name.startsWith('/assets/') ? NAMED_BY_CONTENT : ASK_AGAIN, bytes, brotli });
  }
  const index = files.get('/index.html');
  return index === undefined ? files : files.set('/', index);
}

/** Serves the files of a folder, read once, on this machine alone. Rejects with the error of the system where it cannot. */
export async function servePage(folder: string, port: number): Promise<PageServer> {
  const files = filesIn(folder);
  const server = createServer(({ url = '/', method, headers: asked }, response) => {
    const file = files.get(url.replace(/[?#].*$/su, ''));
    if (method !== 'GET' && method !== 'HEAD') response.writeHead(405, { allow: 'GET, HEAD' }).end();
    else if (file === undefined) response.writeHead(404).end('no such file\n');
    else {
      const isCompressed = /\bbr\b/u.test(String(asked['accept-encoding'] ?? ''));
      const bytes = isCompressed ? file.brotli : file.bytes;
      const headers = {
        'content-type': file.type,
        'content-length': bytes.length,
        ...(isCompressed ? { 'content-encoding': 'br' } : {}),
        vary: 'accept-encoding',
        'cache-control': file.lasts,
      };
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
