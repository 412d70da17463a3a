import { describe, expect, test } from 'vitest';
import { TRIES } from '../../programmer/exchange.ts';
import { CLINICIAN_ACTS, type ClinicianAct } from '../../programmer/index.ts';
import {
  type Answer,
  doseRate,
  type MessageName,
  type Prescription,
  parseDuration,
  rate,
  volume,
} from '../../shared/index.ts';
import { bench, prescribe, running, singleBolus } from '../harness.ts';
import { PRESCRIPTION, STATUS } from '../shared/examples.ts';
import { atFakePump, refused } from './fake-pump.ts';

/** One of each act a clinician has. */
const ACTS: { readonly [T in ClinicianAct['type']]: Extract<ClinicianAct, { type: T }> } = {
  interrogate: { type: 'interrogate' },
  implant: { type: 'implant' },
  refill: { type: 'refill', aspirated: null, volume: volume.parse('20 mL') },
  prescribe: prescribe({ basal: '1 mg/day' }),
  edit: { ...prescribe({ basal: '1 mg/day' }), type: 'edit' },
  review: { type: 'review' },
  confirm: { type: 'confirm' },
  discard: { type: 'discard' },
  stop: { type: 'stop' },
  resume: { type: 'resume' },
  minimumRate: { type: 'minimumRate' },
  setClock: { type: 'setClock' },
  registerPump: { type: 'registerPump' },
  compare: { type: 'compare', from: 1, to: 2 },
  readUsage: { type: 'readUsage' },
  readHistory: { type: 'readHistory' },
  readLog: { type: 'readLog' },
  endSession: { type: 'endSession' },
  silence: { type: 'silence', alarm: 'lowReservoir' },
  bolus: { ...singleBolus('0.1 mL', '30min'), type: 'bolus' },
  editBolus: { ...singleBolus('0.1 mL', '30min'), type: 'editBolus' },
  clearAlarm: { type: 'clearAlarm', alarm: 'occlusion' },
  setAlarmInterval: { type: 'setAlarmInterval', interval: parseDuration('5min') },
  testAlarm: { type: 'testAlarm' },
};
const PROGRAMS: readonly MessageName[] = [
  'implant',
  'enterReservoir',
  'stagePrescription',
  'beginUpdate',
  'commitUpdate',
  'stop',
  'resume',
  'minimumRate',
  'setClock',
  'silenceAlarm',
  'clinicianBolus',
  'clearAlarm',
  'setAlarmInterval',
  'testAlarm',
  'noteDiscrepancy',
];

describe('a serial number other than the one on the patient’s record', () => {
  test.each(CLINICIAN_ACTS.filter((type) => !['endSession', 'discard', 'registerPump'].includes(type)))(
    'stops %s before anything is asked',
    (type) => {
      const { pump, act, programmer } = atFakePump({ serial: 'THECAL-0002' });
      expect(act(ACTS[type])).toEqual({ refused: 'otherPump', by: 'programmer' });
      expect(pump.names).toEqual(['openSession']);
      expect(programmer.screen().fields).toEqual([]);
    },
  );

  test('leaves the pump as it was, to the last bit of what it believes', () => {
    const { sim } = bench({ recordedSerial: 'THECAL-0002' });
    const before = { belief: sim.belief(), truth: sim.truth() };
    for (const type of CLINICIAN_ACTS) if (type !== 'registerPump') sim.act({ by: 'clinician', act: ACTS[type] });
    expect({ belief: sim.belief(), truth: sim.truth() }).toEqual(before);
  });

  test('is noticed in a second session too, when no record was there for the first', () => {
    const { pump, act } = atFakePump({ serial: null });
    expect(act({ type: 'interrogate' })).toEqual({ done: true });
    act({ type: 'endSession' });
    pump.status = { ...STATUS, serial: 'THECAL-0002' };
    expect(act({ type: 'stop' })).toEqual({ refused: 'otherPump', by: 'programmer' });
    expect(pump.names.filter((name) => PROGRAMS.includes(name))).toEqual([]);
  });
});

