import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import { ALARM_CODES, CONDITION_CODES, DRUGS, REFUSAL_CODES } from '../../shared/index.ts';
import { BELIEF } from '../../workbench/scenario/readings.ts';
import { LONG, ROOT } from './cli.ts';

/** One expectation of a scenario, and what to write in its place so that the run contradicts it. */
export interface Mutant {
  readonly line: number;
  readonly what: string;
  readonly kind: 'equality' | 'bound' | 'never';
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** A scenario in which some expectations are changed, each in a line of its own. */
export interface Changed {
  readonly mutants: readonly Mutant[];
  readonly text: string;
}

/** Names that can stand where a text without digits is expected, beside those the readings list. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  refused: REFUSAL_CODES,
  drug: DRUGS,
  drug2: DRUGS,
  drug3: DRUGS,
  conditions: ['none', ...CONDITION_CODES],
  clock: ['2026-01-05 08:00'],
  title: ['No session', 'Pump status'],
  by: ['clinician', 'patient'],
  found: ['noComplaint', 'pain'],
  signs: ['none', 'pain'],
  'screen.reservoir': ['normal', 'low', 'empty'],
};

/** Every equality leaf, bound and `never` of a scenario. */
function mutants(text: string): Mutant[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const found: Mutant[] = [];
  const replace = (node: Node, by: string, what: string, kind: Mutant['kind']) => {
    const [start, end] = node.range ?? [0, 0];
    found.push({ line: lines.linePos(start).line, what, kind, start, end, by });
  };

  const leaf = (node: unknown, path: readonly string[], opposite?: unknown) => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const name = String(isScalar(key) ? key.value : key);
        const opposite = node.get(name === 'atLeast' ? 'atMost' : 'atLeast');
        // A count may lie on the opposite bound: it is moved past that, which then cannot stand beside it.
        if ((name === 'atLeast' || name === 'atMost') && typeof opposite === 'number')
          replace(node, `{ ${name}: ${opposite + (name === 'atLeast' ? 1 : -1)} }`, [...path, name].join('.'), 'bound');
        else leaf(value, [...path, name], opposite);
      }
    } else if (isSeq(node)) {
      if (node.items.length === 0) replace(node, `[${ALARM_CODES[0]}]`, path.join('.'), 'equality');
      for (const item of node.items)
        if (isScalar(item)) replace(item, other(ALARM_CODES, item.value), path.join('.'), 'equality');
    } else if (isScalar(node)) {
      const side = path.at(-1);
      if (side === 'atLeast' || side === 'atMost') replace(node, broken(node, side, opposite), path.join('.'), 'bound');
      else replace(node, changed(node, path), path.join('.'), 'equality');
    }
  };

  const story = document.get('story');
  for (const step of isSeq(story) ? story.items : []) {
    if (!isMap(step)) continue;
    leaf(step.get('expect', true), []);
    const atMost = step.get('atMost', true);
    if (isScalar(atMost)) replace(atMost, '1ms', 'until', 'bound');
  }
  const never = document.get('never');
  for (const item of isSeq(never) ? never.items : []) {
    // Every shipped story opens a session sooner or later.
    if (isMap(item)) replace(item, '{ log: sessionOpened }', 'never', 'never');
  }
  return found;
}

/**
 * Copies of a scenario in which every expectation is changed once. What is expected changes nothing of what happens, so
 * a copy holds one change of every line; but a wait in vain ends the story, and so has a copy to itself.
 */
export function changedCopies(text: string): Changed[] {
  const rounds: Mutant[][] = [];
  const alone: Mutant[][] = [];
  for (const mutant of mutants(text)) {
    if (mutant.what === 'until') alone.push([mutant]);
    else {
      const free = rounds.find((round) => round.every(({ line }) => line !== mutant.line));
      if (free === undefined) rounds.push([mutant]);
      else free.push(mutant);
    }
  }
  return [...rounds, ...alone].map((round) => ({ mutants: round, text: changedText(text, round) }));
}

/** A text with some changes, which may not move lines. Throws where one would. */
function changedText(text: string, changes: readonly Mutant[]): string {
  const fromTheEnd = changes.toSorted((a, b) => b.start - a.start);
  return fromTheEnd.reduce((changed, { start, end, by, line }) => {
    if (changed.slice(start, end).includes('\n')) throw new Error(`more than a line is changed at ${line}`);
    return changed.slice(0, start) + by + changed.slice(end);
  }, text);
}

/** The same leaf with its last digit changed, or another valid name. */
function changed(node: Scalar, path: readonly string[]): string {
  if (typeof node.value === 'number') return String(node.value + 1);
  const text = String(node.value);
  const at = text.search(/\d(?=\D*$)/);
  if (at === -1) return other(namesFor(path), text);
  const digit = text.charAt(at) === '9' ? '8' : String(Number(text.charAt(at)) + 1);
  const mutated = text.slice(0, at) + digit + text.slice(at + 1);
  return node.type === 'QUOTE_DOUBLE' ? `"${mutated}"` : mutated;
}

/** The same bound, moved to the opposite one where there are two, else past anything a run can reach. */
function broken(node: Scalar, side: 'atLeast' | 'atMost', opposite: unknown): string {
  if (opposite !== undefined) return String(opposite);
  if (typeof node.value === 'number') return side === 'atLeast' ? '1000000' : '-1';
  return String(node.value)
    .replace(/[\d.]+/, side === 'atLeast' ? '100' : '0')
    .replace(/^100 mL$/, '103 mL')
    .replace(/^100 mg$/, '9999999 mg');
}

function namesFor(path: readonly string[]): readonly string[] {
  const [group, name = ''] = path;
  // Any text may be expected of a screen, and of a handset.
  const anyText = group === 'screen' || group === 'handset' ? ['another text'] : undefined;
  const names =
    (group === 'belief' ? BELIEF[name]?.choices : undefined) ??
    OTHER_NAMES[path.join('.')] ??
    OTHER_NAMES[path.at(-1) ?? ''] ??
    anyText;
  if (names === undefined) throw new Error(`no other name known for ${path.join('.')}`);
  return names;
}

function other(names: readonly string[], name: unknown): string {
  const found = names.find((each) => each !== name);
  if (found === undefined) throw new Error(`no name beside ${name}`);
  return found;
}

const SCENARIOS = join(ROOT, 'scenarios');
export const SHORT = readdirSync(SCENARIOS).filter((name) => name.endsWith('.yaml') && !LONG.includes(name));

/** The changed copies of some shipped scenarios, each in a file of its own below one folder. */
export function writeChanged(root: string, names: readonly string[]): (Changed & { readonly path: string })[] {
  return names.flatMap((name) =>
    changedCopies(readFileSync(join(SCENARIOS, name), 'utf8')).map((changed, i) => {
      const below = join(root, name.replace('.yaml', ''));
      mkdirSync(below, { recursive: true });
      const path = join(below, `${String(i).padStart(3, '0')}.yaml`);
      writeFileSync(path, changed.text);
      return { ...changed, path };
    }),
  );
}

/** The lines that a report names in a file, each once. */
export const linesNamed = (report: string, path: string): number[] => [
  ...new Set(report.split(`\n${path}:`).flatMap((part, i) => (i === 0 ? [] : [Number.parseInt(part, 10)]))),
];
