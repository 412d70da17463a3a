import {
  concentration,
  digestOf,
  doseRate,
  instant,
  type LibraryStamp,
  type MessageName,
  mass,
  type Prescription,
  type Program,
  parseDuration,
  type ReplyTo,
  type Request,
  rate,
  type Status,
  span,
  volume,
} from '../../shared/index.ts';

/** A mixture of morphine with a patient bolus and a dose limit, every part of it used. */
export const PRESCRIPTION: Prescription = {
  drugs: [
    { name: 'morphine', concentration: concentration.parse('25 mg/mL') },
    { name: 'bupivacaine', concentration: concentration.parse('20 mg/mL') },
  ],
  program: { type: 'constant', rate: rate.parse('0.4 mL/day') },
  patientBolus: {
    rate: rate.parse('14.4 mL/day'),
    duration: parseDuration('2min'),
    lockout: parseDuration('4h'),
    maxPerDay: 4,
    parts: [],
  },
  doseLimit: { dose: mass.parse('4 mg'), window: parseDuration('6h') },
  ceiling: doseRate.parse('12 mg/day'),
  lowReservoir: volume.parse('2 mL'),
  opening: null,
};

/** What a pump running that prescription says of itself. */
export const STATUS: Status = {
  serial: 'THECAL-0001',
  profile: 'synchromed-ii-like-20',
  now: instant(86_400_000),
  service: 'inService',
  infusion: 'basal',
  patientControl: 'ready',
  reservoir: 'normal',
  stopped: null,
  rate: rate.parse('0.4 mL/day'),
  volume: volume.parse('19.6 mL'),
  prescription: PRESCRIPTION,
  prescribedAt: instant(1000),
  record: 1,
  bolusEnds: null,
  bolusesGiven: 0,
  nextBolus: instant(86_400_000),
  granted: 0,
  denied: 0,
  alarms: [],
  wall: parseDuration('20457d'),
  basal: rate.parse('0.4 mL/day'),
  zeroStep: false,
  periodicBolus: 'off',
  periodicNext: null,
  sinceSession: { from: instant(1000), commanded: volume.parse('0.4 mL') },
  minimumRate: rate.parse('0.006 mL/day'),
  defaultRate: rate.parse('0.048 mL/day'),
  sinceFill: { at: instant(1000), commanded: volume.parse('0.4 mL') },
  gauge: { at: instant(1000), volume: volume.parse('18 mL') },
  discrepancies: [
    {
      at: instant(1000),
      expected: volume.parse('2 mL'),
      aspirated: volume.parse('4.5 mL'),
      commanded: volume.parse('18 mL'),
      reason: 'stall',
    },
  ],
  accepts: ['enterReservoir', 'stagePrescription', 'beginUpdate', 'stop', 'requestBolus', 'minimumRate', 'setClock'],
  replaceBy: instant(220_838_400_000),
  silenced: [],
  nextTone: null,
  clinicianBolus: null,
  criticalInterval: parseDuration('10min'),
  motor: 'turning',
  conditions: [],
  opening: null,
  openingEnded: null,
};

/** A program of each type, every part of it used. */
export const PROGRAMS: { readonly [T in Program['type']]: Extract<Program, { type: T }> } = {
  minimumRate: { type: 'minimumRate', rate: rate.parse('0.006 mL/day') },
  constant: { type: 'constant', rate: rate.parse('0.4 mL/day') },
  daily: {
    type: 'daily',
    groups: [
      {
        days: [0, 1, 2, 3, 4],
        steps: [
          { at: parseDuration('0h'), rate: rate.parse('0.2 mL/day') },
          { at: parseDuration('6h 30min'), rate: rate.parse('0.6 mL/day') },
        ],
      },
      { days: [5, 6], steps: [{ at: parseDuration('0h'), rate: rate.parse('0.3 mL/day') }] },
    ],
  },
  periodic: {
    type: 'periodic',
    rate: rate.parse('0.1 mL/day'),
    bolus: { rate: rate.parse('7.2 mL/day'), duration: parseDuration('4min') },
    interval: parseDuration('6h'),
  },
  dated: {
    type: 'dated',
    first: rate.parse('0.2 mL/day'),
    steps: [
      { at: parseDuration('20460d 8h'), rate: rate.parse('0.25 mL/day') },
      { at: parseDuration('20467d 8h'), rate: rate.parse('0.3 mL/day') },
    ],
  },
};

const serial = STATUS.serial;
const digest = digestOf(PRESCRIPTION);

