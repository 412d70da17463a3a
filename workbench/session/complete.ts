import { type Form, formAt, stepForm } from './form.ts';
import { spelledOut } from './read-line.ts';
import { acts, firstWords, formOfKey, isActor, isStepKey, isTime, isView } from './vocabulary.ts';

/** Where in a line the next word stands: at a key of `map`, or at the value `value`. */
interface Place {
  map: Form;
  value: Form | undefined;
  /** Whether the value is whole, so that only another key can follow. */
  ended: boolean;
}

/** What a line that begins with one of some words could go on with, and the piece of it that would be replaced. */
export function complete(line: string, words: readonly string[] = firstWords()): [hits: string[], piece: string] {
  const piece = /[\p{L}\d_.]*$/u.exec(line)?.[0] ?? '';
  const before = line.slice(0, line.length - piece.length).trimStart();
  const hits = possible(before, piece.slice(0, piece.lastIndexOf('.') + 1), words);
  return [[...new Set(hits)].filter((hit) => hit.startsWith(piece)), piece];
}

/** What could follow a text that begins with no space; `dotted` is the key it has begun, up to its last dot. */
function possible(before: string, dotted: string, words: readonly string[]): readonly string[] {
  if (before === '') return words;
  const first = /^[^\s:]*/u.exec(before)?.[0] ?? '';
  if (/^help\s/u.test(before))
    return [...acts().keys(), ...stepForm().keys.keys()].filter((word) => words.includes(word));
  if (!before.startsWith('{') && (isView(first) || !words.includes(first) || !firstWords().includes(first))) return [];
  const line = before.startsWith('{') ? before : spelledOut(before);
  // What may not be said is not gone on with.
  if ((line.match(/\p{L}+/gu) ?? []).some((word) => isStepKey(word) && !words.includes(word))) return [];
  const { map, value, ended } = placeAfter(line);
  if (ended) return nextKeys(line).filter((key) => words.includes(key.trim()));
  const form = value ?? map;
  if (form === stepForm()) return [...form.keys.keys()].filter((key) => words.includes(key));
  if (dotted !== '')
    return [...(formAt(form, dotted.slice(0, -1))?.keys.keys() ?? [])].map((key) => `${dotted}${key}: `);
  const braced = /[{[]/u.test(line);
  const plain =
    !braced && [...stepForm().keys].some(([key, each]) => each === form && (isActor(key) || key === 'until'));
  const keys = [...form.keys].map(([key, each]) => {
    if (plain) return key;
    return !braced && isGroup(each) ? `${key}.` : `${key}: `;
  });
  return value === undefined ? keys : [...form.words, ...keys];
}

/** Whether a place only leads on to others, as `belief` does to `belief.reservoir`. */
const isGroup = ({ keys, words, free, required }: Form): boolean =>
  keys.size > 0 && words.length + required.length === 0 && free === undefined;

/** The keys that can follow a whole value on a line without braces. */
function nextKeys(line: string): string[] {
  const [first = ''] = line.split(/[\s:]/u);
  if (!isTime(first)) return isActor(first) ? ['expect '] : [];
  return [...stepForm().keys.keys()].filter((key) => key !== first && !isTime(key));
}

/** Follows a line to its end. */
function placeAfter(line: string): Place {
  const outer: { map: Form; items: Form | undefined }[] = [];
  let items: Form | undefined;
  const place: Place = { map: stepForm(), value: undefined, ended: false };
  const go = (map: Form, value: Form | undefined, ended = false) => void Object.assign(place, { map, value, ended });
  for (const token of line.match(/[{}[\],]|"[^"]*"?|'[^']*'?|[^\s{}[\],:]+:?|:/gu) ?? []) {
    const { map, value } = place;
    if (token === '{' || token === '[') {
      outer.push({ map, items });
      items = token === '[' ? value?.items : undefined;
      go(value ?? map, items);
    } else if (token === '}' || token === ']') {
      const back = outer.pop();
      items = back?.items;
      go(back?.map ?? stepForm(), undefined, true);
    } else if (token === ',') go(map, items);
    else if (token !== ':') {
      const word = token.replace(/:$/, '');
      const inner = formAt(value ?? map, word);
      if (inner !== undefined && (value === undefined || !value.words.includes(word) || token.endsWith(':')))
        go(token.endsWith(':') ? (value ?? map) : map, inner);
      else if (outer.length === 0 && isStepKey(word)) go(stepForm(), formOfKey(word));
      else go(map, undefined, true);
    }
  }
  return place;
}
