import { describe, expect, test } from 'vitest';
import { Radio } from '../../firmware-sim/firmware/radio.ts';
import { memoryStore } from '../../firmware-sim/index.ts';
import {
  type ConditionCode,
  concentration,
  type DeviceProfile,
  encodeFrame,
  instant,
  type LogRecord,
  MOST_PAYLOAD,
  MS_PER_DAY,
  type PatientBolus,
  type Prescription,
  type Program,
  parseDuration,
  REFUSAL_CODES,
  type RefusalCode,
  rate,
  SENSORS,
  silent,
  simulatedPairing,
  span,
  volume,
} from '../../shared/index.ts';
import { answerIn, BarePump, implantedPump, refusalOf, SERIAL, type Speaker } from './bare-pump.ts';
import { bolusOf, dailyOf, periodicOf, prescriptionOf, stagedOf, WALL, wallOf } from './prescriptions.ts';
import { HandStation } from './station.ts';

/** 0.34 mL at 0.4 mL/day. */
const BRIDGE = { type: 'bridge', rate: rate.parse('0.4 mL/day'), duration: span(73_440_000) } as const;

type Provoked = RefusalCode | undefined;

/** What staging a prescription on a pump in service is answered. */
const staging = (prescription: Prescription, changes: Partial<DeviceProfile> = {}): Provoked =>
  refusalOf(implantedPump(changes).clinician.stage(prescription))?.code;

const stagingProgram = (program: Program): Provoked => staging(prescriptionOf({ program }));
const stagingDays = (...days: readonly (readonly number[])[]): Provoked => {
  const steps = [{ at: span(0), rate: rate.parse('0.4 mL/day') }];
  return stagingProgram({ type: 'daily', groups: days.map((each) => ({ days: [...each], steps })) });
};
const stagingSteps = (count: number): Provoked => {
  const hours = Array.from({ length: count }, (_, hour) => [`${`${hour}`.padStart(2, '0')}:00`, '0.4 mL/day']);
  return stagingProgram(dailyOf(Object.fromEntries(hours)));
};
const stagingLimit = (dose: string, window: string, asked: Parameters<typeof prescriptionOf>[0] = {}): Provoked =>
  staging(prescriptionOf({ ...asked, doseLimit: { dose, window } }));

const stagingBolus = (changes: Partial<PatientBolus>, profile: Partial<DeviceProfile> = {}): Provoked =>
  staging({ ...prescriptionOf(), patientBolus: { ...bolusOf(), ...changes } }, profile);

/** What a press is answered on a running pump, after something was done to it. */
const pressing = (
  prepare: (pump: BarePump, clinician: Speaker) => void,
  changes: Partial<DeviceProfile> = {},
  prescription = prescriptionOf(),
): Provoked => {
  const { pump, clinician } = implantedPump(changes);
  clinician.prescribe(prescription);
  prepare(pump, clinician);
  return refusalOf(pump.open('patient').do('requestBolus'))?.code;
};

const asClinician = (say: (clinician: Speaker, pump: BarePump) => void, ask: (clinician: Speaker) => Provoked) => {
  const { pump, clinician } = implantedPump();
  clinician.prescribe(prescriptionOf());
  say(clinician, pump);
  return ask(clinician);
};

const code = (answer: Parameters<typeof refusalOf>[0]): Provoked => refusalOf(answer)?.code;

/** What an order of a single bolus that takes so long is answered. */
const ordering = (time: string): Provoked =>
  asClinician(
    () => undefined,
    (clinician) => code(clinician.order('0.01 mL', time)),
  );

/** A pump with every sensor. */
const SENSING: Partial<DeviceProfile> = { sensors: SENSORS };
const sensing = (pump: BarePump, condition: ConditionCode, delay = '0s') => {
  pump.plant.inflict({ type: 'begins', condition });
  pump.pass(delay);
};

/** A clinician's session with a pump that has come to its end of service. */
const atEndOfService = () => {
  const { pump } = implantedPump();
  pump.plant.inflict({ type: 'batteryLow' });
  pump.pass('90d');
  return pump.open('clinician');
};

