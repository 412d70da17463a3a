import { UnitError } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import { KINDS } from '../scenario/expect.ts';
import type { TraceRecord } from '../trace.ts';
import { type Deed, DOERS } from './schema.ts';

/** Something the learner did: its record in the trace, and why it was refused. */
export interface Done {
  readonly record: TraceRecord;
  readonly refused: string | undefined;
}

/** Whether something that was done is what a deed describes. */
export function isDeed({ record, refused }: Done, deed: Deed): boolean {
  const who = DOERS.find((actor) => deed[actor] !== undefined);
  if (who === undefined || record.kind !== who) return false;
  const fields = fieldsOf(record);
  const type = String(fields['type']);
  if (![deed[who]].flat().includes(type) || [deed.except].flat().includes(type)) return false;
  const isAsTried = deed.refused === undefined ? refused === undefined : refused !== undefined;
  if (!isAsTried || (deed.refused !== undefined && deed.refused !== 'any' && deed.refused !== refused)) return false;
  return Object.entries(deed.with ?? {}).every(([name, wanted]) => agrees(entered(fields, name), wanted));
}

/** What was entered under a name; of a name with dots, inside what stands there. */
const entered = (fields: unknown, name: string): unknown =>
  name
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Readonly<Record<string, unknown>>)[key]
          : undefined,
      fields,
    );

type Wanted = NonNullable<Deed['with']>[string];

function agrees(value: unknown, wanted: Wanted): boolean {
  if (Array.isArray(wanted)) return wanted.some((each) => agrees(value, each));
  if (value === undefined || value === null) return wanted === 'none';
  if (typeof wanted !== 'object') return value === wanted || isAmount(value, wanted, (a, b) => a === b);
  const { atLeast, atMost } = wanted;
  return (
    (atLeast === undefined || isAmount(value, atLeast, (a, b) => a >= b)) &&
    (atMost === undefined || isAmount(value, atMost, (a, b) => a <= b))
  );
}

/** Whether a quantity of the trace, a bare number of its smallest unit, stands so to one as people write it. */
function isAmount(
  value: unknown,
  wanted: string | number | boolean,
  holds: (a: bigint, b: bigint) => boolean,
): boolean {
  if (typeof wanted !== 'string' || (typeof value !== 'number' && typeof value !== 'string')) return false;
  const written = amountOf(wanted);
  return written !== undefined && /^-?\d+$/.test(String(value)) && holds(BigInt(value), written);
}

/** What a quantity is in the smallest unit of its kind; undefined where it is none. */
export function amountOf(text: string): bigint | undefined {
  for (const kind of Object.values(KINDS)) {
    try {
      return BigInt(kind.parse(text));
    } catch (error) {
      if (!(error instanceof UnitError)) throw error;
    }
  }
  return undefined;
}
