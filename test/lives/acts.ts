import fc from 'fast-check';
import type { HandsAct } from '../../firmware-sim/index.ts';
import { CLOCK_CHOICES, LIMIT_CHOICES, type PatientAct } from '../../programmer/index.ts';
import { ALARM_CODES, CONDITION_CODES, DISCREPANCY_REASON_CODES } from '../../shared/index.ts';
import type { Act, TypedClinicianAct, WorldAct } from '../../workbench/act.ts';
import type { Bed, Draw, Written } from './bed.ts';
import { LINK_FAULTS } from './link-faults.ts';
import { answered, entries, fluids, singleBoluses } from './prescriptions.ts';

/*
 * What anybody may do, sensible or not; most of it is refused by somebody. A row an act: how often it is drawn beside
 * the others of the same actor, and how it is written. An act that is new does not compile before it has its row.
 */

/** An act: how often, and as what it is written. */
interface Row {
  readonly weight: number;
  readonly draw: Draw;
}
type Rows<Type extends string> = Readonly<Record<Type, Row>>;

const bare = (word: string, weight = 1): Row => ({ weight, draw: fc.constant(() => word) });
const keyed = (key: string, weight: number, draw: Draw): Row => ({
  weight,
  draw: draw.map((written) => (bed) => ({ [key]: written(bed) })),
});
const word = (...words: readonly [Written, ...Written[]]): Draw => fc.constantFrom(...words).map((one) => () => one);
/** A share of the reservoir. */
const shares = (...shares: readonly [number, ...number[]]): Draw<string> =>
  fc.constantFrom(...shares).map((share) => (bed) => bed.volume(share));

const CLINICIAN: Rows<TypedClinicianAct['type']> = {
  interrogate: bare('interrogate', 3),
  prescribe: keyed('prescribe', 10, answered(entries)),
  stop: bare('stop', 3),
  resume: bare('resume', 4),
  minimumRate: bare('minimumRate', 2),
  refill: keyed(
    'refill',
    5,
    fc
      .tuple(
        fc.oneof(
          fc.constant(() => undefined),
          word('measured'),
          shares(0.1, 0, 0.5),
        ),
        shares(1, 0.5, 0.1, 0.02, 0.0005, 0, 1.02),
        fc.option(fc.constantFrom(...DISCREPANCY_REASON_CODES), { nil: undefined }),
        fc.constantFrom(undefined, 'as the patient says'),
      )
      .map(([aspirated, volume, reason, note]) => (bed) => {
        const [back, entered] = [aspirated(bed), volume(bed)];
        // A reason is one for what came back, and a note belongs to a reason.
        if (back === undefined || reason === undefined) return { aspirated: back, volume: entered };
        return { aspirated: back, volume: entered, reason, note };
      }),
  ),
  edit: keyed(
    'edit',
    4,
    // Nothing entered is no edit.
    entries.map((entry) => (bed) => {
      const parts = entry(bed);
      return Object.values(parts).some((part) => part !== undefined) ? parts : { run: true };
    }),
  ),
  review: bare('review', 3),
  confirm: {
    weight: 4,
    draw: fc.oneof(
      word('confirm'),
      word(...LIMIT_CHOICES).map((limits) => (bed: Bed) => ({ confirm: { limits: limits(bed) } })),
    ),
  },
  bolus: keyed('bolus', 8, answered(singleBoluses)),
  editBolus: keyed('editBolus', 2, singleBoluses),
  discard: bare('discard'),
  setClock: {
    weight: 3,
    draw: fc.oneof(
      word('setClock'),
      word(...CLOCK_CHOICES).map((choice) => (bed: Bed) => ({ setClock: choice(bed) })),
    ),
  },
  silence: keyed('silence', 2, word(...ALARM_CODES)),
  clearAlarm: keyed('clearAlarm', 2, word(...ALARM_CODES)),
  setAlarmInterval: keyed('setAlarmInterval', 1, word('10min', '1h', '1s', '30h')),
  testAlarm: bare('testAlarm'),
  implant: bare('implant'),
  registerPump: bare('registerPump'),
  readHistory: bare('readHistory'),
  readLog: bare('readLog'),
  readUsage: bare('readUsage'),
  compare: keyed(
    'compare',
    1,
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })).map(([from, to]) => () => ({ from, to })),
  ),
  endSession: bare('endSession', 2),
};

const PATIENT: Rows<PatientAct['type']> = { requestBolus: bare('requestBolus') };

/** A volume of what was there, or of a solution. */
const injected: Draw = fc.oneof(
  shares(1, 0.5, 0.05),
  fc.tuple(shares(1, 0.5), fc.option(fluids, { nil: undefined })).map(([volume, fluid]) => (bed: Bed) => ({
    volume: volume(bed),
    ...(fluid ?? bed.fluid).written,
  })),
);

