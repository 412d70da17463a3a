import { z } from 'zod';
import type { HandsAct, Solution } from '../../firmware-sim/index.ts';
import {
  type AmountEntry,
  type BasalEntry,
  type BolusEntry,
  CLOCK_CHOICES,
  type EditEntry,
  type PatientAct,
  type PrescribeEntry,
  type ProgramEntry,
} from '../../programmer/index.ts';
import {
  ALARM_CODES,
  type Concentration,
  concentration,
  DRUGS,
  type DrugName,
  type Duration,
  doseRate,
  MESSAGE_NAMES,
  type MessageName,
  mass,
  proportion,
  rate,
  UnitError,
  volume,
} from '../../shared/index.ts';
import { type TypedClinicianAct, WORLD_ACTS, type WorldAct } from '../act.ts';
import { keys, quantity, signedSpan, span, timeOfDay, wallClock } from './text.ts';

/*
 * Acts as they are written in a scenario. An act without arguments is its bare name; one with arguments is
 * a single key.
 */

/** One optional key a drug: its concentration. */
const drugKeys = Object.fromEntries(DRUGS.map((drug) => [drug, quantity(concentration).optional()])) as Record<
  DrugName,
  z.ZodOptional<ReturnType<typeof quantity<Concentration>>>
>;

/** What a fluid holds: a key a drug, `saline` for none. */
const fluidKeys = { ...drugKeys, saline: z.literal(true).optional().describe('A diluent without a drug') };
type FluidKeys = { readonly [D in DrugName]?: Concentration | undefined } & { readonly saline?: true | undefined };

function solutionIn(value: FluidKeys): Solution | null {
  const drugs = DRUGS.flatMap((name): Solution => {
    const strength = value[name];
    return strength === undefined ? [] : [{ name, concentration: strength }];
  });
  return drugs.length === 0 && value.saline === undefined ? null : drugs;
}

/** Most drugs of one mixture. */
const MOST_DRUGS = 3;

/** Refuses what no fluid is: saline with a drug named, and more drugs than a mixture may have. */
function oneFluid(value: object, context: z.core.$RefinementCtx): void {
  const named = DRUGS.filter((drug) => drug in value);
  const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (named[MOST_DRUGS] !== undefined) wrong(named[MOST_DRUGS], `at most ${MOST_DRUGS} drugs a mixture`);
  if ('saline' in value && named[0] !== undefined) wrong('saline', 'saline holds no drug: expected one or the other');
}

/** A quantity that may be written in one of two kinds, such as a dose or a volume. */
function either<A, B>(a: (text: string) => A, b: (text: string) => B, what: string, examples: readonly string[]) {
  const expected = `${what} such as ${examples.map((example) => `"${example}"`).join(' or ')}`;
  const text = z.string({ error: () => `expected ${expected}` }).meta({ description: what, examples: [...examples] });
  return text.transform((value, context): A | B => {
    for (const parse of [a, b]) {
      try {
        return parse(value);
      } catch (error) {
        if (!(error instanceof UnitError)) throw error;
      }
    }
    context.issues.push({ code: 'custom', message: `"${value}": expected ${expected}`, input: value });
    return z.NEVER;
  });
}

const basal = either(
  (text) => ({ dose: doseRate.parse(text) }),
  (text) => ({ rate: rate.parse(text) }),
  'a dose or a volume per day',
  ['200 mcg/day', '0.4 mL/day'],
);
const amount = either(
  (text) => ({ dose: mass.parse(text), volume: null }),
  (text) => ({ dose: null, volume: volume.parse(text) }),
  'a mass or a volume',
  ['0.75 mg', '0.03 mL'],
);

const dayStep = keys({ at: timeOfDay, give: basal });
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const days = z
  .array(z.enum(DAYS), { error: () => `expected a list of days such as [mon, tue]` })
  .transform((names) => names.map((name) => DAYS.indexOf(name)));

/** A key a program: at most one of them is given. */
const programKeys = {
  constant: basal.optional().describe('The same rate all the time'),
  minimumRate: z.literal(true).optional().describe('The minimum rate of the pump'),
  daily: z.array(dayStep).min(1).optional().describe('The steps of every day, the first at 00:00'),
  weekly: z
    .array(keys({ days, steps: z.array(dayStep).min(1) }))
    .min(1)
    .optional()
    .describe('Groups of days, each with its steps'),
  periodic: keys({ give: basal.describe('The basal rate'), dose: amount, duration: span, every: span })
    .optional()
    .describe('A basal rate, and a bolus again and again'),
  dated: z
    .array(keys({ at: wallClock.optional(), give: basal }))
    .min(1)
    .optional()
    .describe('A rate at once, and others from local dates and times on'),
};
const PROGRAMS = Object.keys(programKeys);

type ProgramKeys = z.output<ReturnType<typeof keys<typeof programKeys>>>;

