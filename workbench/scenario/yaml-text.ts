import { type Document, isMap, isNode, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Path, Problem, SortName } from './problem.ts';

/*
 * Files as people write them: YAML, of which JSON is a part, with the place of everything in it.
 */

/** Longest text that is read, in characters. */
export const MOST_TEXT = 1_000_000;
/** A file whose aliases would unfold into more than this many copies is refused. */
const MOST_ALIASES = 100;

/** A sort of file: what one and many are called, how it begins, and the error that says what is wrong with one. */
export interface Sort {
  readonly name: SortName;
  readonly plural: string;
  /** As in its first line, `thecal: scenario/1`. */
  readonly head: string;
  readonly error: new (problems: readonly Problem[]) => Error;
}

/** Line and column of a value; of the key where `key` is asked for; of the nearest parent where it is not there. */
export type Locate = (path: Path, key?: boolean) => { line: number; column: number };

/** What a file says, every value as it was written, and where each part of it stands. */
export interface YamlText {
  readonly value: unknown;
  readonly locate: Locate;
}

/** Whether a text says of itself that it is of a sort, whatever else may be wrong with it. */
export const isOfSort = (text: string, { head }: Sort): boolean =>
  new RegExp(`^[\\s{]*["']?thecal["']?\\s*:\\s*["']?${head}/`, 'm').test(text);

/** Reads the text of a file. Throws the error of its sort with the first thing that is wrong. */
export function readYamlText(text: string, sort: Sort): YamlText {
  const { name, head } = sort;
  if (text.length > MOST_TEXT) fail(sort, `longer than ${MOST_TEXT} characters: expected a ${name}`);
  if (text.includes('\0') || text.includes('\uFFFD'))
    fail(sort, `not a text: expected a ${name} in YAML, encoded as UTF-8`);
  if (text.trim() === '') fail(sort, `empty: expected a ${name} beginning with "thecal: ${head}/1"`);
  const lines = new LineCounter();
  const document = parse(text, lines, sort);
  const locate: Locate = (path, key = false) => position(document, lines, path, key);
  return { value: unfold(document, locate, sort), locate };
}

/** Reads a piece of YAML, such as `{ volume: 20 mL }`, as files use it. Throws the error of its sort. */
export function readYamlPiece(text: string, sort: Sort): unknown {
  return unfold(parse(text, new LineCounter(), sort), () => ({ line: 1, column: 1 }), sort);
}

function fail(sort: Sort, message: string): never {
  throw new sort.error([{ line: 1, column: 1, message }]);
}

function parse(text: string, lineCounter: LineCounter, sort: Sort): Document {
  const { name, plural } = sort;
  const tooDeep = `nested too deep: expected a ${name}`;
  let document: Document;
  try {
    document = parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      stringKeys: true,
      schema: 'core',
      resolveKnownTags: false,
      // Looked for below: the parser's own look takes quadratic time.
      uniqueKeys: false,
    });
  } catch (error) {
    // The parser descends by recursion.
    if (error instanceof RangeError) return fail(sort, tooDeep);
    throw error;
  }
  const at = (offset: number, message: string): never => {
    const { line, col } = lineCounter.linePos(offset);
    throw new sort.error([{ line, column: col, message }]);
  };
  // What follows the first error is mostly its echo. A tag that is not known is a warning to the parser.
  const [first] = [...document.errors, ...document.warnings];
  if (first !== undefined) {
    if (/call stack/.test(first.message)) return fail(sort, tooDeep);
    if (first.code === 'MULTIPLE_DOCS') return at(first.pos[0], `a second document: expected one ${name} a file`);
    return at(first.pos[0], `not YAML as ${plural} use it: ${first.message}`);
  }
  visit(document, {
    Alias(_, alias) {
      const source = alias.resolve(document);
      const what = `the alias "*${alias.source}"`;
      if (source === undefined) at(alias.range?.[0] ?? 0, `${what} has no anchor before it: expected &${alias.source}`);
    },
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name))
          at(isNode(key) ? (key.range?.[0] ?? 0) : 0, `the key "${name}" stands here twice: expected each key once`);
        seen.add(name);
      }
    },
  });
  return document;
}

function unfold(document: Document, locate: Locate, sort: Sort): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new sort.error([{ ...locate([]), message: `cannot be unfolded: ${message}` }]);
  }
}

function position(document: Document, lines: LineCounter, path: Path, key: boolean): { line: number; column: number } {
  let node: Node | null = document.contents;
  for (const [depth, part] of path.entries()) {
    const next = childOf(node, part, key && depth === path.length - 1);
    if (next === undefined) break;
    node = next;
  }
  const start = node?.range?.[0] ?? 0;
  const { line, col } = lines.linePos(start);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function childOf(node: Node | null, part: string | number, key: boolean): Node | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === part);
    const found = isPair(pair) ? (key || pair.value === null ? pair.key : pair.value) : undefined;
    return isNode(found) ? found : undefined;
  }
  const items = node !== null && 'items' in node ? node.items : [];
  const item = typeof part === 'number' ? items[part] : undefined;
  return isNode(item) ? item : undefined;
}
