import fc from 'fast-check';
import type { OpeningEntry, ProgramEntry } from '../../programmer/index.ts';
import {
  AFTER_BOLUS,
  ALARM_CODES,
  CONDITION_CODES,
  concentration,
  parseDuration,
  proportion,
  span,
  volume,
} from '../../shared/index.ts';
import type { Act } from '../../workbench/act.ts';
import { basalEntry, mL, prescribe } from '../harness.ts';
import { linkActs } from '../workbench/link/link-acts.ts';
import { beyondActs } from './beyond-acts.ts';

export const solution = [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }] as const;
export const bolus = { dose: '0.02 mL', duration: '5min', lockout: '1h', maxPerDay: 3 };

/** The same but for a part of the day: none by night, or more in the morning. */
const byPart = [
  { ...bolus, parts: [{ from: parseDuration('20h'), to: parseDuration('9h'), bolus: null }] },
  {
    ...bolus,
    parts: [
      {
        from: parseDuration('7h'),
        to: parseDuration('12h'),
        bolus: { dose: null, volume: volume.parse('0.04 mL'), duration: span(480_000), lockout: parseDuration('3h') },
      },
    ],
  },
] as const;
const patients = fc.constantFrom(bolus, bolus, ...byPart, 'none' as const, undefined, undefined);

/** Programs of every kind, with steps of nothing, and dates before and after now. */
const programs: fc.Arbitrary<ProgramEntry> = fc.oneof(
  fc.constant<ProgramEntry>({ type: 'minimumRate' }),
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: 1439 }), fc.constantFrom('0', '0.1', '0.4', '2')), { maxLength: 5 })
    .map((steps): ProgramEntry => {
      const later = new Map(steps.map(([minute, flow]) => [minute * 60_000, flow]));
      const ofDay = [[0, '0.2'] as const, ...[...later].sort(([a], [b]) => a - b)].map(([at, flow]) => ({
        at: span(at),
        basal: basalEntry(`${flow} mL/day`),
      }));
      const weekend = [{ at: span(0), basal: basalEntry('0.3 mL/day') }];
      const groups = [
        { days: [0, 1, 2, 3, 4], steps: ofDay },
        { days: [5, 6], steps: steps.length > 2 ? weekend : ofDay },
      ];
      return { type: 'daily', groups };
    }),
  fc
    .record({
      flow: fc.constantFrom('0', '0.1', '0.4'),
      minutes: fc.constantFrom(1, 5, 30),
      interval: fc.constantFrom('20min', '1h', '7h', '24h'),
    })
    .map(({ flow, minutes, interval }): ProgramEntry => {
      const amount = { dose: null, volume: volume.parse('0.01 mL'), duration: span(minutes * 60_000) };
      return {
        type: 'periodic',
        basal: basalEntry(`${flow} mL/day`),
        bolus: amount,
        interval: parseDuration(interval),
      };
    }),
  fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }).map(
    (days): ProgramEntry => ({
      type: 'dated',
      first: basalEntry('0.1 mL/day'),
      steps: [...new Set(days)]
        .sort((a, b) => a - b)
        .map((day) => ({
          at: span(day * 86_400_000 + 3_600_000),
          basal: basalEntry(day % 3 === 0 ? '0 mL/day' : '0.5 mL/day'),
        })),
    }),
  ),
);

/** What may come before a program: dead space of every size, and times that are past, soon or never. */
const openings: fc.Arbitrary<OpeningEntry> = fc.oneof(
  fc.constantFrom<OpeningEntry>(
    { type: 'prime', fill: 'pumpOnly' },
    { type: 'prime', fill: 'pumpAndCatheter', catheter: { volume: volume.parse('0.2 mL') } },
    { type: 'prime', fill: 'catheterOnly', catheter: { volume: volume.parse('6 mL') } },
    { type: 'bridge', catheter: { volume: volume.parse('0.2 mL') }, dose: null },
    { type: 'bridge', catheter: { volume: volume.parse('0.01 mL') }, dose: null },
  ),
  fc
    .tuple(fc.constantFrom(0, 1_767_600_000_000), fc.constantFrom(2, 30, 200))
    .map(([day, hours]): OpeningEntry => ({ type: 'delayed', until: span(day + hours * 3_600_000) })),
);

