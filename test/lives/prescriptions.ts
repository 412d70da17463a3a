import fc from 'fast-check';
import { CATHETER_PRIMES, type OpeningEntry, type ProgramEntry, UNDERWAY } from '../../programmer/index.ts';
import { AFTER_BOLUS, concentration, type DrugName, parseWallClock, showDateTime, span } from '../../shared/index.ts';
import type { Bed, Draw, Fluid, Written } from './bed.ts';

/** The day every life begins. */
export const CLOCK = '2026-01-05 08:00';
const BEGINNING = parseWallClock(CLOCK) ?? span(0);

const fluid = (written: { readonly [D in DrugName]?: string }, primary?: DrugName): Fluid => {
  const drug = primary ?? Object.keys(written)[0];
  const [, strength = ''] = Object.entries(written).find(([name]) => name === drug) ?? [];
  return { written, primary, strength: concentration.parse(strength) };
};

/** Drugs alone, mixtures, and a diluent. */
export const fluids: fc.Arbitrary<Fluid> = fc.constantFrom<Fluid[]>(
  fluid({ baclofen: '500 mcg/mL' }),
  fluid({ morphine: '25 mg/mL' }),
  fluid({ baclofen: '2 mg/mL' }),
  fluid({ ziconotide: '25 mcg/mL' }),
  fluid({ bupivacaine: '7.5 mg/mL', clonidine: '100 mcg/mL', morphine: '10 mg/mL' }, 'morphine'),
  fluid({ fentanyl: '500 mcg/mL', hydromorphone: '10 mg/mL' }, 'hydromorphone'),
  fluid({ fentanyl: '500 mcg/mL', sufentanil: '50 mcg/mL' }, 'sufentanil'),
  { written: { saline: true }, primary: undefined, strength: 0 },
);

/** What amounts and times of a prescription are drawn from. */
interface Range {
  /** Times the usual rate, of a program that gives one rate. */
  readonly alone: fc.Arbitrary<number>;
  /** The same of a step among others, which may be nothing. */
  readonly step: fc.Arbitrary<number>;
  /** A bolus, in days at the usual rate. */
  readonly bolus: fc.Arbitrary<number>;
  readonly duration: fc.Arbitrary<string>;
  readonly maxPerDay: fc.Arbitrary<number>;
  /** Parts of the day with boluses of their own. */
  readonly parts: readonly (readonly [from: string, to: string])[];
  /** How many of them there are at most. */
  readonly mostParts: (bed: Bed) => number;
  /** A dose limit, in days at the usual rate, and its window. */
  readonly limit: fc.Arbitrary<readonly [days: number, window: string]>;
}
/** There is something in it for every refusal. */
const ANY: Range = {
  alone: fc.constantFrom(1, 0.5, 2, 5, 0.25, 17.5, 70, 0),
  step: fc.constantFrom(1, 0, 0.5, 2, 4, 0.25, 17.5),
  bolus: fc.constantFrom(0.05, 0.02, 0.2, 0.0005),
  duration: fc.constantFrom('5min', '12min', '1min', '30min', '2min 1ms'),
  parts: [
    ['22:00', '06:00'],
    ['08:00', '12:00'],
    ['20:00', '09:00'],
    ['11:59', '12:01'],
  ],
  mostParts: () => 4,
  maxPerDay: fc.constantFrom(3, 12, 1, 100, 0),
  limit: fc.constantFrom([1.2, '24h'], [5, '24h'], [0.5, '4h'], [0.3, '4h'], [0.3, '1h'], [0.06, '90min']),
};
/** Nearly every device takes nearly all of it. */
const SOUND: Range = {
  alone: fc.constantFrom(1, 0.5, 2),
  step: fc.constantFrom(1, 0, 0.5, 2),
  bolus: fc.constantFrom(0.05, 0.02),
  duration: fc.constantFrom('5min', '12min'),
  parts: [
    ['22:00', '06:00'],
    ['08:00', '12:00'],
  ],
  // The rest of the day is one, too.
  mostParts: ({ device }) => device.profile.bolusParts - 1,
  maxPerDay: fc.constantFrom(3, 12, 1),
  limit: fc.constantFrom([5, '24h'], [2.5, '24h'], [0.5, '4h'], [0.3, '1h']),
};

/** Most rates are written as volumes. */
const asDose = fc.constantFrom(false, false, true);
const rateOf = (times: fc.Arbitrary<number>): Draw<string> =>
  fc.tuple(times, asDose).map(
    ([by, dosed]) =>
      (bed) =>
        bed.rate(by, dosed),
  );
const minutes = (text: number) =>
  `${String(Math.floor(text / 60)).padStart(2, '0')}:${String(text % 60).padStart(2, '0')}`;