describe('an update', () => {
  const entry = prescribe({ basal: '1 mg/day' });

  test('is read, staged, begun, committed and read again', () => {
    const { pump, act } = atFakePump();
    expect(act(entry)).toEqual({ done: true });
    expect(pump.names).toEqual([
      'openSession',
      'authenticate',
      'interrogate',
      'stagePrescription',
      'beginUpdate',
      'commitUpdate',
      'interrogate',
    ]);
    expect(pump.status.prescription).toEqual({
      ...PRESCRIPTION,
      program: { type: 'constant', rate: rate.parse('0.04 mL/day') },
    });
  });

  const changed: [what: string, prescription: Prescription][] = [
    ['another basal rate', { ...PRESCRIPTION, program: { type: 'constant', rate: rate.parse('0.05 mL/day') } }],
    [
      'another ceiling',
      {
        ...PRESCRIPTION,
        program: { type: 'constant', rate: rate.parse('0.04 mL/day') },
        ceiling: doseRate.parse('13 mg/day'),
      },
    ],
    [
      'no patient bolus',
      { ...PRESCRIPTION, program: { type: 'constant', rate: rate.parse('0.04 mL/day') }, patientBolus: null },
    ],
  ];

  test('is not begun where the digest of what the pump holds ready is another', () => {
    const flip = (honest: () => Answer): Answer => {
      const answer = honest();
      if (!('reply' in answer) || answer.reply.name !== 'stagePrescription') throw new Error('not what was asked');
      const { payload } = answer.reply;
      const last = payload.digest.endsWith('0') ? '1' : '0';
      const digest = payload.digest.slice(0, -1) + last;
      return { reply: { name: 'stagePrescription', payload: { ...payload, digest } } };
    };
    const { pump, act } = atFakePump({ tampering: { stagePrescription: flip } });
    expect(act(entry)).toEqual({ refused: 'digestMismatch', by: 'programmer' });
    expect(pump.names).not.toContain('beginUpdate');
    expect(pump.names).not.toContain('commitUpdate');
    expect(pump.status).toEqual(STATUS);
  });

  test.each(changed)('is not called done where the pump then has %s', (_, prescription) => {
    const { pump, act, programmer } = atFakePump();
    pump.tampering = {
      interrogate: (honest) =>
        pump.names.includes('commitUpdate')
          ? { reply: { name: 'interrogate', payload: { ...STATUS, prescription } } }
          : honest(),
    };
    expect(act(entry)).toEqual({ refused: 'verifyFailed', by: 'programmer' });
    expect(programmer.screen().warnings[0]).toMatch(/^Not done: after the update the pump reports another/);
  });

  test.each(['stagePrescription', 'beginUpdate', 'commitUpdate'] as const)('refused at %s says why', (name) => {
    const { pump, act } = atFakePump({ tampering: { [name]: () => refused('notStaged') } });
    expect(act(entry)).toEqual({ refused: 'notStaged', by: 'pump', also: [], until: null, shortest: null });
    expect(pump.status.prescription).toEqual(PRESCRIPTION);
  });

  test.each([
    ['openSession', 'noAnswer'],
    ['authenticate', 'noAnswer'],
    ['interrogate', 'noAnswer'],
    ['stagePrescription', 'noAnswer'],
    ['beginUpdate', 'updateUncertain'],
    ['commitUpdate', 'updateUncertain'],
  ] as const)('whose %s is never answered, however often it is asked, ends with %s', (name, refused) => {
    const { pump, act, clock } = atFakePump({ tampering: { [name]: () => 'silence' } });
    expect(act(entry)).toEqual({ refused, by: 'programmer' });
    expect(pump.names.filter((asked) => asked === name)).toHaveLength(TRIES);
    expect(pump.names.at(-1)).toBe(name);
    expect(clock.now).toBe(10_000);
  });

  test('that the pump took is not called refused where the session is lost before it was read again', () => {
    const { pump, act, programmer } = atFakePump();
    pump.tampering = {
      interrogate: (honest) => (pump.names.includes('commitUpdate') ? refused('noSession') : honest()),
    };
    expect(act(entry)).toEqual({ refused: 'updateUncertain', by: 'programmer' });
    expect(programmer.screen().warnings[0]).toMatch(/^THE PUMP MAY BE STOPPED/);
  });

  test('that was not confirmed is warned of until a pump has been read', () => {
    const { pump, act, programmer } = atFakePump({ tampering: { commitUpdate: () => 'silence' } });
    const warned = () =>
      programmer.screen().warnings.filter((warning) => warning.startsWith('THE PUMP MAY BE STOPPED'));
    act(entry);
    expect(warned()).toHaveLength(1);
    pump.tampering = { openSession: () => 'silence' };
    act({ type: 'interrogate' });
    expect(warned()).toHaveLength(1);
    act({ type: 'endSession' });
    expect(warned()).toHaveLength(1);
    pump.tampering = {};
    act({ type: 'interrogate' });
    expect(warned()).toEqual([]);
  });
});