/** An answer that does not fit a frame: whatever a pump takes it can tell, so that none gives one. */
const tooLong = (): Provoked => {
  const record: LogRecord = { number: 1, at: instant(0), kind: 'powerOn', data: { profile: 'x'.repeat(MOST_PAYLOAD) } };
  const radio = new Radio(
    {
      identity: () => ({ serial: SERIAL, profile: 'any', pairing: simulatedPairing(SERIAL) }),
      random: () => '1',
      opened: () => ({ alarms: [], now: instant(0) }),
      closed: () => undefined,
      rejected: () => undefined,
      refused: () => undefined,
      execute: () => ({ reply: { name: 'readLog', payload: { records: [record], next: 2, dropped: 0 } } }),
    },
    span(1000),
    silent,
    memoryStore(),
  );
  const station = new HandStation((bytes) => radio.take(bytes, instant(0)), 'clinician', SERIAL);
  station.open();
  return code(station.ask({ name: 'readLog', payload: { from: 1 } }));
};

const bytesTo = (pump: BarePump) => (bytes: Uint8Array) => pump.give(bytes);

/** Every code, and one way to be refused with it. A code without a row does not compile. */
const PROVOKE: Record<RefusalCode, () => Provoked> = {
  onShelf: () => code(new BarePump().open('clinician').do('stop')),
  alreadyImplanted: () => code(implantedPump().clinician.implant()),
  wrongSerial: () =>
    implantedPump().clinician.refused({
      name: 'enterReservoir',
      payload: { serial: 'ANOTHER', volume: volume.parse('1 mL'), aspirated: null },
    }),
  roleTooLow: () => code(new BarePump().open('patient').do('stop')),
  notPaired: () => {
    const stranger = new HandStation(bytesTo(new BarePump()), 'clinician', 'ANOTHER');
    return code(stranger.open());
  },
  noSession: () => {
    const pump = new BarePump();
    const clinician = pump.open('clinician');
    clinician.do('closeSession');
    return code(clinician.do('interrogate'));
  },
  malformed: () => {
    const { pump, clinician } = implantedPump();
    const { session, sequence, key } = clinician;
    const frame = { session, sequence: sequence + 1, type: 0x15, payload: new Uint8Array([0xff]) };
    const bytes = encodeFrame(frame, key);
    const answer = answerIn('stop', pump.give(bytes));
    return answer === undefined ? undefined : code(answer);
  },
  tooLong,
  updating: () =>
    asClinician(
      (clinician) => {
        clinician.stage(prescriptionOf());
        clinician.begin(prescriptionOf());
      },
      (clinician) => code(clinician.do('resume')),
    ),
  notUpdating: () =>
    asClinician(
      (clinician) => clinician.stage(prescriptionOf()),
      (clinician) => code(clinician.commit(prescriptionOf())),
    ),
  notStaged: () =>
    asClinician(
      (clinician) => clinician.stage(prescriptionOf()),
      (clinician) => code(clinician.begin(prescriptionOf({ basal: '0.5 mL/day' }))),
    ),
  alreadyStopped: () =>
    asClinician(
      (clinician) => clinician.do('stop'),
      (clinician) => code(clinician.do('stop')),
    ),
  alreadyRunning: () =>
    asClinician(
      () => undefined,
      (clinician) => code(clinician.do('resume')),
    ),
  noPrescription: () => code(implantedPump().clinician.do('resume')),
  overCapacity: () => code(implantedPump().clinician.enter('20.000001 mL')),
  concentrationZero: () => {
    const usual = prescriptionOf();
    return staging({ ...usual, drugs: usual.drugs.map((drug) => ({ ...drug, concentration: concentration.of(0) })) });
  },
  basalBelowMinimum: () => staging(prescriptionOf({ basal: '0.047999 mL/day' })),
  basalAboveMaximum: () => staging(prescriptionOf({ basal: '24.000001 mL/day', bolus: null })),
  bolusTooSmall: () => stagingBolus({ rate: rate.of(1) }),
  bolusRateZero: () => stagingBolus({ rate: rate.of(0) }),
  bolusRateBelowBasal: () => stagingBolus({ rate: rate.of(399_999) }, { bolusRateBelowBasal: 'refuse' }),
  bolusTooFast: () => stagingBolus({ rate: rate.parse('23.600001 mL/day') }),
  bolusLongerThanLockout: () => stagingBolus({ lockout: span(119_999) }),
  bolusLongerThanWindow: () => stagingLimit('10 mg', '119s'),
  drugTwice: () => {
    const usual = prescriptionOf();
    return staging({ ...usual, drugs: [...usual.drugs, ...usual.drugs] });
  },
  notMinimumRate: () => stagingProgram({ type: 'minimumRate', rate: rate.of(6001) }),
  scheduleIncomplete: () => stagingDays([0, 1, 2, 3, 4], [5]),
  tooManySteps: () => stagingSteps(14),
  datesOutOfOrder: () => {
    const step = { at: WALL, rate: rate.parse('0.5 mL/day') };
    return stagingProgram({ type: 'dated', first: rate.parse('0.4 mL/day'), steps: [step, step] });
  },
  periodicRateZero: () => stagingProgram(periodicOf({ rate: '0 mL/day' })),
  periodicLongerThanInterval: () => stagingProgram(periodicOf({ interval: '4min' })),
  limitZero: () => stagingLimit('0 mg', '1h'),
  limitWithoutDrug: () => staging({ ...prescriptionOf({ doseLimit: { dose: '1 mg', window: '1h' } }), drugs: [] }),
  limitWindowTooLong: () => stagingLimit('10 mg', '1441min'),
  // 0.4 mL/day of 500 mcg/mL are 100 mcg in 12 h.
  basalOverLimit: () => stagingLimit('99.999 mcg', '12h'),
  // A bolus has given 10 mcg: with 100 mcg of basal that is more than 109 mcg in the 12 h to come.
  overLimitForNow: () => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf());
    pump.open('patient').do('requestBolus');
    pump.pass('5min');
    return code(
      clinician.stage(prescriptionOf({ basal: '0.400001 mL/day', doseLimit: { dose: '109 mcg', window: '12h' } })),
    );
  },
  doseLimit: () => pressing(() => undefined, {}, prescriptionOf({ doseLimit: { dose: '109.9 mcg', window: '12h' } })),
  alreadyAtMinimum: () =>
    asClinician(
      (clinician) => clinician.do('minimumRate'),
      (clinician) => code(clinician.do('minimumRate')),
    ),
  lockoutZero: () => stagingBolus({ lockout: span(0) }),
  countZero: () => stagingBolus({ maxPerDay: 0 }),
  aboveCeiling: () => staging(prescriptionOf({ ceiling: '239 mcg/day' })),
  thresholdAboveCapacity: () => staging(prescriptionOf({ lowReservoir: '20.000001 mL' })),
  notEnabled: () => pressing(() => undefined, {}, prescriptionOf({ bolus: null })),
  stopped: () => pressing((_, clinician) => clinician.do('stop')),
  lowReservoir: () => pressing((_, clinician) => clinician.enter('2 mL'), { lowReservoirPolicy: 'basalOnly' }),
  emptyReservoir: () => pressing((_, clinician) => clinician.enter('0 mL')),
  tooLittleLeft: () => pressing((_, clinician) => clinician.enter('0.001 mL')),
  minimumRate: () => {
    const { pump, clinician } = implantedPump({ lowReservoirPolicy: 'minimumRate' });
    clinician.prescribe(prescriptionOf());
    clinician.do('closeSession');
    pump.pass('46d');
    pump.open('clinician').enter('20 mL');
    return code(pump.open('patient').do('requestBolus'));
  },
  defaultSchedule: () => {
    const { pump, clinician } = implantedPump({ safeState: 'defaultSchedule' });
    clinician.prescribe(prescriptionOf());
    pump.plant.inflict({ type: 'batteryReset', safeState: true });
    return code(pump.open('patient').do('requestBolus'));
  },
  bolusRunning: () => pressing((pump) => pump.open('patient').do('requestBolus')),
  lockedOut: () =>
    pressing((pump) => {
      pump.open('patient').do('requestBolus');
      pump.pass('5min');
    }),
  // 0.4 mL/day are 0.016666 mL in an hour.
  hourlyMaximum: () => staging(prescriptionOf(), { hourlyMaximum: volume.parse('0.016666 mL') }),
  partsOverlap: () => stagingBolus({ parts: [{ from: span(0), to: span(MS_PER_DAY), bolus: null }] }),
  drugNotByHandset: () => staging(prescriptionOf(), { handsetDrugs: ['morphine'] }),
  tooManyParts: () =>
    stagingBolus({
      parts: [
        { from: parseDuration('1h'), to: parseDuration('2h'), bolus: null },
        { from: parseDuration('3h'), to: parseDuration('4h'), bolus: null },
      ],
    }),
  notThisPartOfDay: () =>
    pressing(
      () => undefined,
      {},
      prescriptionOf({ bolus: { parts: [{ from: parseDuration('1h'), to: parseDuration('23h'), bolus: null }] } }),
    ),
  countUsed: () =>
    pressing(
      (pump) => {
        pump.open('patient').do('requestBolus');
        pump.pass('5h');
      },
      {},
      prescriptionOf({ bolus: { maxPerDay: 1 } }),
    ),
  endOfService: () =>
    pressing(
      (pump) => {
        pump.plant.inflict({ type: 'batteryLow' });
        pump.pass('90d');
      },
      { emptyPolicy: 'run' },
    ),
  memoryFailed: () => {
    const { pump } = implantedPump();
    pump.plant.inflict({ type: 'memoryFault', banks: 'bothBanks' });
    pump.reset(false);
    return code(pump.open('clinician').enter('20 mL'));
  },
  memoryLocked: () => {
    const { pump } = implantedPump();
    pump.plant.inflict({ type: 'memoryFault', banks: 'locked' });
    return code(pump.open('clinician').enter('20 mL'));
  },
  alarmNotActive: () => code(implantedPump().clinician.silence('lowReservoir')),
  notSilenceable: () => code(atEndOfService().silence('endOfService')),
  stall: () => pressing((pump) => sensing(pump, 'stall', '20min')),
  occlusion: () => pressing((pump) => sensing(pump, 'occlusion'), { ...SENSING, occlusionPolicy: 'basalOnly' }),
  overTemperature: () =>
    pressing((pump) => sensing(pump, 'overTemperature'), { ...SENSING, overTemperaturePolicy: 'basalOnly' }),
  overFlow: () => pressing((pump) => sensing(pump, 'overFlow'), { ...SENSING, overFlowPolicy: 'minimumRate' }),
  underFlow: () => pressing((pump) => sensing(pump, 'underFlow'), { ...SENSING, underFlowPolicy: 'basalOnly' }),
  intervalOutOfRange: () =>
    code(
      implantedPump().clinician.ask({
        name: 'setAlarmInterval',
        payload: { serial: SERIAL, interval: span(2999) },
      }),
    ),
  selfTest: () => pressing((pump) => pump.reset(false), { selfTest: span(60_000) }),
  alarmActive: () => {
    const { pump, clinician } = implantedPump({ ...SENSING, startWithAlarm: 'refuse', overFlowPolicy: 'minimumRate' });
    clinician.prescribe(prescriptionOf());
    clinician.do('stop');
    sensing(pump, 'overFlow');
    return code(clinician.do('resume'));
  },
  notClearable: () => code(atEndOfService().clear('eri')),
  conditionPresent: () => {
    const { pump, clinician } = implantedPump({ ...SENSING, conditionLatch: 'untilCleared' });
    sensing(pump, 'overFlow');
    return code(clinician.clear('overFlow'));
  },
  alreadySilenced: () => {
    const clinician = atEndOfService();
    clinician.silence('eri');
    return code(clinician.silence('eri'));
  },
  bolusTooShort: () => ordering('59s'),
  bolusTooLong: () => ordering('24h 1s'),
  openingRunning: () =>
    asClinician(
      (clinician) => clinician.prescribe(prescriptionOf({ opening: BRIDGE })),
      (clinician) => code(clinician.stage(prescriptionOf())),
    ),
  openingHeld: () => staging(prescriptionOf({ opening: BRIDGE }), { afterCommit: 'waitForStart' }),
  startInPast: () => staging(prescriptionOf({ opening: { type: 'delayed', until: WALL } })),
  priming: () => pressing(() => undefined, {}, prescriptionOf({ opening: { ...BRIDGE, type: 'prime' } })),
  bridging: () => pressing(() => undefined, {}, prescriptionOf({ opening: BRIDGE })),
};

