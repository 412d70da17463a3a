import { type Document, isMap, isNode, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Locate } from './issues.ts';
import { type Path, ScenarioError } from './problem.ts';

/** Longest text that is read, in characters. */
export const MOST_TEXT = 1_000_000;
/** A file whose aliases would unfold into more than this many copies is refused. */
const MOST_ALIASES = 100;

/** What a text is to be: "a scenario", that begins with "thecal: scenario/1". */
export interface Expected {
  readonly what: string;
  readonly plural: string;
  readonly head: string;
}

/** A text in YAML, of which JSON is a part: its value, and where each part of it stands. */
export interface Opened {
  readonly value: unknown;
  readonly locate: Locate;
}

/** Reads a text. Throws ScenarioError where it is no YAML as these files use it. */
export function openYaml(text: string, expected: Expected): Opened {
  const { what, head } = expected;
  if (text.length > MOST_TEXT) fail(`longer than ${MOST_TEXT} characters: expected ${what}`);
  if (text.includes('\0') || text.includes('\uFFFD')) fail(`not a text: expected ${what} in YAML, encoded as UTF-8`);
  if (text.trim() === '') fail(`empty: expected ${what} beginning with "${head}"`);
  const lines = new LineCounter();
  const document = parse(text, lines, expected);
  const locate: Locate = (path, key = false) => position(document, lines, path, key);
  return { value: unfold(document, locate), locate };
}

/** Reads a piece of YAML, such as `{ volume: 20 mL }`, as scenarios use it. Throws ScenarioError. */
export function readYaml(text: string): unknown {
  const expected = { what: 'a scenario', plural: 'scenarios', head: 'thecal: scenario/1' };
  return unfold(parse(text, new LineCounter(), expected), () => ({ line: 1, column: 1 }));
}

function fail(message: string): never {
  throw new ScenarioError([{ line: 1, column: 1, message }]);
}

function parse(text: string, lineCounter: LineCounter, { what, plural }: Expected): Document {
  const tooDeep = `nested too deep: expected ${what}`;
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
    if (error instanceof RangeError) return fail(tooDeep);
    throw error;
  }
  const at = (offset: number, message: string): never => {
    const { line, col } = lineCounter.linePos(offset);
    throw new ScenarioError([{ line, column: col, message }]);
  };
  // What follows the first error is mostly its echo. A tag that is not known is a warning to the parser.
  const [first] = [...document.errors, ...document.warnings];
  if (first !== undefined) {
    if (/call stack/.test(first.message)) return fail(tooDeep);
    if (first.code === 'MULTIPLE_DOCS')
      return at(first.pos[0], `a second document: expected ${what.replace(/^a /, 'one ')} a file`);
    return at(first.pos[0], `not YAML as ${plural} use it: ${first.message}`);
  }
  visit(document, {
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

function unfold(document: Document, locate: Locate): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ScenarioError([{ ...locate([]), message: `cannot be unfolded: ${message}` }]);
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
