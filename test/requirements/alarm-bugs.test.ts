import fc from 'fast-check';
import { expect } from 'vitest';
import {
  ALARM_CODES,
  ALARMS,
  type AlarmCode,
  type ConditionCode,
  type DeviceProfile,
  fromJson,
  type LogRecord,
  SENSORS,
  span,
} from '../../shared/index.ts';
import type { BarePump, Speaker } from '../firmware/bare-pump.ts';
import { logged } from './fixture.ts';
import { onBench, ordersOf, valuesOf } from './on-bench.ts';
import { live, lives } from './random-life.ts';
import { requirementOfAll, requirementPartOfAll } from './requirement.ts';
import { runs } from './runs.ts';
import { therapyOf, treating } from './therapies.ts';

/** Every condition sensed, and declared in the instant it is. */
/** A pump that senses everything at once, and alarms of everything itself. */
const SENSED: Partial<DeviceProfile> = {
  sensors: SENSORS,
  conditionDelay: span(0),
  stallDetectionDelay: span(0),
  lowReservoirBy: 'pump',
};

const begins = (condition: ConditionCode) => (pump: BarePump) => {
  pump.plant.inflict({ type: 'begins', condition });
  pump.pass('1ms');
};

/** What comes with a policy that may be `stop`: the profile's word for it, and what brings it about. */
const STOPPING: Partial<
  Record<
    AlarmCode,
    { readonly policy: Partial<DeviceProfile>; readonly bring: (pump: BarePump, clinician: Speaker) => void }
  >
> = {
  emptyReservoir: {
    policy: { emptyPolicy: 'stop', lowReservoirBy: 'pump' },
    bring: (_, clinician) => clinician.enter('0 mL'),
  },
  endOfService: {
    policy: { atEndOfService: 'stop' },
    bring: (pump) => {
      pump.plant.inflict({ type: 'batteryLow' });
      pump.pass('90d');
    },
  },
  memoryError: {
    policy: { safeState: 'stop' },
    bring: (pump) => {
      pump.plant.inflict({ type: 'memoryFault', banks: 'bothBanks' });
      pump.reset(false);
    },
  },
  stall: { policy: { ...SENSED, stallPolicy: 'stopAndLatch' }, bring: begins('stall') },
  occlusion: { policy: { ...SENSED, occlusionPolicy: 'stop' }, bring: begins('occlusion') },
  overTemperature: { policy: { ...SENSED, overTemperaturePolicy: 'stop' }, bring: begins('overTemperature') },
  overFlow: { policy: { ...SENSED, overFlowPolicy: 'stop' }, bring: begins('overFlow') },
  underFlow: { policy: { ...SENSED, underFlowPolicy: 'stop' }, bring: begins('underFlow') },
};

requirementOfAll('R10', (profile) => {
  for (const [code, { policy, bring }] of Object.entries(STOPPING)) {
    const { pump, clinician } = onBench(profile, { changes: policy });
    pump.pass('10min');
    bring(pump, clinician);
    const again = pump.open('clinician');
    const order = ordersOf(profile);
    const tries = [
      () => again.do('resume'),
      () => again.do('requestBolus'),
      () => again.prescribe(order, true),
      () => again.do('resume'),
      () => pump.pass('3d'),
      () => pump.reset(false),
    ];
    for (const attempt of [() => undefined, ...tries]) {
      attempt();
      const { alarms, rate, infusion } = pump.status();
      expect(alarms.map((alarm) => alarm.code)).toContain(code);
      expect({ code, infusion, rate }).toEqual({ code, infusion: 'stopped', rate: 0 });
    }
  }
});

/** Every edge of an alarm that the log tells, in order. */
const edgesIn = (pump: ReturnType<typeof treating>) =>
  pump.trace.flatMap(({ layer, kind, data }) => {
    if (layer !== 'firmware' || kind !== 'log') return [];
    const record = fromJson<LogRecord>(data);
    const { kind: what } = record;
    return what === 'alarmRaised' || what === 'alarmCleared' ? [{ what, code: record.data['code'] }] : [];
  });

requirementPartOfAll('R15', 'in any life', (profile) => {
  fc.assert(
    fc.property(lives, (deeds) => {
      const pump = treating(profile);
      for (const deed of deeds) live(pump, deed);
      const active = pump.belief.alarms.map(({ code }) => code);
      for (const code of ALARM_CODES) {
        const edges = edgesIn(pump)
          .filter((edge) => edge.code === code)
          .map(({ what }) => what);
        // Raised, cleared, raised, …, and the last of them is how it is now.
        expect(edges).toEqual(edges.map((_, i) => (i % 2 === 0 ? 'alarmRaised' : 'alarmCleared')));
        expect(active.includes(code)).toBe(edges.length % 2 === 1);
      }
    }),
    { numRuns: runs(2, 200) },
  );
});