/** What the two ends of a session have used once. */
export const NONCES = { station: '000102030405060708090a0b0c0d0e0f', pump: 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff' };

/** What a drug library is known by. */
export const LIBRARY: LibraryStamp = { name: 'Clinic', version: '2026-03', digest: 'c'.repeat(32) };

/** Every request there is. A message without an example does not compile. */
export const REQUESTS: { readonly [N in MessageName]: Extract<Request, { name: N }> } = {
  openSession: { name: 'openSession', payload: { role: 'clinician', nonce: NONCES.station } },
  authenticate: { name: 'authenticate', payload: {} },
  closeSession: { name: 'closeSession', payload: {} },
  recall: { name: 'recall', payload: { session: 1, sequence: 3 } },
  interrogate: { name: 'interrogate', payload: {} },
  implant: { name: 'implant', payload: { serial, wall: span(1_767_600_000_000) } },
  enterReservoir: { name: 'enterReservoir', payload: { serial, volume: volume.parse('20 mL'), aspirated: null } },
  stagePrescription: {
    name: 'stagePrescription',
    payload: { serial, prescription: PRESCRIPTION, run: true, override: true, endOpening: false },
  },
  beginUpdate: { name: 'beginUpdate', payload: { digest } },
  commitUpdate: { name: 'commitUpdate', payload: { digest, library: LIBRARY } },
  stop: { name: 'stop', payload: {} },
  resume: { name: 'resume', payload: {} },
  minimumRate: { name: 'minimumRate', payload: {} },
  setClock: { name: 'setClock', payload: { wall: parseDuration('20457d') } },
  clinicianBolus: {
    name: 'clinicianBolus',
    payload: { serial, rate: rate.parse('4.8 mL/day'), duration: parseDuration('30min'), then: 'basal' },
  },
  readHistory: { name: 'readHistory', payload: { from: 1 } },
  readLog: { name: 'readLog', payload: { from: 1 } },
  requestBolus: { name: 'requestBolus', payload: {} },
  silenceAlarm: { name: 'silenceAlarm', payload: { alarm: 'lowReservoir' } },
  noteLimit: {
    name: 'noteLimit',
    payload: {
      serial,
      answer: 'asked',
      library: LIBRARY,
      limits: [
        { drug: 'morphine', limit: 'dailyDose', value: 24_000_000, bound: 20_000_000 },
        { drug: 'bupivacaine', limit: 'unlisted', value: 20_000_000, bound: null },
      ],
    },
  },
  noteDiscrepancy: {
    name: 'noteDiscrepancy',
    payload: {
      serial,
      expected: volume.parse('8 mL'),
      aspirated: volume.parse('5.5 mL'),
      reason: 'misread',
      note: 'read twice',
    },
  },
  clearAlarm: { name: 'clearAlarm', payload: { serial: 'THECAL-0001', alarm: 'occlusion' } },
  setAlarmInterval: { name: 'setAlarmInterval', payload: { serial: 'THECAL-0001', interval: parseDuration('5min') } },
  testAlarm: { name: 'testAlarm', payload: {} },
};

const body = {
  number: 5,
  at: instant(1000),
  by: 'clinician' as const,
  prescription: PRESCRIPTION,
  library: LIBRARY,
  changed: ['drugs', 'program'],
  previous: 'a'.repeat(32),
};
/** The fifth prescription, the first of those still kept. */
const entry = { ...body, digest: digestOf(body) };
const anchor = { number: 4, digest: body.previous };

const record = {
  number: 3,
  at: instant(1000),
  kind: 'bolusDenied',
  data: { code: 'lockedOut', also: ['countUsed'], until: 5000, lost: false, none: null },
} as const;

/** An answer to every request. */
export const REPLIES: { readonly [N in MessageName]: ReplyTo<N> } = {
  openSession: {
    name: 'openSession',
    payload: { session: 1, serial, profile: STATUS.profile, nonce: NONCES.pump },
  },
  authenticate: { name: 'authenticate', payload: { alarms: ['lowReservoir'], now: instant(1000) } },
  closeSession: { name: 'closeSession', payload: {} },
  recall: {
    name: 'recall',
    payload: { became: 'answered', answer: { type: 0x95, payload: 'a0' } },
  },
  interrogate: { name: 'interrogate', payload: STATUS },
  implant: { name: 'implant', payload: {} },
  enterReservoir: {
    name: 'enterReservoir',
    payload: { expected: volume.parse('0.65 mL'), commanded: volume.parse('19.35 mL') },
  },
  stagePrescription: {
    name: 'stagePrescription',
    payload: { digest, nextBolus: instant(3_600_000), delivery: { mode: 'basal', why: null } },
  },
  beginUpdate: { name: 'beginUpdate', payload: {} },
  commitUpdate: { name: 'commitUpdate', payload: { record: 1 } },
  stop: { name: 'stop', payload: {} },
  resume: { name: 'resume', payload: {} },
  minimumRate: { name: 'minimumRate', payload: {} },
  setClock: { name: 'setClock', payload: {} },
  clinicianBolus: { name: 'clinicianBolus', payload: { ends: instant(1_800_000), volume: volume.parse('0.1 mL') } },
  readHistory: { name: 'readHistory', payload: { entries: [entry], total: 5, anchor } },
  readLog: {
    name: 'readLog',
    payload: {
      records: [{ ...record, data: { ...record.data, also: [...record.data.also] } }],
      next: 4,
      dropped: 2,
    },
  },
  requestBolus: {
    name: 'requestBolus',
    payload: { ends: instant(120_000), volume: volume.parse('0.02 mL'), nextBolus: instant(14_400_000) },
  },
  silenceAlarm: { name: 'silenceAlarm', payload: { until: instant(120_000) } },
  noteLimit: { name: 'noteLimit', payload: {} },
  noteDiscrepancy: { name: 'noteDiscrepancy', payload: {} },
  clearAlarm: { name: 'clearAlarm', payload: {} },
  setAlarmInterval: { name: 'setAlarmInterval', payload: {} },
  testAlarm: {
    name: 'testAlarm',
    payload: { critical: parseDuration('3s'), nonCritical: parseDuration('1s') },
  },
};
