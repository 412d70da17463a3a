import { expectedOne } from '../../shared/index.ts';
import { table, wrap } from '../lines.ts';
import { ACTORS, TIMES } from '../scenario/schema.ts';
import { type Form, formAt } from './form.ts';
import { LineError, readLine, UNTIL_AT_MOST } from './read-line.ts';
import { acts, expected, formOfKey, isStepKey, isView, SHORT, VIEW_NAMES, VIEWS, type ViewName } from './vocabulary.ts';

const WIDTH = 100;

/** Where hands, the world and time are, for whoever has only a programmer. */
export const ELSEWHERE =
  'hands, the world and time go over the control channel of the pump: thecal hands --control URL ACT';

/** What a line can begin with at a programmer and a handset whose pump is elsewhere. */
export function helpAtDesk(views: readonly ViewName[]): string {
  return [
    'A line is one act, or one of the words below. Acts: act, or act KEY: VALUE, KEY: VALUE',
    indented([...actRows(['clinician', 'patient']), ['press', 'short for patient requestBolus']]),
    'To look, and the rest:',
    indented(viewRows(views)),
    `${ELSEWHERE[0]?.toUpperCase()}${ELSEWHERE.slice(1)}`,
    'help ACT says what an act takes; Tab completes.',
  ].join('\n');
}

/** Who does an act of that name, or a time; undefined where it is neither. */
export const actorOf = (name: string): string | undefined => {
  const [word = ''] = (SHORT.get(name) ?? name).split(/[\s.]+/u);
  return isStepKey(word) ? word : acts().get(word);
};

const actRows = (actors: readonly (typeof ACTORS)[number][]): string[][] =>
  actors.map((actor) => {
    const own = [...acts()].flatMap(([act, by]) => (by === actor ? [act] : []));
    return [actor, [...new Set([...formOfKey(actor).words, ...own])].join(', ')];
  });

const viewRows = (names: readonly ViewName[]): string[][] =>
  names.map((word) => [`${word} ${VIEWS[word].takes}`.trim(), VIEWS[word].about]);

/** Every word a line can begin with, by who does it: those that are to be told of, and others beside. */
export function helpAll(
  isTold: (word: string) => boolean = () => true,
  others: readonly (readonly string[])[] = [],
): string {
  const times = TIMES.map((time) => [time, formOfKey(time).about ?? 'as soon as a condition holds']);
  const short = [...SHORT].map(([word, meaning]) => [word, `short for ${meaning}`]);
  const timesAndRest = [...times, ['expect', 'what must be so now'], ...short].filter(([word = '']) => isTold(word));
  return [
    'A line is one act, one time, or one of the words below. Acts: act, or act KEY: VALUE, KEY: VALUE',
    indented([...actRows(ACTORS.filter(isTold)), ...timesAndRest]),
    ...(isTold('until')
      ? [`Nobody waits for ever: until looks ahead ${UNTIL_AT_MOST} unless it is given atMost.`]
      : []),
    'To look, and the rest:',
    indented([...viewRows(VIEW_NAMES.filter(isTold)), ...others]),
    'help ACT says what an act takes; Tab completes.',
  ].join('\n');
}

/** What an act or a key of a step takes, with an example. Throws LineError where there is none of that name. */
export function helpOn(name: string): string {
  if (isView(name)) return `${`${name} ${VIEWS[name].takes}`.trim()}: ${VIEWS[name].about}`;
  const [word = '', ...rest] = (SHORT.get(name) ?? name).split(/[\s.]+/u);
  const actor = acts().get(word);
  const root = isStepKey(word) ? formOfKey(word) : actor === undefined ? undefined : formAt(formOfKey(actor), word);
  const isBare = actor !== undefined && formOfKey(actor).words.includes(word);
  if (root === undefined && !isBare) {
    const all = [...acts().keys(), ...SHORT.keys(), ...Object.keys(VIEWS)];
    throw new LineError(`help: "${name.slice(0, 60)}": ${expectedOne(all, name)}`);
  }
  const form = root === undefined ? undefined : rest.length === 0 ? root : formAt(root, rest.join('.'));
  const by = actor === undefined || isStepKey(word) ? '' : ` (${actor})`;
  const what = form?.about === undefined ? '' : `: ${form.about}`;
  const head = `${name}${SHORT.has(name) ? `, short for ${SHORT.get(name)}` : ''}${by}${what}`;
  if (form === undefined) return `${head}\n  takes nothing`;
  const key = rest.join('.');
  const deep = `${word} ${key}: ${exampleOf(form)}`;
  const example = key === '' ? exampleLine(word, form) : isReadable(deep) ? deep : undefined;
  return [head, ...takes(form), ...(example === undefined ? [] : [`for example: ${example}`])].join('\n');
}

function takes(form: Form): string[] {
  const rows = [...form.keys].map(([key, inner]) => [
    `${key}${form.required.includes(key) ? ' (needed)' : ''}`,
    [inner.about, expected(inner).replace(/^expected /, '')].filter(Boolean).join('; '),
  ]);
  const itself = form.words.length > 0 || form.free !== undefined || form.items !== undefined;
  return [
    ...(itself ? wrap(expected({ ...form, keys: new Map() }), WIDTH).map((line) => `  ${line}`) : []),
    ...(rows.length > 0 ? [indented(rows)] : []),
  ];
}

/** Rows of a name and what it is, the second column broken into lines. */
function indented(rows: readonly (readonly string[])[]): string {
  const wide = Math.max(...rows.map(([name = '']) => name.length));
  const lines = rows.flatMap(([name = '', about = '']) =>
    wrap(about, WIDTH - wide).map((line, i) => [`  ${i === 0 ? name : ''}`, line]),
  );
  return table(lines);
}

/** Most keys of an example, beyond those that are needed. */
const MOST_KEYS = 3;

/** A line with that act that can be read; undefined where the schema gives no examples to make one of. */
function exampleLine(word: string, form: Form): string | undefined {
  const line = (keys: readonly string[]) =>
    `${word} ${keys.map((key) => `${key}: ${exampleOf(form.keys.get(key) ?? form)}`).join(', ')}`;
  const bare = `${word} ${exampleOf(form)}`;
  if (form.keys.size === 0 || (form.required.length === 0 && isReadable(bare) && form.free !== undefined))
    return isReadable(bare) ? bare : undefined;
  const best = [...form.required];
  for (const key of form.keys.keys()) {
    if (best.length >= form.required.length + MOST_KEYS) break;
    if (!best.includes(key) && isReadable(line([...best, key]))) best.push(key);
  }
  return best.length > 0 && isReadable(line(best)) ? line(best) : undefined;
}

function exampleOf(form: Form): string {
  const [example] = form.examples;
  if (example !== undefined) return example;
  if (form.required.length > 0)
    return `{ ${form.required.map((key) => `${key}: ${exampleOf(form.keys.get(key) ?? form)}`).join(', ')} }`;
  const word = form.words[0] ?? (form.free === 'number' ? '1' : undefined);
  if (word !== undefined) return word;
  if (form.items !== undefined) return `[${exampleOf(form.items)}]`;
  const [[key, inner] = []] = form.keys;
  return key === undefined || inner === undefined ? 'text' : `{ ${key}: ${exampleOf(inner)} }`;
}

function isReadable(line: string): boolean {
  try {
    return readLine(line).kind === 'step';
  } catch (error) {
    if (error instanceof LineError) return false;
    throw error;
  }
}
