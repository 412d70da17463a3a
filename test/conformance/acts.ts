import fc from 'fast-check';
import type { ProgramEntry } from '../../programmer/index.ts';
import { ALARM_CODES, concentration, parseDuration, proportion, span, volume } from '../../shared/index.ts';
import type { Act } from '../../workbench/act.ts';
import { basalEntry, mL, prescribe } from '../harness.ts';
import { linkActs } from '../workbench/link/link-acts.ts';

export const solution = [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }] as const;
export const bolus = { dose: '0.02 mL', duration: '5min', lockout: '1h', maxPerDay: 3 };

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
    arbitrary: fc
      .tuple(fc.constantFrom('0.1', '0.4', '2', '7'), fc.constantFrom(bolus, 'none' as const, undefined), fc.boolean())
      .map(
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
        patient: fc.constantFrom(bolus, 'none' as const, undefined),
        doseLimit: fc.constantFrom(
          { dose: '60 mcg', window: '4h' },
          { dose: '210 mcg', window: '24h' },
          { dose: '1 mg', window: '24h' },
          'none' as const,
          undefined,
        ),
        run: fc.boolean(),
        override: fc.boolean(),
      })
      .map(({ program, patient, doseLimit, run, override }): Act => {
        const entry = {
          ceiling: '10 mg/day',
          run,
          override,
          ...(program === undefined ? {} : { program }),
          ...(doseLimit === undefined ? {} : { doseLimit }),
          ...(patient === undefined ? {} : { bolus: patient }),
        };
        return { by: 'clinician', act: prescribe(entry) };
      }),
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
    ),
  },
);
/** Anything anybody may do, a third of it to the link. */
export const noisyActs = fc.oneof({ weight: 2, arbitrary: acts }, { weight: 1, arbitrary: linkActs });

export const times = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 3_600_000 }),
  fc.integer({ min: 0, max: 4 * 86_400_000 }),
);