test('every refusal has a row, and there is no row for anything else', () => {
  expect(Object.keys(PROVOKE).sort()).toEqual([...REFUSAL_CODES].sort());
});

test.each(REFUSAL_CODES)('a way to be refused with %s', (refusal) => {
  expect(PROVOKE[refusal]()).toBe(refusal);
});

describe('a refused command', () => {
  test('is one log record with its reason and all that applied, and changes nothing else', () => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf());
    const before = pump.status();
    const asked = { ...prescriptionOf({ basal: '24.000001 mL/day' }), lowReservoir: volume.parse('21 mL') };
    expect(clinician.stage(asked)).toEqual({
      refused: {
        code: 'basalAboveMaximum',
        also: ['bolusTooFast', 'thresholdAboveCapacity'],
        until: null,
        shortest: null,
      },
    });
    expect(pump.logged('commandRefused')).toEqual([
      {
        command: 'stagePrescription',
        code: 'basalAboveMaximum',
        also: ['bolusTooFast', 'thresholdAboveCapacity'],
      },
    ]);
    expect(pump.status()).toEqual(before);
  });

  test('tells each reason once, also where two boluses are too fast', () => {
    const { clinician } = implantedPump();
    const fast = rate.parse('25 mL/day');
    const asked = prescriptionOf({ program: periodicOf({ rate: '25 mL/day' }) });
    const refusal = refusalOf(clinician.stage({ ...asked, patientBolus: { ...bolusOf(), rate: fast } }));
    expect([refusal?.code, ...(refusal?.also ?? [])].filter((code) => code === 'bolusTooFast')).toHaveLength(1);
  });

  test('of a bad prescription keeps what was staged before it', () => {
    const { clinician } = implantedPump();
    clinician.stage(prescriptionOf());
    clinician.stage(prescriptionOf({ ceiling: '1 mcg/day' }));
    expect(clinician.refused({ name: 'beginUpdate', payload: { digest: stagedOf(prescriptionOf()).digest } })).toBe(
      undefined,
    );
  });
});