const day = ({ step }: Range): Draw<readonly Written[]> =>
  fc
    .tuple(
      rateOf(step),
      fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 1439 }), rateOf(step)), {
        maxLength: 5,
        selector: ([minute]) => minute,
      }),
    )
    .map(([first, later]) => (bed) => [
      { at: '00:00', give: first(bed) },
      ...[...later].sort(([a], [b]) => a - b).map(([minute, give]) => ({ at: minutes(minute), give: give(bed) })),
    ]);

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A row a kind of program: one more kind does not compile before it has its row. */
const PROGRAMS = {
  constant: (range) => rateOf(range.alone).map((give) => (bed) => ({ constant: give(bed) })),
  minimumRate: () => fc.constant(() => ({ minimumRate: true })),
  changed: () => fc.constantFrom('+10 %', '-20 %', '+100 %').map((change) => () => ({ change })),
  daily: (range) =>
    fc.oneof(
      day(range).map((steps) => (bed: Bed) => ({ daily: steps(bed) })),
      fc.tuple(fc.integer({ min: 1, max: 6 }), day(range), day(range)).map(([many, these, others]) => (bed: Bed) => ({
        weekly: [
          { days: DAYS.slice(0, many), steps: these(bed) },
          { days: DAYS.slice(many), steps: others(bed) },
        ],
      })),
    ),
  periodic: (range) =>
    fc
      .record({
        give: rateOf(range.step),
        days: range.bolus,
        dosed: asDose,
        duration: range.duration,
        every: fc.constantFrom('4h', '1h', '40min', '7h', '24h', '30min'),
      })
      .map(({ give, days, dosed, duration, every }) => (bed) => ({
        periodic: { give: give(bed), dose: bed.amount(days, dosed), duration, every },
      })),
  dated: (range) =>
    fc
      .tuple(
        rateOf(range.step),
        fc.uniqueArray(fc.tuple(fc.integer({ min: -1, max: 40 }), rateOf(range.step)), {
          maxLength: 4,
          selector: ([at]) => at,
        }),
      )
      .map(([first, later]) => (bed) => {
        // In quarters of a day, some of them past.
        const steps = [...later]
          .sort(([a], [b]) => a - b)
          .map(([quarters, give]) => ({
            at: showDateTime(span(BEGINNING + quarters * 6 * 3_600_000)),
            give: give(bed),
          }));
        return { dated: [{ give: first(bed) }, ...steps] };
      }),
} satisfies Record<ProgramEntry['type'], (range: Range) => Draw<{ readonly [key: string]: Written }>>;

const programs = (range: Range, wanted: (type: string) => boolean = () => true) => {
  const kinds = Object.entries(PROGRAMS).filter(([type]) => wanted(type));
  return fc.oneof({ withCrossShrink: true }, ...kinds.map(([, program]) => program(range)));
};

const lockouts = fc.constantFrom('1h', '20min', '4h', '15min');

/** Some parts of the day, now and then past midnight: without boluses, or with others than the rest has. */
const dayParts = ({ parts, ...range }: Range) =>
  fc.subarray([...parts], { minLength: 1 }).chain((some) => fc.tuple(...some.map((within) => dayPart(range, within))));

const dayPart = ({ bolus, duration }: Omit<Range, 'parts'>, [from, to]: Range['parts'][number]): Draw =>
  fc.option(fc.record({ days: bolus, dosed: asDose, duration, lockout: lockouts })).map((other) => (bed) => {
    if (other === null) return { from, to, none: true };
    const { days, dosed, ...rest } = other;
    return { from, to, dose: bed.amount(days, dosed), ...rest };
  });

const patientBolus = (range: Range): Draw =>
  fc
    .record({
      days: range.bolus,
      dosed: asDose,
      duration: range.duration,
      lockout: lockouts,
      maxPerDay: range.maxPerDay,
      parts: fc.oneof(
        { withCrossShrink: true },
        { weight: 2, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: dayParts(range) },
      ),
    })
    .map(({ days, dosed, parts, ...rest }) => (bed) => ({
      dose: bed.amount(days, dosed),
      ...rest,
      parts: parts?.slice(0, range.mostParts(bed)).map((part) => part(bed)),
    }));

const doseLimit = ({ limit }: Range): Draw =>
  limit.map(([days, window]) => (bed) => ({ dose: bed.dose(days), window }));

/** Drawn in one of `of` cases; else it is left out. */
const sometimes = <T extends Written>(of: number, draw: Draw<T>): Draw<T | undefined> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: of - 1, arbitrary: fc.constant(() => undefined) },
    { weight: 1, arbitrary: draw },
  );
const none = fc.constant(() => 'none');
const word = <T extends Written>(...of: readonly [T, ...T[]]): Draw<T> =>
  fc.constantFrom(...of).map((one) => () => one);

/** Dead space from next to nothing to a large part of a reservoir. */
const catheters = word('0.2 mL', '0.01 mL', '6 mL', '60 cm');
/** Times that are past, soon or late, and now. */
const dates = fc
  .constantFrom(2, 0, -6, 30, 200)
  .map((hours) => () => showDateTime(span(BEGINNING + hours * 3_600_000)));

