import type * as Yaml from 'yaml';

/*
 * What the simulator uses of the package `yaml`, an eighth of it all, as it is in the worker: fetched when first a text is
 * to be read or written, as a visit is that is kept: no patient waits for it. `vite.config.ts` puts it in the package's
 * place.
 */

export let isMap: typeof Yaml.isMap;
export let isNode: typeof Yaml.isNode;
export let isPair: typeof Yaml.isPair;
export let isScalar: typeof Yaml.isScalar;
export let LineCounter: typeof Yaml.LineCounter;
export let parseDocument: typeof Yaml.parseDocument;
export let stringify: typeof Yaml.stringify;
export let visit: typeof Yaml.visit;

/** Fetches the package. Rejects where nothing can be fetched, and may be asked again. */
export async function fetchYaml(): Promise<void> {
  ({ isMap, isNode, isPair, isScalar, LineCounter, parseDocument, stringify, visit } = await import('./yaml-parts.ts'));
}