describe('a command the pump answered, with only the reading after it lost', () => {
  const REFILL = { type: 'refill', aspirated: null, volume: volume.parse('20 mL') } as const;
  /** A refill in an open session: a reading and the command are answered, and then nothing is for so many tries. */
  const unread = (tries: number) => {
    const made = running();
    made.clinician({ type: 'interrogate' });
    for (let frame = 5; frame < 5 + tries; frame++)
      made.sim.act({ by: 'world', act: { type: 'frameFault', on: { frame }, fault: { is: 'drop' } } });
    expect(made.clinician(REFILL)).toEqual({ refused: 'noAnswer', by: 'programmer' });
    return made;
  };
  const entered = ({ logged }: ReturnType<typeof running>) => logged('reservoirEntered').length;

  test('was sent again where it was typed again: a volume is counted once', () => {
    const made = unread(TRIES);
    expect(made.clinician(REFILL)).toEqual({ refused: 'carriedOutBefore', by: 'programmer' });
    expect(entered(made)).toBe(2);
    expect(made.clinician(REFILL)).toEqual({ done: true });
    expect(entered(made)).toBe(3);
  });

  test('is said to have been carried out by the next screen that shows the pump, however long that takes', () => {
    const made = unread(2 * TRIES);
    const said = () => made.sim.screen().warnings.filter((warning) => warning.startsWith('When the link was lost'));
    expect(made.clinician({ type: 'interrogate' })).toEqual({ refused: 'noAnswer', by: 'programmer' });
    made.clinician({ type: 'endSession' });
    expect(said()).toEqual([]);
    expect(made.clinician({ type: 'interrogate' })).toEqual({ done: true });
    expect(said()).toEqual(['When the link was lost the pump had carried out the volume entered']);
    made.clinician({ type: 'interrogate' });
    expect(said()).toEqual([]);
  });
});

describe('a command that nothing was read after', () => {
  const answeredUnread = (name: 'stop' | 'refill') => {
    const made = atFakePump();
    made.act({ type: 'interrogate' });
    const command = name === 'stop' ? 'stop' : 'enterReservoir';
    made.pump.tampering = {
      interrogate: (honest) => (made.pump.names.includes(command) ? 'silence' : honest()),
    };
    const act = name === 'stop' ? ACTS.stop : ACTS.refill;
    expect(made.act(act)).toMatchObject({ refused: 'noAnswer' });
    made.pump.tampering = {};
    return { ...made, again: () => made.act(act), sent: () => made.pump.names.filter((each) => each === command) };
  };

  test('is sent again where it is a stop: another may have started the pump since', () => {
    const { again, sent } = answeredUnread('stop');
    expect(again()).toEqual({ done: true });
    expect(sent()).toHaveLength(2);
  });

  test('is not sent again at once where it would count twice, and is weeks later', () => {
    const soon = answeredUnread('refill');
    expect(soon.again()).toEqual({ refused: 'carriedOutBefore', by: 'programmer' });
    expect(soon.sent()).toHaveLength(1);
    const late = answeredUnread('refill');
    late.local.passed = 45 * 86_400_000;
    expect(late.again()).toEqual({ done: true });
    expect(late.sent()).toHaveLength(2);
  });
});

describe('a session the pump has given up', () => {
  test('and gives up again is told, not opened for ever', () => {
    const { pump, act } = atFakePump({ tampering: { interrogate: () => refused('noSession') } });
    expect(act({ type: 'interrogate' })).toMatchObject({ refused: 'noSession', by: 'pump' });
    expect(pump.names.filter((name) => name === 'openSession')).toHaveLength(2);
  });

  test('is opened again for the same act', () => {
    const { pump, act } = atFakePump();
    act({ type: 'interrogate' });
    let lost = true;
    pump.tampering = {
      interrogate: (honest) => {
        const answer = lost ? refused('noSession') : honest();
        lost = false;
        return answer;
      },
    };
    expect(act({ type: 'stop' })).toEqual({ done: true });
    expect(pump.names).toEqual([
      'openSession',
      'authenticate',
      'interrogate',
      'interrogate',
      'openSession',
      'authenticate',
      'interrogate',
      'stop',
      'interrogate',
    ]);
  });

  test('that lies idle for ten minutes is closed by the programmer', () => {
    const { pump, act, wait, programmer, clock } = atFakePump();
    act({ type: 'interrogate' });
    expect(programmer.endsAt).toBe(600_000);
    wait();
    expect(clock.now).toBe(600_000);
    expect(pump.names.at(-1)).toBe('closeSession');
    expect(programmer.screen()).toMatchObject({ title: 'No session', fields: [] });
    expect(programmer.due()).toBeUndefined();
    expect(programmer.endsAt).toBeUndefined();
  });
});