function oneProgram(value: object, context: z.core.$RefinementCtx): void {
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

function programIn({ constant, minimumRate, daily, weekly, periodic, dated }: ProgramKeys): ProgramEntry | null {
  const steps = (written: readonly { readonly at: Duration; readonly give: BasalEntry }[]) =>
    written.map(({ at, give }) => ({ at, basal: give }));
  if (constant !== undefined) return { type: 'constant', basal: constant };
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

const bolus = keys({
  dose: amount,
  duration: span,
  lockout: span,
  maxPerDay: z.int().min(0),
}).transform(({ dose, ...rest }): BolusEntry => ({ ...dose, ...rest }));

/** What is entered of a prescription: what is left out is not entered. */
const entryKeys = keys({
  primary: z.enum(DRUGS).optional().describe('The drug of a mixture that doses are of'),
  ...fluidKeys,
  ...programKeys,
  patientBolus: z
    .union([z.literal('none'), bolus], { error: () => 'expected none or { dose, duration, lockout, maxPerDay }' })
    .optional()
    .describe('What the patient may ask for, or none'),
  doseLimit: z
    .union([z.literal('none'), keys({ dose: quantity(mass), window: span })], {
      error: () => 'expected none or { dose, window }',
    })
    .optional()
    .describe('Most of the primary drug in any window of time'),
  ceiling: quantity(doseRate).optional().describe('The highest daily dose, with every allotted bolus'),
  lowReservoir: quantity(volume).optional().describe('At which volume the low-reservoir alarm comes'),
  run: z.boolean().optional().describe('Start a pump that a clinician has stopped'),
  override: z.boolean().optional().describe('Accept that what was given exceeds the dose limit for now'),
})
  .superRefine(oneFluid)
  .superRefine(oneProgram)
  .superRefine(({ primary, ...value }, context) => {
    const solution = solutionIn(value);
    if (primary === undefined && (solution?.length ?? 0) > 1) {
      context.addIssue({ code: 'custom', message: 'a mixture needs "primary": the drug that doses are of' });
      return;
    }
    if (primary === undefined || solution === null || solution.some(({ name }) => name === primary)) return;
    context.addIssue({
      code: 'custom',
      path: ['primary'],
      message: `no concentration of ${primary} is given: expected one of the drugs in the mixture`,
    });
  });

type EntryKeys = z.output<typeof entryKeys>;

function entryIn(value: EntryKeys): Omit<EditEntry, 'type'> {
  const solution = solutionIn(value);
  return {
    drugs: solution,
    primary: value.primary ?? solution?.[0]?.name ?? null,
    program: programIn(value),
    patientBolus: value.patientBolus ?? null,
    doseLimit: value.doseLimit ?? null,
    ceiling: value.ceiling ?? null,
    lowReservoir: value.lowReservoir ?? null,
    run: value.run ?? null,
    override: value.override ?? null,
  };
}

export const prescribe = entryKeys.transform((value): PrescribeEntry => {
  const entry = entryIn(value);
  return { type: 'prescribe', ...entry, run: entry.run ?? false, override: entry.override ?? false };
});

const edit = entryKeys
  .refine((value) => Object.keys(value).length > 0, 'an empty edit: expected at least one part of a prescription')
  .transform((value): EditEntry => ({ type: 'edit', ...entryIn(value) }));

const refill = keys({
  aspirated: z
    .union([z.literal('measured'), quantity(volume)])
    .optional()
    .describe('What the syringe showed'),
  volume: quantity(volume).describe('What the reservoir holds now, as typed'),
}).transform(
  (value): TypedClinicianAct => ({ type: 'refill', aspirated: value.aspirated ?? null, volume: value.volume }),
);

const compare = keys({ from: z.int().min(1), to: z.int().min(1) });

/** Exactly one of several keys, each an act. */
function oneOf(value: object, context: z.core.$RefinementCtx): void {
  const given = Object.keys(value);
  if (given.length === 1) return;
  const message = given.length === 0 ? 'expected an act' : `one act a step, not ${given.join(' and ')}`;
  context.addIssue({ code: 'custom', message, path: given.slice(1, 2) });
}

const BARE = [
  'interrogate',
  'implant',
  'review',
  'confirm',
  'discard',
  'stop',
  'resume',
  'minimumRate',
  'setClock',
  'registerPump',
  'readHistory',
  'readLog',
  'readUsage',
  'endSession',
] as const;

const NO_ACT: TypedClinicianAct = { type: 'interrogate' };

export const clinicianAct = z.union(
  [
    z.enum(BARE).transform((type): TypedClinicianAct => ({ type })),
    keys({
      refill: refill.optional(),
      prescribe: prescribe.optional().describe('Edit, review and confirm in one'),
      edit: edit.optional().describe('Enter parts of a prescription; nothing is programmed before it is confirmed'),
      setClock: z
        .enum(CLOCK_CHOICES)
        .optional()
        .describe('Set the clock of the pump now, be asked again in the next session, or keep it for this one'),
      compare: compare.optional().describe('Two prescriptions of the history read, by their numbers'),
      silence: z.enum(ALARM_CODES).optional().describe('Quiets the tone of an alarm for a while'),
    })
      .superRefine(oneOf)
      .transform(({ refill, prescribe, edit, setClock, compare, silence }): TypedClinicianAct => {
        if (setClock !== undefined) return { type: 'setClock', choice: setClock };
        if (silence !== undefined) return { type: 'silence', alarm: silence };
        if (compare !== undefined) return { type: 'compare', ...compare };
        return refill ?? prescribe ?? edit ?? NO_ACT;
      }),
  ],
  {
    error: () =>
      `expected one of ${BARE.join(', ')}, or one of { refill: … }, { prescribe: … }, { edit: … }, { setClock: … }, { compare: … }, { silence: … }`,
  },
);

export const patientAct = z.enum(['requestBolus']).transform((type): PatientAct => ({ type }));

/** An amount of a solution; without a drug, of the one that was there. */
export const fluid = keys({ volume: quantity(volume), ...fluidKeys })
  .superRefine(oneFluid)
  .transform((value) => ({ volume: value.volume, solution: solutionIn(value) }));

const rinse = keys({ volume: quantity(volume), times: z.int().min(1).max(20), ...fluidKeys })
  .superRefine(oneFluid)
  .transform((value, context) => {
    const solution = solutionIn(value);
    if (solution !== null) return { volume: value.volume, times: value.times, solution };
    context.issues.push({
      code: 'custom',
      message: 'expected what it is rinsed with, such as saline: true',
      input: value,
    });
    return z.NEVER;
  });

export const handsAct = z.union(
  [
    z.enum(['drain']).transform((type): HandsAct => ({ type })),
    keys({
      aspirate: quantity(volume).optional(),
      inject: z
        .union([quantity(volume).transform((amount) => ({ volume: amount, solution: null })), fluid], {
          error: () => 'expected a volume such as "20 mL", or { volume: 20 mL, baclofen: 500 mcg/mL }',
        })
        .optional(),
      rinse: rinse.optional().describe('Fill the empty reservoir and empty it again, so many times'),
      replace: keys({ serial: z.string().min(1).max(40) })
        .optional()
        .describe('Put another pump of the same kind in its place, new and empty'),
    })
      .superRefine(oneOf)
      .transform((value): HandsAct => {
        if (value.rinse !== undefined) return { type: 'rinse', ...value.rinse };
        if (value.replace !== undefined) return { type: 'replace', serial: value.replace.serial };
        if (value.inject !== undefined) return { type: 'inject', ...value.inject };
        return value.aspirate === undefined ? { type: 'drain' } : { type: 'aspirate', volume: value.aspirate };
      }),
  ],
  { error: () => 'expected drain, { aspirate: … }, { inject: … }, { rinse: … } or { replace: … }' },
);

/** An error of a physical quantity: nothing can move or show less than nothing. */
const error = quantity(proportion).refine((by) => by >= -1_000_000, 'expected at least "-100 %"');

const lost = keys({
  from: z.enum(MESSAGE_NAMES as [MessageName, ...MessageName[]]).describe('The message that breaks the link'),
  lose: z.enum(['request', 'answer']).describe('Whether its request is lost, or only its answer'),
}).transform(({ from, lose }) => ({ message: from, lose }));

const WORLD_BARE = ['batteryLow', 'disconnect', 'reconnect'] as const;
const NO_FAULT: WorldAct = { type: 'reconnect' };

export const worldAct = z.union(
  [
    z.enum(WORLD_BARE).transform((type): WorldAct => (type === 'disconnect' ? { type, from: null } : { type })),
    keys({
      flowBias: error.optional().describe(WORLD_ACTS.flowBias),
      syringeError: error.optional().describe(WORLD_ACTS.syringeError),
      reset: keys({ clock: z.enum(['kept', 'lost']) })
        .optional()
        .describe(WORLD_ACTS.reset),
      disconnect: lost.optional().describe(WORLD_ACTS.disconnect),
      localTime: signedSpan.optional().describe(WORLD_ACTS.localTime),
    })
      .superRefine(oneOf)
      .transform(({ flowBias, syringeError, reset, disconnect, localTime }): WorldAct => {
        if (flowBias !== undefined) return { type: 'flowBias', by: flowBias };
        if (syringeError !== undefined) return { type: 'syringeError', by: syringeError };
        if (reset !== undefined) return { type: 'reset', timeLost: reset.clock === 'lost' };
        if (disconnect !== undefined) return { type: 'disconnect', from: disconnect };
        return localTime === undefined ? NO_FAULT : { type: 'localTime', by: localTime };
      }),
  ],
  {
    error: () =>
      `expected ${WORLD_BARE.join(', ')}, or one of { flowBias: … }, { syringeError: … }, { reset: … }, { disconnect: … }, { localTime: … }`,
  },
);
