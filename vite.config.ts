import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Beside the page, not below it: it answers for its own folder. */
const SERVICE_WORKER = 'service-worker.js';

/** The package `yaml`, fetched when it is first needed: `page/worker/yaml.ts`, for all but the file that brings it. */
const yamlLater: Plugin = {
  name: 'yaml-later',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id === 'yaml' && importer?.endsWith('/page/worker/yaml-parts.ts') === false
      ? here('page/worker/yaml.ts')
      : undefined,
};

/** What a schema says of its parts, a parameter and a message of themselves, a number of the body of its source: nothing in a browser reads it. */
const UNREAD: readonly (readonly [file: RegExp, text: RegExp, instead: string])[] = [
  [/\.ts$/, /\s*\.describe\(\s*(?:'(?:[^'\\]|\\.)*'|[A-Z_]+\.\w+),?\s*\)/g, ''],
  [/\.ts$/, /\s*\.meta\(shape\('[^']*'\)\)/g, ''],
  [/\/shared\/profile\.ts$/, /'[A-Z][a-z][^']* [^']*'/g, "''"],
  [/\/shared\/messages\/registry\.ts$/, /\babout:\s*'(?:[^'\\]|\\.)*',/g, ''],
  [/\/plant\/pharmacology\.ts$/, /(\(\s*[\d._]+),\s*(?:'[^']*'|`[^`]*`),?\s*\)/g, "$1, '')"],
];
const withoutUnread: Plugin = {
  name: 'without-unread',
  enforce: 'pre',
  transform(code, id) {
    const texts = UNREAD.filter(([file]) => file.test(id));
    return { code: texts.reduce((rest, [, text, instead]) => rest.replace(text, instead), code), map: null };
  },
};

/** Tells the service worker what to keep: every other file of the build, and its digest. */
const offline: Plugin = {
  name: 'offline',
  writeBundle({ dir = '' }) {
    const own = join(dir, SERVICE_WORKER);
    const files = readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => path !== own)
      .sort()
      .map((path) => {
        const digest = createHash('sha256').update(readFileSync(path)).digest('base64');
        return [relative(dir, path).replaceAll(sep, '/'), `sha256-${digest}`];
      });
    writeFileSync(own, `const THECAL_FILES=${JSON.stringify(files)};${readFileSync(own, 'utf8')}`);
  },
};

/** The page, to be served from any folder of any host: it asks for nothing but its own files, by relative paths. */
export default defineConfig({
  root: here('page'),
  base: './',
  publicDir: 'public',
  plugins: [offline],
  define: { THECAL_VERSION: JSON.stringify(version) },
  // The built-in transform of JSX does: the preset would add hot reloading alone.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es', plugins: () => [yamlLater, withoutUnread] },
  build: {
    target: 'es2023',
    outDir: here('dist/page'),
    emptyOutDir: true,
    // Said of the whole simulator in one piece, which is what it is.
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
    rolldownOptions: {
      input: [here('page/index.html'), here('page/offline/service-worker.ts')],
      output: {
        entryFileNames: ({ name }) => (name === 'service-worker' ? SERVICE_WORKER : 'assets/[name]-[hash].js'),
      },
    },
  },
  logLevel: 'warn',
});
