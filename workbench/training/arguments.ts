import { didYouMean, expectedOne } from '../../shared/index.ts';
import { type Fields, fieldsIn } from '../fields.ts';
import { ACTORS, type WrittenStep } from '../scenario/schema.ts';
import { type Form, formAt } from '../session/form.ts';
import { formOfKey } from '../session/vocabulary.ts';
import { amountsOf } from './amounts.ts';

/*
 * What is entered with an act, by the names that a scenario has for it: a rubric asks for what was written, so that whoever
 * can write an act can ask for one.
 */

/** What the one argument of an act is called that is written without a name; of all others it is a volume. */
const CALLED: Readonly<Record<string, string>> = {
  listen: 'for',
  enterScanner: 'field',
  setAlarmInterval: 'interval',
  silence: 'alarm',
  clearAlarm: 'alarm',
  setClock: 'choice',
};
const calledIn = (act: string): string => CALLED[act] ?? 'volume';

/** What was entered with the act of a step, by its names. */
export function enteredIn(step: WrittenStep): Fields {
  const act = ACTORS.map((actor) => step[actor]).find((given) => given !== undefined);
  const [[name, given] = []] = typeof act === 'object' ? Object.entries(act) : [];
  if (name === undefined) return {};
  return typeof given === 'object' ? fieldsIn(given) : { [calledIn(name)]: given };
}

/** What can be entered with an act, by its names; of a part of a part with a dot between: `patientBolus.dose`. */
export function argumentsOf(actor: string, act: string): ReadonlyMap<string, Form> {
  const form = formAt(formOfKey(actor), act);
  if (form === undefined) return new Map();
  const named = ({ keys }: Form, before = ''): [string, Form][] =>
    [...keys].flatMap(([key, inner]) => [[`${before}${key}`, inner], ...named(inner, `${before}${key}.`)]);
  return new Map(form.keys.size === 0 ? [[calledIn(act), form]] : named(form));
}

/** A value that is wanted of what was entered. */
export type Wanted = One | readonly One[];
export type One = string | number | boolean | Bounds;
interface Bounds {
  readonly atLeast?: string | number;
  readonly atMost?: string | number;
}

/** The values of which any will do. */
export const anyOfThese = (wanted: Wanted): readonly One[] => [wanted].flat();

/** Entered, whatever it was; and not entered. */
export const ANYTHING = 'any';
export const NOTHING = 'none';

/** Why a value can never have been entered under a name of an act; undefined where it can. */
export function neverEntered(actor: string, act: string, name: string, wanted: Wanted): string | undefined {
  const forms = argumentsOf(actor, act);
  const form = forms.get(name);
  if (form === undefined)
    return forms.size === 0
      ? `nothing is entered with ${act}`
      : `"${name}" is nothing that is entered with ${act}: ${listed([...forms.keys()], name)}`;
  const wrong = anyOfThese(wanted).find((one) => !canBe(form, one));
  return wrong === undefined
    ? undefined
    : `${typeof wrong === 'object' ? '' : `"${wrong}": `}${valueExpected(form, wrong)}`;
}

/** Names within others are found where the others are known. */
function listed(names: readonly string[], given: string): string {
  const whole = names.filter((each) => !each.includes('.'));
  return names.length === whole.length
    ? expectedOne(names, given)
    : `expected one of ${whole.join(', ')}${didYouMean(names, given)}`;
}

function valueExpected({ words, examples, free }: Form, given: Wanted): string {
  const values = words.length + examples.length === 0 && free === undefined ? [] : [...words, ...quoted(examples)];
  return expectedOne([...values, ANYTHING, NOTHING], given);
}

const quoted = (examples: readonly string[]): string[] => examples.slice(0, 2).map((example) => `"${example}"`);

function canBe(form: Form, wanted: One): boolean {
  if (wanted === ANYTHING || wanted === NOTHING || form.words.includes(String(wanted))) return true;
  if (typeof wanted === 'object')
    return [wanted.atLeast, wanted.atMost].every((bound) => bound === undefined || isLike(form, bound));
  return isLike(form, wanted);
}

/** Whether a value is of a kind with the examples of a place. */
function isLike({ free, examples }: Form, wanted: string | number | boolean): boolean {
  if (typeof wanted !== 'string' || free !== 'text') return typeof wanted === free;
  const kinds = new Set(examples.flatMap((example) => [...amountsOf(example).keys()]));
  return kinds.size === 0 || [...amountsOf(wanted).keys()].some((kind) => kinds.has(kind));
}
