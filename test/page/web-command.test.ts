import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copied, thecal, thecalProcess } from '../integration/cli.ts';
import { web } from './web.ts';

test('thecal web serves the page on this machine, its own files and nothing else, and ends on Ctrl-C', async () => {
  const { child, ended, url } = await web();
  const page = await fetch(url);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const text = await page.text();
  const [, script = ''] = /<script type="module"[^>]* src="\.\/([^"]+)"/.exec(text) ?? [];
  const found = await fetch(url + script, { method: 'HEAD' });
  expect([found.status, found.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  for (const path of ['package.json', '%2e%2e/workbench/index.js', '//', 'assets'])
    expect((await fetch(url + path)).status).toBe(404);
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  const taken = thecal(['web', '--port', new URL(url).port]);
  expect(taken).toMatchObject({ code: 2, out: '', err: expect.stringContaining('EADDRINUSE') });
  child.kill('SIGINT');
  expect(await ended).toEqual([null, 'SIGINT']);
});

test.each(['x', '65536', '-1'])('thecal web --port %s is refused', (port) => {
  expect(thecal(['web', '--port', port])).toMatchObject({ code: 2, out: '' });
});

test('thecal web says what to do where the page was not built', () => {
  const root = copied([]);
  rmSync(join(root, 'dist/page'), { recursive: true });
  expect(thecalProcess(['web', '--port', '0'], { root }).err).toContain('npm run build');
});