describe('what a refusal goes with', () => {
  test('a bolus too fast: the shortest duration, in whole steps, that would not be', () => {
    const { clinician } = implantedPump();
    const fast = { ...prescriptionOf(), patientBolus: { ...bolusOf(), rate: rate.parse('48 mL/day') } };
    const refusal = refusalOf(clinician.stage(fast));
    // 48 mL/day for 2 min within 23.6 mL/day take 4.07 min.
    expect(refusal).toMatchObject({ code: 'bolusTooFast', shortest: 300_000 });
    const slower = { ...fast.patientBolus, rate: rate.of((fast.patientBolus.rate * 2) / 5), duration: span(300_000) };
    expect(refusalOf(clinician.stage({ ...fast, patientBolus: slower }))).toBeUndefined();
  });

  test('a prescription over the limit for now: when it no longer is', () => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf());
    pump.open('patient').do('requestBolus');
    pump.pass('5min');
    const more = prescriptionOf({ basal: '0.400001 mL/day', doseLimit: { dose: '109 mcg', window: '12h' } });
    const until = refusalOf(clinician.stage(more))?.until ?? 0;
    clinician.do('closeSession');
    pump.timeline.advanceTo(instant(until - 1));
    expect(refusalOf(pump.open('clinician').stage(more))?.code).toBe('overLimitForNow');
    pump.timeline.advanceTo(instant(until));
    expect(refusalOf(pump.open('clinician').stage(more))).toBeUndefined();
  });

  test('what a clock set is refused for is not done in part', () => {
    const { pump, clinician } = implantedPump();
    clinician.stage(prescriptionOf());
    clinician.begin(prescriptionOf());
    const before = pump.status();
    expect(refusalOf(clinician.setClock(wallOf('2026-01-05 12:00')))?.code).toBe('updating');
    expect(pump.status()).toEqual(before);
  });
});

describe('several reasons against a press', () => {
  test('the first in the order of the rules is the answer, the others are told and logged', () => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf({ bolus: { maxPerDay: 1 } }));
    pump.open('patient').do('requestBolus');
    clinician.enter('0 mL');
    clinician.do('stop');
    const answer = pump.open('patient').do('requestBolus');
    expect(refusalOf(answer)).toMatchObject({ code: 'stopped', also: ['emptyReservoir', 'lockedOut', 'countUsed'] });
    expect(pump.logged('bolusDenied')).toEqual([
      { code: 'stopped', also: ['emptyReservoir', 'lockedOut', 'countUsed'], until: null },
    ]);
    expect(pump.status().denied).toBe(1);
  });

  test('“next possible” is the first instant with no reason left: a press then is granted', () => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf({ bolus: { maxPerDay: 1 } }));
    pump.open('patient').do('requestBolus');
    for (const wait of ['1min', '1h', '5h']) {
      const until = refusalOf(pump.open('patient').do('requestBolus'))?.until;
      expect(until).toBe(86_400_000);
      pump.pass(wait);
    }
    pump.timeline.advanceTo(instant(86_400_000));
    expect(refusalOf(pump.open('patient').do('requestBolus'))).toBeUndefined();
  });
});
