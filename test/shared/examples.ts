import {
  concentration,
  digestOf,
  doseRate,
  instant,
  type MessageName,
  type Prescription,
  parseDuration,
  type ReplyTo,
  type Request,
  rate,
  type Status,
  span,
  volume,
} from '../../shared/index.ts';

/** Morphine with a patient bolus, every part of it used. */
export const PRESCRIPTION: Prescription = {
  drug: { name: 'morphine', concentration: concentration.parse('25 mg/mL') },
  basal: rate.parse('0.4 mL/day'),
  patientBolus: {
    rate: rate.parse('14.4 mL/day'),
    duration: parseDuration('2min'),
    lockout: parseDuration('4h'),
    maxPerDay: 4,
  },
  ceiling: doseRate.parse('12 mg/day'),
  lowReservoir: volume.parse('2 mL'),
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
  record: 1,
  bolusEnds: null,
  bolusesGiven: 0,
  nextBolus: instant(86_400_000),
  granted: 0,
  denied: 0,
  alarms: [],
  accepts: ['enterReservoir', 'stagePrescription', 'beginUpdate', 'stop', 'requestBolus'],
  replaceBy: instant(220_838_400_000),
  silenced: [],
  nextTone: null,
};

const serial = STATUS.serial;
const digest = digestOf(PRESCRIPTION);

/** Every request there is. A message without an example does not compile. */
export const REQUESTS: { readonly [N in MessageName]: Extract<Request, { name: N }> } = {
  openSession: { name: 'openSession', payload: { role: 'clinician' } },
  closeSession: { name: 'closeSession', payload: {} },
  interrogate: { name: 'interrogate', payload: {} },
  implant: { name: 'implant', payload: { serial, wall: span(1_767_600_000_000) } },
  enterReservoir: { name: 'enterReservoir', payload: { serial, volume: volume.parse('20 mL') } },
  stagePrescription: { name: 'stagePrescription', payload: { serial, prescription: PRESCRIPTION, run: true } },
  beginUpdate: { name: 'beginUpdate', payload: { digest } },
  commitUpdate: { name: 'commitUpdate', payload: { digest } },
  stop: { name: 'stop', payload: {} },
  resume: { name: 'resume', payload: {} },
  readHistory: { name: 'readHistory', payload: { from: 1 } },
  readLog: { name: 'readLog', payload: { from: 1 } },
  requestBolus: { name: 'requestBolus', payload: {} },
  silenceAlarm: { name: 'silenceAlarm', payload: { alarm: 'lowReservoir' } },
};

const body = {
  number: 5,
  at: instant(1000),
  by: 'clinician' as const,
  prescription: PRESCRIPTION,
  changed: ['drug', 'basal'],
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
    payload: { session: 1, serial, profile: STATUS.profile, alarms: ['lowReservoir'] },
  },
  closeSession: { name: 'closeSession', payload: {} },
  interrogate: { name: 'interrogate', payload: STATUS },
  implant: { name: 'implant', payload: {} },
  enterReservoir: { name: 'enterReservoir', payload: { expected: volume.parse('0.65 mL') } },
  stagePrescription: { name: 'stagePrescription', payload: { digest } },
  beginUpdate: { name: 'beginUpdate', payload: {} },
  commitUpdate: { name: 'commitUpdate', payload: { record: 1 } },
  stop: { name: 'stop', payload: {} },
  resume: { name: 'resume', payload: {} },
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
};