/** A row for what may come once before a program: one more does not compile before it has its row. */
const OPENINGS: Record<OpeningEntry['type'], Draw<{ readonly [key: string]: Written | undefined }>> = {
  prime: fc.oneof(
    fc.constant(() => ({ prime: 'pumpOnly' })),
    fc.tuple(fc.constantFrom(...CATHETER_PRIMES), catheters).map(([fill, catheter]) => (bed: Bed) => ({
      prime: { fill, catheter: catheter(bed) },
    })),
  ),
  bridge: fc
    .tuple(catheters, fc.option(fc.constantFrom(1, 0.5, 20), { nil: undefined }))
    .map(([catheter, days]) => (bed) => ({
      bridge: { catheter: catheter(bed), dose: days === undefined ? undefined : `${bed.dose(days)}/day` },
    })),
  delayed: dates.map((date) => () => ({ startAt: date() })),
};
const openings: Draw<{ readonly [key: string]: Written | undefined }> = fc.oneof(...Object.values(OPENINGS));
/** A pump that has delivered nothing has nothing to be bridged. */
const firstOpenings = fc.oneof(OPENINGS.prime, OPENINGS.delayed);
const noOpening = fc.constant(() => ({}));

/** What is said beforehand to limits of the drug library; left out, they are asked about. */
export const answered = (draw: Draw<{ readonly [key: string]: Written | undefined }>): Draw =>
  fc.tuple(draw, fc.constantFrom('accept', 'accept', undefined)).map(([entry, aboveLimits]) => (bed) => ({
    ...entry(bed),
    aboveLimits,
  }));

/** A bolus that a clinician orders. */
export const singleBoluses: Draw<{ readonly [key: string]: Written }> = fc
  .record({
    days: fc.constantFrom(0.2, 0.05, 0.2, 0.8, 5, 0.0005, 0),
    dosed: asDose,
    duration: fc.constantFrom('30min', '4h', '30min', '5min', '1min', '13h', '2min 1ms'),
    then: fc.constantFrom(...AFTER_BOLUS),
  })
  .map(({ days, dosed, duration, then }) => (bed) => ({ dose: bed.amount(days, dosed), duration, then }));

/** What of the prescription of a life there is from the start. */
export const first: Draw<{ readonly [key: string]: Written | undefined }> = fc
  .record({
    // There is nothing yet that could be changed.
    program: programs(SOUND, (type) => type !== 'changed'),
    bolus: fc.oneof(
      { weight: 3, arbitrary: patientBolus(SOUND) },
      { weight: 1, arbitrary: fc.constant(() => undefined) },
    ),
    limit: sometimes(3, doseLimit(SOUND)),
    low: sometimes(
      4,
      word(0.1, 0.3, 0.9).map((share) => (bed) => bed.volume(share(bed))),
    ),
    opening: fc.oneof(
      { withCrossShrink: true },
      { weight: 3, arbitrary: noOpening },
      { weight: 1, arbitrary: firstOpenings },
    ),
  })
  .map(({ program, bolus, limit, low, opening }) => (bed) => ({
    ...(bed.fluid.primary === undefined ? {} : { primary: bed.fluid.primary }),
    ...program(bed),
    patientBolus: bolus(bed),
    // A diluent has no dose to be limited.
    ...(bed.fluid.strength === 0 ? {} : { doseLimit: limit(bed), ceiling: `${bed.dose(200)}/day` }),
    lowReservoir: low(bed),
    ...opening(bed),
  }));

/** What may be entered later: any part of a prescription, sound or not. */
export const entries: Draw<{ readonly [key: string]: Written | undefined }> = fc
  .record({
    fluid: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fluids }),
    program: fc.oneof({ weight: 4, arbitrary: programs(ANY) }, { weight: 1, arbitrary: fc.constant(() => ({})) }),
    bolus: fc.oneof(
      { weight: 3, arbitrary: fc.constant(() => undefined) },
      { weight: 2, arbitrary: patientBolus(ANY) },
      { weight: 1, arbitrary: none },
    ),
    limit: fc.oneof(
      { weight: 4, arbitrary: fc.constant(() => undefined) },
      { weight: 2, arbitrary: doseLimit(ANY) },
      { weight: 1, arbitrary: none },
    ),
    ceiling: sometimes(
      5,
      word(200, 2.5, 1.2).map((days) => (bed) => `${bed.dose(days(bed))}/day`),
    ),
    low: sometimes(
      6,
      word(0.1, 0, 0.3, 0.9, 1).map((share) => (bed) => bed.volume(share(bed))),
    ),
    opening: fc.oneof(
      { withCrossShrink: true },
      { weight: 3, arbitrary: noOpening },
      { weight: 1, arbitrary: openings },
    ),
    catheter: sometimes(6, catheters),
    underway: sometimes(2, word(...UNDERWAY)),
    run: sometimes(3, word(true, false)),
    override: sometimes(5, word(true, false)),
  })
  .map(({ fluid, program, bolus, limit, ceiling, low, opening, catheter, underway, run, override }) => (bed) => ({
    ...(fluid?.primary === undefined ? {} : { primary: fluid.primary }),
    ...fluid?.written,
    ...program(bed),
    patientBolus: bolus(bed),
    doseLimit: limit(bed),
    ceiling: ceiling(bed),
    lowReservoir: low(bed),
    ...opening(bed),
    catheter: catheter(bed),
    opening: underway(bed),
    run: run(bed),
    override: override(bed),
  }));
