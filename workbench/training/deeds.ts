import { type Fields, fieldsIn, fieldsOf } from '../fields.ts';
import type { TraceRecord } from '../trace.ts';
import { amountsOf } from './amounts.ts';
import { ANYTHING, anyOfThese, NOTHING, type One } from './arguments.ts';
import { type Deed, DOERS } from './schema.ts';

/** Something the learner did: its record in the trace, what was entered with it, and why it was refused. */
export interface Done {
  readonly record: TraceRecord;
  /** By the names that a scenario has for it. */
  readonly entered: Fields;
  readonly refused: string | undefined;
  /** The record that tells what came of it. */
  readonly told: TraceRecord;
}

/** Whether something that was done is what a deed describes. */
export function isDeed({ record, entered, refused }: Done, deed: Deed): boolean {
  const who = DOERS.find((actor) => deed[actor] !== undefined);
  if (who === undefined || record.kind !== who) return false;
  const type = String(fieldsOf(record)['type']);
  if (![deed[who]].flat().includes(type) || [deed.except].flat().includes(type)) return false;
  const isAsTried = deed.refused === undefined ? refused === undefined : refused !== undefined;
  if (!isAsTried || (deed.refused !== undefined && deed.refused !== 'any' && deed.refused !== refused)) return false;
  return Object.entries(deed.with ?? {}).every(([name, wanted]) =>
    anyOfThese(wanted).some((one) => agrees(under(entered, name), one)),
  );
}

/** What was entered under a name; of a name with dots, inside what stands there. */
const under = (entered: Fields, name: string): unknown =>
  name.split('.').reduce<unknown>((value, key) => own(fieldsIn(value), key), entered);

const own = (fields: Fields, key: string): unknown => (Object.hasOwn(fields, key) ? fields[key] : undefined);

function agrees(value: unknown, wanted: One): boolean {
  if (wanted === ANYTHING) return value !== undefined;
  if (value === undefined) return wanted === NOTHING;
  if (typeof wanted !== 'object') return value === wanted || stands(value, wanted, (a, b) => a === b);
  const { atLeast, atMost } = wanted;
  return (
    (atLeast === undefined || stands(value, atLeast, (a, b) => a >= b)) &&
    (atMost === undefined || stands(value, atMost, (a, b) => a <= b))
  );
}

/** Whether what was entered stands so to a value, as quantities of one kind, however each is written. */
function stands(
  value: unknown,
  wanted: string | number | boolean,
  holds: (a: bigint | number, b: bigint | number) => boolean,
): boolean {
  if (typeof value === 'number' && typeof wanted === 'number') return holds(value, wanted);
  if (typeof value !== 'string' || typeof wanted !== 'string') return false;
  const asked = amountsOf(wanted);
  return [...amountsOf(value)].some(([kind, amount]) => {
    const bound = asked.get(kind);
    return bound !== undefined && holds(amount, bound);
  });
}
