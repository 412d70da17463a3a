import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { onTestFinished } from 'vitest';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** A plain web host, of which the page has one folder: it knows nothing of Thecal. */
export async function staticHost(
  folder: string,
): Promise<{ readonly url: string; serve(other: string): void; close(): Promise<void> }> {
  let at = folder;
  const below = '/somebody/thecal/';
  const server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://host').pathname;
    const file = join(at, path.slice(below.length) || 'index.html');
    if (!path.startsWith(below) || !existsSync(file)) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? '' }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(() => (server.listening ? close() : undefined));
  const { port } = server.address() as AddressInfo;
  const serve = (other: string) => {
    at = other;
  };
  return { url: `http://127.0.0.1:${port}${below}`, serve, close };
}
