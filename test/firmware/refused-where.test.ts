import { describe, expect, test } from 'vitest';
import {
  type AlarmCode,
  type DeviceProfile,
  type Opening,
  parseDuration,
  type RefusalCode,
  rate,
  SENSORS,
  span,
  volume,
} from '../../shared/index.ts';
import { BarePump, implantedPump, refusalOf, SERIAL, type Speaker } from './bare-pump.ts';
import { HOUR, prescriptionOf } from './prescriptions.ts';

const old = prescriptionOf();
const next = prescriptionOf({ basal: '0.6 mL/day' });

/** Where a pump can be, and a clinician's session with it. */
const WHERE = {
  'on the shelf': () => new BarePump().open('clinician'),
  'without a prescription': () => implantedPump().clinician,
  running: () => running().clinician,
  'in an update': () => {
    const { clinician } = running();
    clinician.stage(next);
    clinician.begin(next);
    return clinician;
  },
} as const satisfies Record<string, () => Speaker>;

function running(changes: Partial<DeviceProfile> = {}) {
  const made = implantedPump(changes);
  made.clinician.prescribe(old);
  return made;
}

const COMMANDS = {
  stagePrescription: (clinician: Speaker) => clinician.stage(next),
  beginUpdate: (clinician: Speaker) => clinician.begin(next),
  stop: (clinician: Speaker) => clinician.do('stop'),
  resume: (clinician: Speaker) => clinician.do('resume'),
  minimumRate: (clinician: Speaker) => clinician.do('minimumRate'),
} as const;

test.each<[keyof typeof WHERE, Record<keyof typeof COMMANDS, RefusalCode | undefined>]>([
  [
    'on the shelf',
    {
      stagePrescription: 'onShelf',
      beginUpdate: 'notStaged',
      stop: 'onShelf',
      resume: 'onShelf',
      minimumRate: 'onShelf',
    },
  ],
  [
    'without a prescription',
    {
      stagePrescription: undefined,
      beginUpdate: 'notStaged',
      stop: 'alreadyStopped',
      resume: 'noPrescription',
      minimumRate: 'noPrescription',
    },
  ],
  [
    'running',
    {
      stagePrescription: undefined,
      beginUpdate: 'notStaged',
      stop: undefined,
      resume: 'alreadyRunning',
      minimumRate: undefined,
    },
  ],
  [
    'in an update',
    {
      stagePrescription: 'updating',
      beginUpdate: 'updating',
      stop: undefined,
      resume: 'updating',
      minimumRate: 'updating',
    },
  ],
])('%s a pump refuses, and does not offer, what it cannot do there', (where, refused) => {
  for (const [name, code] of Object.entries(refused)) {
    const clinician = WHERE[where]();
    const { accepts } = statusOf(clinician);
    const command = name as keyof typeof COMMANDS;
    expect([name, refusalOf(COMMANDS[command](clinician))?.code]).toEqual([name, code]);
    // Whether an update may begin hangs on what is staged: it is offered once something is.
    if (command !== 'beginUpdate') expect([name, accepts.includes(command)]).toEqual([name, code === undefined]);
  }
});

function statusOf(clinician: Speaker) {
  const answer = clinician.do('interrogate');
  if (!('reply' in answer) || answer.reply.name !== 'interrogate') throw new Error('the pump was not read');
  return answer.reply.payload;
}

describe('what a prescription begins with is refused', () => {
  const bridge: Opening = { type: 'bridge', rate: rate.parse('0.4 mL/day'), duration: span(73_440_000) };
  const staged = (held: string, changes: Partial<DeviceProfile> = {}) => {
    const { clinician } = implantedPump(changes);
    clinician.enter(held);
    return refusalOf(clinician.stage(prescriptionOf({ opening: bridge })));
  };

  test('by an empty reservoir, and not as well for what is left in it', () => {
    const refusal = staged('0 mL');
    expect([refusal?.code, refusal?.also]).toEqual(['emptyReservoir', expect.not.arrayContaining(['tooLittleLeft'])]);
  });

  test('by less than it needs, to the last bit: 0.34 mL', () => {
    const low = { lowReservoirPolicy: 'alarm' } as const;
    expect(staged('0.34 mL', low)).toBeUndefined();
    expect(staged('0.339999 mL', low)?.code).toBe('tooLittleLeft');
  });

  test('by a low reservoir where its policy takes anything away', () => {
    expect(staged('1 mL', { lowReservoirPolicy: 'alarm' })).toBeUndefined();
    expect(staged('1 mL', { lowReservoirPolicy: 'minimumRate' })?.code).toBe('lowReservoir');
  });
});

