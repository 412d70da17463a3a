import { expectedOne } from '../../shared/index.ts';
import { readYaml } from '../scenario/document.ts';
import { readBy } from '../scenario/issues.ts';
import { ScenarioError } from '../scenario/problem.ts';
import { isWrittenStep, type Step, step, type WrittenStep } from '../scenario/schema.ts';
import { type Form, formAt, stepForm } from './form.ts';
import {
  acts,
  expected,
  firstWords,
  formOfKey,
  isActor,
  isStepKey,
  isView,
  SHORT,
  type ViewName,
} from './vocabulary.ts';
import { type Word, wordsOf } from './words.ts';

/** A line that cannot be used: what is wrong, and what was expected. */
export class LineError extends Error {
  override readonly name = 'LineError';
}

/** What a line asks for. */
export type Line =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'view'; readonly view: ViewName; readonly rest: string }
  | { readonly kind: 'step'; readonly step: Step; readonly written: WrittenStep };

/** Longest line that is read, in characters. */
const LONGEST_LINE = 10_000;
/** How long `until` looks ahead where the line does not say. */
export const UNTIL_AT_MOST = '3650d';

/** Reads a line. Throws LineError. */
export function readLine(text: string): Line {
  const line = text.trim();
  if (line.length > LONGEST_LINE) throw new LineError(`longer than ${LONGEST_LINE} characters: expected one act`);
  if (/[\p{Cc}\uFFFD]/u.test(line.replaceAll('\t', ' '))) throw new LineError('not a text: expected one act');
  if (line === '' || line.startsWith('#')) return { kind: 'nothing' };
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/su.exec(line) ?? [];
  if (isView(word)) return { kind: 'view', view: word, rest };
  return { kind: 'step', ...readStep(line) };
}

/** The keys of the step that a line has, whatever stands at each. Throws LineError. */
export function keysOf(text: string): readonly string[] {
  const line = text.trim();
  if (line === '' || line.startsWith('#')) return [];
  if (!line.startsWith('{')) return partsOf(spelledOut(line)).map(({ key }) => key);
  const value = undotted(yaml(line), stepForm());
  return isPlain(value) ? Object.keys(value) : [];
}

/** Reads a step from values as a file has them. Throws LineError. */
export function stepOf(value: unknown): { readonly step: Step; readonly written: WrittenStep } {
  const parsed = readBy(step, value);
  if (parsed.success && isWrittenStep(value)) return { step: parsed.data, written: value };
  const problems = parsed.success ? [] : parsed.problems;
  throw new LineError(problems.map(({ message }) => message).join('; '));
}

function readStep(line: string): { readonly step: Step; readonly written: WrittenStep } {
  if (line.startsWith('{')) return stepOf(withLimit(undotted(yaml(line), stepForm())));
  const parts = partsOf(spelledOut(line));
  const value: Record<string, unknown> = {};
  for (const { key, text } of parts) {
    if (Object.hasOwn(value, key)) throw new LineError(`"${key}" stands here twice: expected each once`);
    value[key] = readValue(formOfKey(key), text, key);
  }
  return stepOf(withLimit(value));
}

/** A wait that does not say for how long at most waits ten years. */
function withLimit(value: unknown): unknown {
  const waits = typeof value === 'object' && value !== null && 'until' in value && !('atMost' in value);
  return waits ? { ...value, atMost: UNTIL_AT_MOST } : value;
}

/** The line with a step's key as its first word: `stop` is what a `clinician` does. */
export function spelledOut(line: string): string {
  const [, word = '', rest = ''] = /^([^\s:]+)(.*)$/su.exec(line) ?? [];
  const short = SHORT.get(word);
  if (short !== undefined) return `${short}${rest}`;
  if (isStepKey(word)) return line;
  const actor = acts().get(word);
  if (actor !== undefined) return `${actor} ${line}`;
  throw new LineError(`"${word.slice(0, 60)}" is no act: ${expectedOne(firstWords(), word)}`);
}

interface Part {
  readonly key: string;
  readonly text: string;
}

