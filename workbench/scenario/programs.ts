import { z } from 'zod';
import type { AmountEntry, BasalEntry, ProgramEntry } from '../../programmer/index.ts';
import { type Duration, doseRate, mass, rate, volume } from '../../shared/index.ts';
import { either, keys, signedShare, span, timeOfDay, wallClock } from './text.ts';

/* Infusion programs as they are written in a scenario. */

const basal = either(
  (text) => ({ dose: doseRate.parse(text) }),
  (text) => ({ rate: rate.parse(text) }),
  'a dose or a volume per day',
  ['200 mcg/day', '0.4 mL/day'],
);
/** How much a bolus is. */
export const amount = either(
  (text) => ({ dose: mass.parse(text), volume: null }),
  (text) => ({ dose: null, volume: volume.parse(text) }),
  'a mass or a volume',
  ['0.75 mg', '0.03 mL'],
);

const dayStep = keys({ at: timeOfDay, give: basal });
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const days = z
  .array(z.enum(DAYS), { error: () => `expected a list of days such as [mon, tue]` })
  .min(1, 'expected at least one entry')
  .transform((names) => names.map((name) => DAYS.indexOf(name)));

/** The first step of the examples' days. */
const NIGHT = { at: '00:00', give: '200 mcg/day' };

/** A key a program: at most one of them is given. */
export const programKeys = {
  constant: basal.exactOptional().describe('The same rate all the time'),
  change: signedShare.exactOptional().describe('The program in the pump, every rate of it by so much more or less'),
  minimumRate: z.literal(true).exactOptional().describe('The minimum rate of the pump'),
  daily: z
    .array(dayStep)
    .min(1)
    .exactOptional()
    .describe('The steps of every day, the first at 00:00')
    .meta({ written: [[NIGHT, { at: '06:00', give: '240 mcg/day' }]] }),
  weekly: z
    .array(keys({ days, steps: z.array(dayStep).min(1) }))
    .min(1)
    .exactOptional()
    .describe('Groups of days, each with its steps')
    .meta({
      written: [
        [
          { days: ['mon', 'tue', 'wed', 'thu', 'fri'], steps: [NIGHT, { at: '08:00', give: '240 mcg/day' }] },
          { days: ['sat', 'sun'], steps: [NIGHT] },
        ],
      ],
    }),
  periodic: keys({ give: basal.describe('The basal rate'), dose: amount, duration: span, every: span })
    .exactOptional()
    .describe('A basal rate, and a bolus again and again')
    .meta({ written: [{ give: '200 mcg/day', dose: '10 mcg', duration: '5min', every: '6h' }] }),
  dated: z
    .array(keys({ at: wallClock.exactOptional(), give: basal }))
    .min(1)
    .exactOptional()
    .describe('A rate at once, and others from local dates and times on')
    .meta({ written: [[{ give: '200 mcg/day' }, { at: '2026-02-05 08:00', give: '220 mcg/day' }]] }),
};
const PROGRAMS = Object.keys(programKeys);

type ProgramKeys = z.output<ReturnType<typeof keys<typeof programKeys>>>;

/** Refuses two programs at once, and dates where they do not belong. */
export function oneProgram(value: object, context: z.core.$RefinementCtx): void {
  const [, second] = PROGRAMS.filter((name) => name in value);
  if (second !== undefined)
    context.addIssue({
      code: 'custom',
      path: [second],
      message: `one program: expected one of ${PROGRAMS.join(', ')}`,
    });
  const { dated } = value as ProgramKeys;
  for (const [i, step] of dated?.entries() ?? []) {
    if ((step.at === undefined) !== (i === 0))
      context.addIssue({
        code: 'custom',
        path: ['dated', i],
        message:
          i === 0 ? 'the first rate is in force at once: it has no "at"' : 'expected "at", such as "2026-01-07 08:00"',
      });
  }
}

/** The program the keys name; null where they name none. */
export function programIn({
  constant,
  change,
  minimumRate,
  daily,
  weekly,
  periodic,
  dated,
}: ProgramKeys): ProgramEntry | null {
  const steps = (written: readonly { readonly at: Duration; readonly give: BasalEntry }[]) =>
    written.map(({ at, give }) => ({ at, basal: give }));
  if (constant !== undefined) return { type: 'constant', basal: constant };
  if (change !== undefined) return { type: 'changed', by: change };
  if (minimumRate !== undefined) return { type: 'minimumRate' };
  if (daily !== undefined) return { type: 'daily', groups: [{ days: DAYS.map((_, day) => day), steps: steps(daily) }] };
  if (weekly !== undefined)
    return { type: 'daily', groups: weekly.map((group) => ({ days: group.days, steps: steps(group.steps) })) };
  if (periodic !== undefined) {
    const { give, dose, duration, every } = periodic;
    const bolus: AmountEntry = { ...dose, duration };
    return { type: 'periodic', basal: give, bolus, interval: every };
  }
  const [first, ...later] = dated ?? [];
  if (first === undefined) return null;
  return {
    type: 'dated',
    first: first.give,
    steps: later.flatMap(({ at, give }) => (at === undefined ? [] : [{ at, basal: give }])),
  };
}
