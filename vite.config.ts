import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** The page, to be served from any folder of any host: it asks for nothing but its own files, by relative paths. */
export default defineConfig({
  root: new URL('page', import.meta.url).pathname,
  base: './',
  publicDir: false,
  define: { THECAL_VERSION: JSON.stringify(version) },
  // The built-in transform of JSX does: the preset would add hot reloading alone.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: new URL('dist/page', import.meta.url).pathname,
    emptyOutDir: true,
    // Said of the whole simulator in one piece, which is what it is.
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
  },
  logLevel: 'warn',
});
