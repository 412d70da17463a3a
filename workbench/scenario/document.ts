import { type Document, isMap, isNode, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { implausible } from './plausible.ts';
import { type Path, type Problem, ScenarioError } from './problem.ts';
import { isWritten, type Scenario, scenarioSchema, type WrittenScenario } from './schema.ts';

/** Longest scenario text that is read, in characters. */
export const MOST_TEXT = 1_000_000;
/** A file whose aliases would unfold into more than this many copies is refused. */
const MOST_ALIASES = 100;

/** A scenario that has been read, and where each part of it stands in its text. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** The same as it stands in the text, every value as it was written. */
  readonly written: WrittenScenario;
  /** Line and column of a value; of the key where `key` is asked for; of the nearest parent where it is not there. */
  locate(path: Path, key?: boolean): { line: number; column: number };
}

/** Reads a scenario from its text. Throws ScenarioError with every problem found. */
export function loadScenario(text: string): LoadedScenario {
  if (text.length > MOST_TEXT) fail(`longer than ${MOST_TEXT} characters: expected a scenario`);
  if (text.includes('\0') || text.includes('\uFFFD')) fail('not a text: expected a scenario in YAML, encoded as UTF-8');
  if (text.trim() === '') fail('empty: expected a scenario beginning with "thecal: scenario/1"');
  const lines = new LineCounter();
  const document = parse(text, lines);
  const locate = (path: Path, key = false) => position(document, lines, path, key);
  const written = unfold(document, locate);
  const parsed = scenarioSchema.safeParse(written);
  if (!parsed.success || !isWritten(written)) throw new ScenarioError(problemsOf(parsed.error?.issues ?? [], locate));
  const impossible = implausible(parsed.data);
  if (impossible.length > 0) {
    throw new ScenarioError(
      impossible.map(({ path, message }) => ({ ...locate(path), message: `${path.join('.')}: ${message}` })),
    );
  }
  return { scenario: parsed.data, written, locate };
}

/** Reads a piece of YAML, such as `{ volume: 20 mL }`, as scenarios use it. Throws ScenarioError. */
export function readYaml(text: string): unknown {
  return unfold(parse(text, new LineCounter()), () => ({ line: 1, column: 1 }));
}

function fail(message: string): never {
  throw new ScenarioError([{ line: 1, column: 1, message }]);
}

function parse(text: string, lineCounter: LineCounter): Document {
  const tooDeep = 'nested too deep: expected a scenario';
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
    if (first.code === 'MULTIPLE_DOCS') return at(first.pos[0], 'a second document: expected one scenario a file');
    return at(first.pos[0], `not YAML as scenarios use it: ${first.message}`);
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

function unfold(document: Document, locate: LoadedScenario['locate']): unknown {
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

type Issue = z.core.$ZodIssue;

/** Every issue as a problem; of a union, the branch that came furthest. */
export function problemsOf(issues: readonly Issue[], locate: LoadedScenario['locate']): Problem[] {
  const problems: Problem[] = [];
  const walk = (issue: Issue, above: Path) => {
    const path = [...above, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
    if (issue.code === 'invalid_union') {
      const branch = bestBranch(issue.errors);
      // Where no branch has the shape, what the union itself says is the better answer.
      if (branch !== undefined && (!branch.some(wrongShape) || issue.message === 'Invalid input')) {
        for (const inner of branch) walk(inner, path);
        return;
      }
    }
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    if (issue.code === 'unrecognized_keys') {
      const expected = issue.message.replace(/^.*?: /, '');
      for (const key of issue.keys) {
        problems.push({ ...locate([...path, key], true), message: `${where}unknown key "${key}": ${expected}` });
      }
    } else problems.push({ ...locate(path), message: `${where}${plain(issue)}` });
  };
  for (const issue of issues) walk(issue, []);
  return problems;
}

const wrongShape = (issue: Issue): boolean =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches.find((branch) => !branch.some(wrongShape)) ?? longest(branches);
}

/** Where no branch fits the shape, the one that lists most of what was possible. */
function longest(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return [...branches].sort((a, b) => (b[0]?.message.length ?? 0) - (a[0]?.message.length ?? 0))[0];
}

function plain(issue: Issue): string {
  if (issue.code === 'invalid_type' && /received undefined/.test(issue.message)) return 'is missing';
  if (issue.code === 'too_small' && issue.origin === 'array') return 'expected at least one entry';
  if (issue.code === 'invalid_value' && issue.values.length > 1 && issue.message.startsWith('Invalid option'))
    return `expected one of ${issue.values.join(', ')}`;
  const [, kinds] = /^Invalid discriminator value\. Expected (.*)$/s.exec(issue.message) ?? [];
  if (kinds !== undefined) return `expected one of ${kinds.replaceAll("'", '').replaceAll(' | ', ', ')}`;
  return issue.message.replace(/^Invalid (input|option): /, '');
}