const HANDS: Rows<HandsAct['type']> = {
  drain: bare('drain', 3),
  resetValve: bare('resetValve', 1),
  inject: keyed('inject', 4, injected),
  aspirate: keyed('aspirate', 2, shares(0.15, 0.01, 1)),
  rinse: keyed(
    'rinse',
    1,
    fc.tuple(shares(0.1, 0.5), fc.integer({ min: 1, max: 3 }), fluids).map(([volume, times, { written }]) => (bed) => ({
      volume: volume(bed),
      times,
      ...written,
    })),
  ),
  prepare: keyed(
    'prepare',
    1,
    fluids.map(
      ({ written }) =>
        () =>
          written,
    ),
  ),
  aspiratePocket: keyed('aspiratePocket', 1, shares(0.15, 1)),
  aspiratePort: keyed('aspiratePort', 1, word('0.3 mL', '1 mL')),
  injectPort: keyed(
    'injectPort',
    1,
    fluids.map(({ written }) => () => ({ volume: '1 mL', ...written })),
  ),
  dyeStudy: keyed('dyeStudy', 1, word('1 mL')),
  film: bare('film', 1),
  withdrawCsf: keyed('withdrawCsf', 1, word('30 mL')),
  askPatient: bare('askPatient', 1),
  listen: keyed('listen', 1, word('10min', '1h')),
  catheter: keyed('catheter', 1, word({ size: '60 cm' }, { size: '0.2 mL', tip: 'epidural' })),
  connectCatheter: bare('connectCatheter', 1),
  disconnectCatheter: bare('disconnectCatheter', 1),
  enterScanner: keyed('enterScanner', 1, word('1.5 T', '3 T')),
  leaveScanner: bare('leaveScanner', 1),
  resetMemory: bare('resetMemory', 1),
  replace: keyed('replace', 1, word({ serial: 'THECAL-0002' }, { serial: 'THECAL-0001' })),
};

const linkFault = (name: keyof typeof LINK_FAULTS, weight: number): Row => ({
  weight,
  draw: LINK_FAULTS[name].map((of) => () => (of === undefined ? name : { [name]: of })),
});

const WORLD: Rows<WorldAct['type']> = {
  reset: keyed('reset', 4, word({ clock: 'kept' }, { clock: 'lost' })),
  batteryReset: keyed('batteryReset', 1, word({ safeState: true }, { safeState: false })),
  begins: keyed('begins', 5, word(...CONDITION_CODES)),
  ends: keyed('ends', 5, word(...CONDITION_CODES)),
  localTime: keyed('localTime', 4, word('+1h', '-1h', '+6h', '-6h', '+1min', '+1d', '-12h', '+20d', '+500d')),
  flowBias: keyed('flowBias', 2, word('0 %', '+20 %', '-30 %', '-100 %')),
  flowDrift: keyed('flowDrift', 1, word('none', { by: '+1 %', every: '1d' }, { by: '-3 %', every: '7d' })),
  nearlyEmpty: keyed('nearlyEmpty', 1, word({ below: '3 mL', by: '-40 %' }, { below: '18 mL', by: '+10 %' })),
  intermittentStall: keyed('intermittentStall', 1, word('none', { lasts: '30min', every: '8h' })),
  telemetryLatch: keyed('telemetryLatch', 1, word(true, false)),
  staleRecord: keyed('staleRecord', 1, word(true, false)),
  resistiveFilm: keyed(
    'resistiveFilm',
    1,
    word('none', { above: '1 mL/day', safeState: true }, { above: '0.1 mL/day', safeState: false }),
  ),
  applicationCard: keyed(
    'applicationCard',
    1,
    word('right', { tubingVolume: '0.199 mL' }, { replaceBy: 'unknown' }, { replaceBy: '30d' }),
  ),
  slowRecovery: keyed('slowRecovery', 1, word('0s', '6h')),
  leak: keyed(
    'leak',
    1,
    word('none', { share: '33.3333 %', at: 'connector' }, { share: '60 %', at: 'catheter', lasts: '2h', every: '9h' }),
  ),
  tip: keyed('tip', 1, word('intrathecal', 'epidural', 'subdural', 'dislodged')),
  granuloma: keyed('granuloma', 1, word('0 %', '40 %')),
  accessPort: keyed('accessPort', 1, word('blocked', 'oneWay', 'open')),
  pumpFlipped: keyed('pumpFlipped', 1, word(true, false)),
  syringeError: keyed('syringeError', 1, word('0 %', '+2 %', '-5 %')),
  fillSensor: keyed('fillSensor', 1, word({ gain: '-10 %' }, { offset: '+1 mL' }, { gain: '0 %', offset: '-2 mL' })),
  batteryLow: bare('batteryLow', 1),
  batteryEmpty: bare('batteryEmpty', 1),
  valvesOpen: bare('valvesOpen', 1),
  memoryFault: keyed('memoryFault', 1, word('oneBank', 'bothBanks', 'locked')),
  falseAlarm: keyed('falseAlarm', 1, word('none', 'lowReservoir', 'emptyReservoir')),
  disconnect: linkFault('disconnect', 3),
  reconnect: linkFault('reconnect', 5),
  latency: linkFault('latency', 2),
  noise: linkFault('noise', 3),
  frameFault: linkFault('frameFault', 9),
};

const drawn = (rows: Rows<string>): Draw =>
  fc.oneof(...Object.values(rows).map(({ weight, draw }) => ({ weight, arbitrary: draw })));

/** Who acts, how often, and what. */
export const ACTORS = {
  patient: { weight: 5, rows: PATIENT },
  clinician: { weight: 12, rows: CLINICIAN },
  hands: { weight: 3, rows: HANDS },
  world: { weight: 6, rows: WORLD },
} as const satisfies Record<Act['by'], unknown>;

/** An act as a step has it. */
export const acts: Draw<{ readonly [actor: string]: Written }> = fc.oneof(
  ...Object.entries(ACTORS).map(([actor, { weight, rows }]) => ({
    weight,
    arbitrary: drawn(rows).map((act) => (bed: Bed) => ({ [actor]: act(bed) })),
  })),
);