/** The keys of a step that a line has, and the text of each. */
function partsOf(line: string): Part[] {
  const words = wordsOf(line);
  const starts: Word[] = [];
  for (const word of words) {
    const current = starts.at(-1);
    if (current === undefined || begins(word, current, line)) starts.push(word);
  }
  return starts.map(({ text: word, start, end }, i) => {
    const actor = isStepKey(word) ? undefined : acts().get(word);
    const key = actor ?? word;
    const rest = line.slice(actor === undefined ? end : start, starts[i + 1]?.start ?? line.length).trim();
    return { key, text: rest.replace(/^:\s*/, '').replace(/,$/, '').trim() };
  });
}

/** Whether a word begins another key of the step, rather than belonging to the one before. */
function begins(word: Word, { text: key, end }: Word, line: string): boolean {
  if (key === 'expect') return false;
  // After a span of time an act may stand by itself: at 5d stop.
  if (!isStepKey(word.text)) return acts().has(word.text) && isStepKey(key) && !isActor(key) && key !== 'until';
  if ((isStepKey(key) && !isActor(key)) || word.text === 'expect') return true;
  // In the middle of an act only what is plainly a key and none of the act's own.
  return (
    word.afterComma && word.colon && !innermost(formOfKey(acts().get(key) ?? key), line.slice(end)).keys.has(word.text)
  );
}

/** The form that the words at the beginning of a text lead to. */
function innermost(form: Form, text: string): Form {
  const [, word = '', rest = ''] = /^\s*:?\s*([\w.]+)(.*)$/su.exec(text) ?? [];
  const inner = word === '' ? undefined : formAt(form, word);
  return inner === undefined || inner.keys.size === 0 || /^\s*:\s/u.test(rest) ? form : innermost(inner, rest);
}

/** What a text means at a place: YAML, with or without braces, or words leading to a value. */
function readValue(form: Form, text: string, where: string): unknown {
  if (text === '') throw new LineError(`${where}: ${expected(form)}`);
  if (/^[{["']/u.test(text)) return undotted(yaml(text), form);
  const [, word = '', colon, rest = ''] = /^([\w.]+)(:(?=\s|$))?\s*(.*)$/su.exec(text) ?? [];
  if (colon !== undefined && form.keys.size > 0) return undotted(yaml(`{ ${text} }`), form);
  const inner = word === '' ? undefined : formAt(form, word);
  if (inner !== undefined && rest !== '') return nested(word, readValue(inner, rest, `${where}.${word}`));
  if (inner !== undefined && !form.words.includes(word)) throw new LineError(`${where}.${word}: ${expected(inner)}`);
  const value = scalar(text);
  if (form.free === undefined && !form.words.includes(text))
    throw new LineError(`${where}: "${text.slice(0, 60)}": ${expected(form, text)}`);
  return value;
}

function scalar(text: string): unknown {
  try {
    const value = readYaml(text);
    return typeof value === 'object' ? text : value;
  } catch (error) {
    if (error instanceof ScenarioError) return text;
    throw error;
  }
}

function yaml(text: string): unknown {
  try {
    return readYaml(text);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new LineError(error.problems.map(({ message }) => message).join('; '));
  }
}

type Plain = { readonly [key: string]: unknown };
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value at a dotted key. */
function nested(dotted: string, value: unknown): Plain {
  const [first = '', ...others] = dotted.split('.');
  return { [first]: others.length === 0 ? value : nested(others.join('.'), value) };
}

/** `{ belief.reservoir: 2 mL }` is `{ belief: { reservoir: 2 mL } }`. */
function undotted(value: unknown, form: Form): unknown {
  if (!isPlain(value)) return value;
  let whole: Plain = {};
  for (const [key, each] of Object.entries(value)) {
    const inner = undotted(each, formAt(form, key) ?? form);
    const isDotted = key.includes('.') && !form.keys.has(key) && formAt(form, key) !== undefined;
    whole = together(whole, isDotted ? nested(key, inner) : { [key]: inner }, key);
  }
  return whole;
}

function together(a: Plain, b: Plain, where: string): Plain {
  let whole = a;
  for (const [key, value] of Object.entries(b)) {
    const there = Object.hasOwn(whole, key) ? whole[key] : undefined;
    if (there !== undefined && !(isPlain(there) && isPlain(value)))
      throw new LineError(`"${where}" stands here twice: expected each once`);
    whole = { ...whole, [key]: isPlain(there) && isPlain(value) ? together(there, value, where) : value };
  }
  return whole;
}
