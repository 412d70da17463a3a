import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The package `yaml`, fetched when it is first needed: `page/worker/yaml.ts`, for all but the file that brings it. */
const yamlLater: Plugin = {
  name: 'yaml-later',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id === 'yaml' && importer?.endsWith('/page/worker/yaml-parts.ts') === false
      ? here('page/worker/yaml.ts')
      : undefined,
};

/** The page, to be served from any folder of any host: it asks for nothing but its own files, by relative paths. */
export default defineConfig({
  root: here('page'),
  base: './',
  publicDir: false,
  define: { THECAL_VERSION: JSON.stringify(version) },
  // The built-in transform of JSX does: the preset would add hot reloading alone.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es', plugins: () => [yamlLater] },
  build: {
    target: 'es2023',
    outDir: here('dist/page'),
    emptyOutDir: true,
    // Said of the whole simulator in one piece, which is what it is.
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
  },
  logLevel: 'warn',
});