requirementPartOfAll('R15', 'run empty, silenced and filled', (profile) => {
  const { full } = therapyOf(profile);
  const pump = treating(profile, { patientBolus: 'none' });
  const fill = (amount: string) => {
    pump.hands('drain');
    pump.hands({ inject: amount });
    pump.clinician({ refill: { volume: amount } });
  };
  fill(`${(full / 10).toFixed(0)} mL`);
  pump.clinician('endSession');
  pump.until({ level: 'empty' }, '90d');
  const silenced = pump.clinician({ silence: 'lowReservoir' });
  pump.clinician('endSession');
  fill(`${full} mL`);
  const of = (code: AlarmCode) =>
    edgesIn(pump)
      .filter((edge) => edge.code === code)
      .map(({ what }) => what);
  if (valuesOf(profile).lowReservoirBy === 'handset') {
    expect([of('lowReservoir'), of('emptyReservoir')]).toEqual([[], []]);
    expect(silenced).toMatchObject({ refused: 'alarmNotActive' });
    return;
  }
  expect(of('lowReservoir')).toEqual(['alarmRaised', 'alarmCleared']);
  expect(of('emptyReservoir')).toEqual(['alarmRaised', 'alarmCleared']);
  expect(logged(pump, 'alarmSilenced')).toMatchObject([{ code: 'lowReservoir' }]);
  expect(logged(pump, 'silenceEnded')).toMatchObject([{ code: 'lowReservoir' }]);
});

interface Life {
  readonly raise: (pump: BarePump, clinician: Speaker) => void;
  /** What clears it; null where nothing does. */
  readonly clear: ((pump: BarePump, clinician: Speaker) => void) | null;
}

/** Of a condition: it is declared, and goes once it is gone and, where it is latched, cleared. */
const ofCondition = (condition: ConditionCode): Life => ({
  raise: begins(condition),
  clear: (pump) => {
    pump.plant.inflict({ type: 'ends', condition });
    pump.open('clinician').clear(condition);
  },
});

/** Every alarm: how it comes, and how it goes. A code without a row does not compile. */
const LIVES: Readonly<Record<AlarmCode, Life>> = {
  lowReservoir: {
    raise: (_, clinician) => clinician.enter('0.9 mL'),
    clear: (_, clinician) => clinician.enter('8 mL'),
  },
  emptyReservoir: {
    raise: (_, clinician) => clinician.enter('0 mL'),
    clear: (_, clinician) => clinician.enter('8 mL'),
  },
  stoppedPump: {
    raise: (pump, clinician) => {
      clinician.do('stop');
      pump.pass('48h');
    },
    clear: (pump) => pump.open('clinician').do('resume'),
  },
  eri: {
    raise: (pump) => {
      pump.plant.inflict({ type: 'batteryLow' });
      pump.pass('1ms');
    },
    clear: null,
  },
  endOfService: {
    raise: (pump) => {
      pump.plant.inflict({ type: 'batteryLow' });
      pump.pass('90d');
    },
    clear: null,
  },
  memoryError: {
    raise: (pump) => {
      pump.plant.inflict({ type: 'memoryFault', banks: 'bothBanks' });
      pump.reset(false);
    },
    clear: null,
  },
  memoryLocked: {
    raise: (pump) => pump.plant.inflict({ type: 'memoryFault', banks: 'locked' }),
    clear: (pump) => pump.plant.act({ type: 'resetMemory' }),
  },
  lowBatteryReset: {
    raise: (pump) => pump.plant.inflict({ type: 'batteryReset', safeState: true }),
    clear: (pump) => pump.open('clinician').do('resume'),
  },
  stall: ofCondition('stall'),
  occlusion: ofCondition('occlusion'),
  overTemperature: ofCondition('overTemperature'),
  overFlow: ofCondition('overFlow'),
  underFlow: ofCondition('underFlow'),
};

/** What a clinician could try against an alarm that nothing clears. */
function tryEverything(pump: BarePump, profile: string): void {
  const clinician = pump.open('clinician');
  clinician.enter('20 mL');
  clinician.prescribe(ordersOf(profile), true);
  clinician.do('resume');
  clinician.do('stop');
  pump.reset(false);
  pump.pass('3d');
}

requirementOfAll('R19', (profile) => {
  for (const code of ALARM_CODES) {
    const { raise, clear } = LIVES[code];
    expect({ code, isForGood: clear === null }).toEqual({ code, isForGood: ALARMS[code].endedBy === 'never' });
    const { pump, clinician } = onBench(profile, { changes: SENSED });
    const active = () => pump.status().alarms.some((alarm) => alarm.code === code);
    expect({ code, active: active() }).toEqual({ code, active: false });
    raise(pump, clinician);
    expect({ code, active: active() }).toEqual({ code, active: true });
    pump.pass('1min');
    expect({ code, active: active() }).toEqual({ code, active: true });
    if (clear === null) tryEverything(pump, profile);
    else clear(pump, clinician);
    expect({ code, active: active() }).toEqual({ code, active: clear === null });
  }
});