describe('a schedule of more steps than a pump keeps is refused', () => {
  const PROFILE = { stepsPerDay: 3, scheduleSteps: 5 } as const;
  const staged = (...counts: readonly number[]) => {
    const groups = counts.map((count, i) => ({
      days: counts.length === 1 ? [0, 1, 2, 3, 4, 5, 6] : i === 0 ? [0, 1, 2, 3, 4] : [5, 6],
      steps: Array.from({ length: count }, (_, hour) => ({ at: span(hour * HOUR), rate: rate.parse('0.4 mL/day') })),
    }));
    const program = { type: 'daily', groups } as const;
    return refusalOf(implantedPump(PROFILE).clinician.stage(prescriptionOf({ program })))?.code;
  };
  test.each([
    [[3], undefined],
    [[4], 'tooManySteps'],
    [[3, 2], undefined],
    [[3, 3], 'tooManySteps'],
    [[4, 1], 'tooManySteps'],
    [[1, 4], 'tooManySteps'],
  ] as const)('%j', (counts, code) => {
    expect(staged(...counts)).toBe(code);
  });
});

describe('a bolus too fast is told with the shortest time that fits', () => {
  // Beside a basal rate of 0.4 mL/day there are 23.6 mL/day for it.
  const staged = (asked: { rate: string; duration: string }, changes: Partial<DeviceProfile> = {}) =>
    refusalOf(implantedPump(changes).clinician.stage(prescriptionOf({ bolus: asked })));
  test.each([
    ['47.2 mL/day', '1min', 2],
    ['47.200001 mL/day', '1min', 3],
    ['23.600001 mL/day', '1min', 2],
  ])('%s for %s: %d min', (flow, duration, shortest) => {
    expect(staged({ rate: flow, duration })).toMatchObject({ code: 'bolusTooFast', shortest: shortest * 60_000 });
  });

  test('and with none where basal leaves no room', () => {
    const most = { rateMaximum: rate.parse('0.4 mL/day') };
    expect(staged({ rate: '14.4 mL/day', duration: '2min' }, most)).toMatchObject({
      code: 'bolusTooFast',
      shortest: null,
    });
  });
});

test('a single bolus is refused where it needs what lies below the volume that counts as empty', () => {
  const ordered = (amount: string) => {
    const { clinician } = running({ emptyAt: volume.parse('1 mL'), lowReservoirPolicy: 'alarm' });
    clinician.enter('1.4 mL');
    return refusalOf(clinician.order(amount, '40min'))?.code;
  };
  expect(ordered('0.4 mL')).toBeUndefined();
  expect(ordered('0.41 mL')).toBe('tooLittleLeft');
});

test('alarms may sound as often as their tone takes, and no less often than one that is not critical', () => {
  const asked = (interval: number, changes: Partial<DeviceProfile> = {}) =>
    implantedPump(changes).clinician.refused({
      name: 'setAlarmInterval',
      payload: { serial: SERIAL, interval: span(interval) },
    });
  expect([2999, 3000, HOUR, HOUR + 1].map((each) => asked(each))).toEqual([
    'intervalOutOfRange',
    undefined,
    undefined,
    'intervalOutOfRange',
  ]);
  const silentTone = { criticalToneLength: span(0) };
  expect([0, 1].map((each) => asked(each, silentTone))).toEqual(['intervalOutOfRange', undefined]);
});

