import fc from 'fast-check';
import {
  AFTER_BOLUS,
  type AfterBolus,
  concentration,
  type DeviceProfile,
  type Drug,
  type Duration,
  doseRate,
  mass,
  mostBasal,
  mostPeriodic,
  type Prescription,
  type Program,
  type Rate,
  rate,
  span,
  strengthOf,
  VOLUME_PER_ML,
} from '../../shared/index.ts';
import { BACLOFEN, DAY, HOUR, MINUTE, ordered, START } from './commanded.ts';

/* What lives under dose limits are drawn from: programs, limits, and what people do. */

const flows = fc.oneof(
  fc.integer({ min: 48_000, max: 8_000_000 }).map((nl) => rate.of(nl)),
  fc.constant(rate.of(0)),
  fc.constant(rate.of(400_000)),
);
const someFlow = fc.integer({ min: 48_000, max: 8_000_000 }).map((nl) => rate.of(nl));

const day = fc
  .uniqueArray(fc.integer({ min: 1, max: 1439 }), { maxLength: 6 })
  .chain((minutes) =>
    fc.tuple(
      fc.constant([0, ...minutes.sort((a, b) => a - b)]),
      fc.array(flows, { minLength: minutes.length + 1, maxLength: minutes.length + 1 }),
    ),
  )
  .map(([minutes, rates]) => minutes.map((at, i) => ({ at: span(at * MINUTE), rate: rates[i] ?? rate.of(0) })));

export const programs: fc.Arbitrary<Program> = fc.oneof(
  someFlow.map((flow): Program => ({ type: 'constant', rate: flow })),
  fc.tuple(fc.subarray([0, 1, 2, 3, 4, 5, 6]), day, day).map(([days, these, others]): Program => {
    const rest = [0, 1, 2, 3, 4, 5, 6].filter((each) => !days.includes(each));
    const groups = [
      { days, steps: these },
      { days: rest, steps: others },
    ];
    return { type: 'daily', groups: groups.filter((group) => group.days.length > 0) };
  }),
  fc
    .tuple(
      flows,
      fc.integer({ min: 500_000, max: 14_000_000 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 2, max: 600 }),
    )
    .map(
      ([basal, fast, minutes, gap]): Program => ({
        type: 'periodic',
        rate: basal,
        bolus: { rate: rate.of(fast), duration: span(minutes * MINUTE) },
        interval: span((minutes + gap) * MINUTE),
      }),
    ),
  fc
    .tuple(flows, fc.array(fc.tuple(fc.integer({ min: 1, max: 4000 }), flows), { maxLength: 4 }))
    .map(([first, steps]): Program => {
      const whenOf = (i: number) =>
        steps.slice(0, i + 1).reduce((at, [minutes]) => at + minutes * MINUTE, Number(START));
      return { type: 'dated', first, steps: steps.map(([, flow], i) => ({ at: span(whenOf(i)), rate: flow })) };
    }),
);

const drugs: fc.Arbitrary<readonly Drug[]> = fc.constantFrom(
  [BACLOFEN],
  [BACLOFEN],
  [{ ...BACLOFEN, concentration: concentration.parse('2 mg/mL') }],
  [{ name: 'morphine' as const, concentration: concentration.parse('10 mg/mL') }, BACLOFEN],
  [BACLOFEN, { name: 'morphine' as const, concentration: concentration.parse('1 mg/mL') }],
);

const windows = fc.oneof(
  fc.integer({ min: 1, max: 1440 }).map((minutes) => minutes * MINUTE),
  fc.integer({ min: MINUTE, max: DAY }),
  fc.constantFrom(HOUR, 4 * HOUR, DAY),
);

