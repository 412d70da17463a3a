import { didYouMean, namesOf } from '../../shared/index.ts';
import { ACTORS, TIMES } from '../scenario/schema.ts';
import { type Form, stepForm } from './form.ts';
import { once } from './once.ts';

/** What a line can ask for that is no step of a story: what it is, and what may follow. */
export const VIEWS = {
  screen: { about: 'what the clinician sees, whole', takes: '' },
  report: { about: 'the dosing report of the open session, or of the last one', takes: '' },
  card: { about: 'the refill card, for the patient: the same session', takes: '' },
  history: { about: 'every prescription the pump has had', takes: '' },
  log: { about: "the pump's event log, its last 20 records or as many as you say", takes: '[COUNT]' },
  belief: { about: 'for the instructor: what the pump believes', takes: '' },
  truth: { about: 'for the instructor: what is physically so, to the patient', takes: '' },
  why: { about: 'for the instructor: why things stand as they do, from the first cause', takes: '' },
  next: { about: 'plays the next step, or steps, of the story that was opened', takes: '[COUNT]' },
  skip: { about: 'leaves the next step of the story out', takes: '' },
  note: { about: 'keeps a remark in the recording', takes: 'TEXT' },
  help: { about: 'this, or what an act takes', takes: '[ACT]' },
  quit: { about: 'ends the console', takes: '' },
} as const;
export type ViewName = keyof typeof VIEWS;
export const VIEW_NAMES = namesOf(VIEWS);
export const isView = (word: string): word is ViewName => Object.hasOwn(VIEWS, word);

/** Other words for the beginning of a step. */
export const SHORT: ReadonlyMap<string, string> = new Map([
  ['advance', 'after'],
  ['press', 'patient requestBolus'],
]);

const NOTHING: Form = {
  about: undefined,
  examples: [],
  words: [],
  keys: new Map(),
  required: [],
  items: undefined,
  free: undefined,
};

/** What may stand at a key of a step. */
export const formOfKey = (key: string): Form => stepForm().keys.get(key) ?? NOTHING;
export const isStepKey = (word: string): boolean => stepForm().keys.has(word);
export const isActor = (key: string): boolean => ACTORS.some((actor) => actor === key);
export const isTime = (key: string): boolean => TIMES.some((time) => time === key);

/** The acts of an actor, by name: those without arguments, then those with. */
export const actsOf = (actor: string): string[] => [...formOfKey(actor).words, ...formOfKey(actor).keys.keys()];

/** Every act that can be done, and who does it. Where two have an act of one name, the clinician's comes first. */
export const acts = once(
  (): ReadonlyMap<string, string> =>
    new Map([...ACTORS].reverse().flatMap((actor) => actsOf(actor).map((act): [string, string] => [act, actor]))),
);

/** Every word a line can begin with. */
export const firstWords = once((): readonly string[] =>
  [...new Set([...acts().keys(), ...SHORT.keys(), ...stepForm().keys.keys(), ...VIEW_NAMES])].sort(),
);

const listOf = ({ examples, items }: Form): string => examples[0] ?? `[${items?.words.slice(0, 2).join(', ') ?? ''}]`;

/** What may stand at a place, in words: its words, its keys, an example; and what somebody may have meant. */
export function expected(form: Form, given?: string): string {
  const list = [...form.words, ...form.keys.keys()];
  const examples = form.examples.slice(0, 2).map((example) => `"${example}"`);
  const free = form.free === 'number' ? 'a number' : 'a text';
  const like = examples.length === 0 ? free : examples.join(' or ');
  const parts = [
    ...(list.length > 0 ? [`one of ${list.join(', ')}`] : []),
    ...(form.free === undefined ? [] : [like]),
    ...(form.items === undefined ? [] : [`a list such as ${listOf(form)}`]),
  ];
  const such = form.free === 'text' && list.length === 0 && examples.length > 0 ? 'a value such as ' : '';
  return `expected ${such}${parts.join(', or ') || 'nothing'}${didYouMean(list, given)}`;
}