describe('where a stop on a stopped pump clears an alarm', () => {
  const CLEARS: Partial<DeviceProfile> = {
    sensors: SENSORS,
    conditionLatch: 'untilCleared',
    stopWhileStopped: 'clearAlarm',
    occlusionPolicy: 'stop',
    overTemperaturePolicy: 'stop',
    underFlowPolicy: 'none',
    conditionDelay: parseDuration('0s'),
  };
  const stoppedBy = (conditions: readonly ('occlusion' | 'overTemperature' | 'underFlow')[], changes = CLEARS) => {
    const made = running(changes);
    made.clinician.do('stop');
    for (const condition of conditions) {
      made.pump.plant.inflict({ type: 'begins', condition });
      made.pump.pass('1s');
    }
    const ends = (condition: AlarmCode & (typeof conditions)[number]) =>
      made.pump.plant.inflict({ type: 'ends', condition });
    const alarms = () => made.pump.status().alarms.map(({ code }) => code);
    return { ...made, ends, alarms };
  };

  test('it is the highest first, then the one that came first', () => {
    const { clinician, ends, alarms } = stoppedBy(['underFlow', 'overTemperature', 'occlusion']);
    for (const each of ['underFlow', 'overTemperature', 'occlusion'] as const) ends(each);
    expect(alarms().toSorted()).toEqual(['occlusion', 'overTemperature', 'underFlow']);
    expect(refusalOf(clinician.do('stop'))).toBeUndefined();
    expect(alarms().toSorted()).toEqual(['occlusion', 'underFlow']);
    clinician.do('stop');
    expect(alarms()).toEqual(['underFlow']);
    clinician.do('stop');
    expect(alarms()).toEqual([]);
    expect(refusalOf(clinician.do('stop'))?.code).toBe('alreadyStopped');
  });

  test('it is none whose cause is still sensed', () => {
    const { clinician, ends, alarms } = stoppedBy(['occlusion', 'overTemperature']);
    expect(refusalOf(clinician.do('stop'))?.code).toBe('alreadyStopped');
    ends('overTemperature');
    expect(refusalOf(clinician.do('stop'))).toBeUndefined();
    expect(alarms()).toEqual(['occlusion']);
  });

  test('a stop of a pump that runs clears none', () => {
    const { pump, clinician } = running({ ...CLEARS, occlusionPolicy: 'none' });
    pump.plant.inflict({ type: 'begins', condition: 'occlusion' });
    pump.pass('1s');
    pump.plant.inflict({ type: 'ends', condition: 'occlusion' });
    clinician.do('stop');
    expect(pump.status()).toMatchObject({ infusion: 'stopped', alarms: [{ code: 'occlusion' }] });
  });

  test('under another policy it is refused', () => {
    const { clinician, ends, alarms } = stoppedBy(['occlusion'], { ...CLEARS, stopWhileStopped: 'refuse' });
    ends('occlusion');
    expect(refusalOf(clinician.do('stop'))?.code).toBe('alreadyStopped');
    expect(alarms()).toEqual(['occlusion']);
  });

  test.each(['underFlow', 'occlusion'] as const)('a condition nobody declared is no alarm to clear: %s', (code) => {
    const { clinician, ends } = stoppedBy([code], { ...CLEARS, conditionDelay: parseDuration('1h') });
    expect(refusalOf(clinician.clear(code))?.code).toBe('alarmNotActive');
    ends(code);
    expect(refusalOf(clinician.do('stop'))?.code).toBe('alreadyStopped');
  });
});

describe('the mean dose since the last session', () => {
  const since = (second: Parameters<typeof prescriptionOf>[0]) => {
    const { pump, clinician } = running();
    clinician.do('closeSession');
    pump.pass('1d');
    const later = pump.open('clinician');
    later.prescribe(prescriptionOf(second));
    const { sinceSession, now } = pump.status();
    return now - sinceSession.from;
  };
  test('goes on through a change of the rate, and begins anew with another strength', () => {
    expect(since({ basal: '0.6 mL/day' })).toBe(parseDuration('1d'));
    expect(since({ concentration: '1000 mcg/mL' })).toBe(0);
  });

  test('begins anew with another drug of the same strength', () => {
    const { pump, clinician } = running();
    clinician.do('closeSession');
    pump.pass('1d');
    const { drugs, ...rest } = prescriptionOf();
    const other = drugs.map((drug) => ({ ...drug, name: 'morphine' as const }));
    pump.open('clinician').prescribe({ ...rest, drugs: other });
    const { sinceSession, now } = pump.status();
    expect(now - sinceSession.from).toBe(0);
  });
});