/** A prescription; its limit leaves room for some thousandths of boluses beside the program, and a few ng. */
export const prescriptions: fc.Arbitrary<Prescription> = fc
  .record({
    program: programs,
    drugs,
    window: windows,
    limited: fc.integer({ min: 0, max: 9 }),
    thousandths: fc.oneof(fc.integer({ min: 0, max: 4000 }), fc.constantFrom(1000, 2000, 3000)),
    over: fc.integer({ min: -2, max: 2 }),
    fast: fc.integer({ min: 1_000_000, max: 15_000_000 }),
    minutes: fc.integer({ min: 1, max: 40 }),
    lockout: fc.integer({ min: 0, max: 120 }),
  })
  .map(({ program, drugs, window, limited, thousandths, over, fast, minutes, lockout }) => {
    const duration = span(Math.min(minutes * MINUTE, window));
    const bolus = {
      rate: rate.of(fast),
      duration,
      lockout: span(duration + lockout * MINUTE),
      maxPerDay: 50,
      parts: [],
    };
    const late = program.type === 'periodic' ? BigInt(program.bolus.rate) * BigInt(program.bolus.duration) : 0n;
    const alone = mostBasal(program, span(window)) + mostPeriodic(program, span(window)) + late;
    const room = (BigInt(fast) * BigInt(duration) * BigInt(thousandths)) / 1000n;
    const dose = Number(((alone + room) * BigInt(strengthOf({ drugs: [...drugs] }))) / VOLUME_PER_ML) + over + 1;
    return ordered({
      program,
      drugs: [...drugs],
      patientBolus: bolus,
      doseLimit: limited === 0 ? null : { dose: mass.of(Math.max(1, dose)), window: span(window) },
      ceiling: doseRate.parse('100000 mg/day'),
    });
  });

export type Deed =
  | { readonly do: 'press' | 'pressAgain' | 'stop' | 'resume' | 'minimumRate' | 'reset' | 'fill' }
  | { readonly do: 'clock'; readonly by: number }
  | { readonly do: 'order'; readonly rate: Rate; readonly duration: Duration; readonly then: AfterBolus }
  | {
      readonly do: 'prescribe';
      readonly prescription: Prescription;
      readonly same: boolean;
      readonly override: boolean;
      readonly transfer: number;
      readonly pressed: boolean;
    };

export const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 10, arbitrary: fc.constant<Deed>({ do: 'press' }) },
  { weight: 4, arbitrary: fc.constant<Deed>({ do: 'pressAgain' }) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.integer({ min: 500_000, max: 12_000_000 }),
        fc.integer({ min: 1, max: 240 }),
        fc.constantFrom(...AFTER_BOLUS),
      )
      .map(
        ([fast, minutes, then]): Deed => ({ do: 'order', rate: rate.of(fast), duration: span(minutes * MINUTE), then }),
      ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Deed>({ do: 'stop' }, { do: 'resume' }, { do: 'minimumRate' }, { do: 'reset' }),
  },
  { weight: 2, arbitrary: fc.constant<Deed>({ do: 'resume' }) },
  {
    weight: 2,
    arbitrary: fc
      .oneof(fc.integer({ min: -3 * HOUR, max: 3 * HOUR }), fc.constantFrom(HOUR, -HOUR, DAY, -DAY))
      .map((by): Deed => ({ do: 'clock', by })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        prescriptions,
        fc.boolean(),
        fc.integer({ min: 0, max: 5 }),
        fc.constantFrom(0, 0, 1, 5 * MINUTE),
        fc.boolean(),
      )
      .map(
        ([prescription, same, override, transfer, pressed]): Deed => ({
          do: 'prescribe',
          prescription,
          same,
          override: override === 0,
          transfer,
          pressed,
        }),
      ),
  },
);

export const waits = fc.oneof(
  fc.integer({ min: 0, max: 10 * MINUTE }),
  fc.integer({ min: 0, max: 3 * HOUR }),
  fc.integer({ min: 0, max: DAY }),
  fc.constantFrom(0, 1, HOUR),
);

export const profiles = fc.record<Partial<DeviceProfile>>({
  periodicDuringBolus: fc.constantFrom('skip', 'defer', 'add'),
  maxDoseDenied: fc.constantFrom('deny', 'deny', 'denyAndMinimumRate'),
  lockoutOrigin: fc.constantFrom('start', 'end'),
  countWindow: fc.constantFrom('rolling24h', 'calendarDay'),
  patientBolusDuringClinicianBolus: fc.constantFrom('deny', 'preempt'),
  clinicianOverLimit: fc.constantFrom('refuse', 'haltAtLimit'),
  basalMinimum: fc.constant(rate.of(0)),
  bolusOverBasal: fc.constantFrom('add', 'replace'),
});