/** What anybody may do, sensible or not; most of it is refused by somebody. */
export const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Act>({ by: 'patient', act: { type: 'requestBolus' } }) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('interrogate', 'stop', 'resume', 'endSession', 'readLog', 'readHistory', 'minimumRate', 'setClock')
      .map((type): Act => ({ by: 'clinician', act: { type } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...ALARM_CODES)
      .map((alarm): Act => ({ by: 'clinician', act: { type: 'silence', alarm } })),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom('0.1', '0.4', '2', '7'), patients, fc.boolean()).map(
      ([rate, patient, run]): Act => ({
        by: 'clinician',
        act: prescribe({
          basal: `${rate} mL/day`,
          ceiling: '10 mg/day',
          run,
          ...(patient === undefined ? {} : { bolus: patient }),
        }),
      }),
    ),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({
        program: fc.oneof(programs, fc.constant(undefined)),
        patient: patients,
        doseLimit: fc.constantFrom(
          { dose: '60 mcg', window: '4h' },
          { dose: '210 mcg', window: '24h' },
          { dose: '1 mg', window: '24h' },
          'none' as const,
          undefined,
        ),
        opening: fc.oneof(openings, fc.constant(undefined), fc.constant(undefined)),
        underway: fc.constantFrom('cancel' as const, 'recompute' as const, undefined),
        run: fc.boolean(),
        override: fc.boolean(),
      })
      .map(({ program, patient, doseLimit, opening, underway, run, override }): Act => {
        const entry = {
          ceiling: '10 mg/day',
          run,
          override,
          ...(opening === undefined ? {} : { opening }),
          ...(underway === undefined ? {} : { underway }),
          ...(program === undefined ? {} : { program }),
          ...(doseLimit === undefined ? {} : { doseLimit }),
          ...(patient === undefined ? {} : { bolus: patient }),
        };
        return { by: 'clinician', act: prescribe(entry) };
      }),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        type: fc.constantFrom('bolus', 'bolus', 'editBolus'),
        amount: fc.constantFrom('0.02 mL', '0.1 mL', '0.3 mL', '0 mL'),
        time: fc.constantFrom('1min', '30min', '4h'),
        then: fc.constantFrom(...AFTER_BOLUS),
      })
      .map(
        ({ type, amount, time, then }): Act => ({
          by: 'clinician',
          act: { type, dose: null, volume: volume.parse(amount), duration: parseDuration(time), then },
        }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('review', 'confirm', 'discard').map((type): Act => ({ by: 'clinician', act: { type } })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('0', '0.01', '0.5', '1.5', '2', '5', '20')
      .map((typed): Act => ({ by: 'clinician', act: { type: 'refill', aspirated: null, volume: mL(typed) } })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Act>(
      { by: 'hands', act: { type: 'drain' } },
      { by: 'hands', act: { type: 'aspirate', volume: volume.parse('3 mL') } },
      { by: 'hands', act: { type: 'inject', volume: mL('5'), solution } },
      { by: 'world', act: { type: 'flowBias', by: proportion.parse('+20 %') } },
      { by: 'world', act: { type: 'flowBias', by: proportion.parse('-100 %') } },
      { by: 'world', act: { type: 'reset', timeLost: false } },
      { by: 'world', act: { type: 'reset', timeLost: true } },
      { by: 'world', act: { type: 'localTime', by: 3_600_000 } },
      { by: 'world', act: { type: 'localTime', by: -6 * 3_600_000 } },
      { by: 'world', act: { type: 'localTime', by: 20 * 86_400_000 } },
      { by: 'world', act: { type: 'disconnect', from: { message: 'beginUpdate', lose: 'answer' } } },
      { by: 'world', act: { type: 'disconnect', from: { message: 'commitUpdate', lose: 'request' } } },
      { by: 'world', act: { type: 'reconnect' } },
      { by: 'hands', act: { type: 'replace', serial: 'THECAL-0002' } },
      { by: 'clinician', act: { type: 'registerPump' } },
      { by: 'clinician', act: { type: 'implant' } },
      { by: 'world', act: { type: 'batteryLow' } },
      { by: 'world', act: { type: 'batteryReset', safeState: true } },
      { by: 'world', act: { type: 'batteryReset', safeState: false } },
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('begins', 'ends'), fc.constantFrom(...CONDITION_CODES))
      .map(([type, condition]): Act => ({ by: 'world', act: { type, condition } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...ALARM_CODES)
      .map((alarm): Act => ({ by: 'clinician', act: { type: 'clearAlarm', alarm } })),
  },
  { weight: 2, arbitrary: beyondActs },
);
/** Anything anybody may do, a third of it to the link. */
export const noisyActs = fc.oneof({ weight: 2, arbitrary: acts }, { weight: 1, arbitrary: linkActs });

export const times = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 3_600_000 }),
  fc.integer({ min: 0, max: 4 * 86_400_000 }),
);
