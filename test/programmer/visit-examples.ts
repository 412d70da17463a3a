import type { Review } from '../../programmer/finish.ts';
import { type ClinicianAct, type Exceeded, type PrescriptionEntry, SHIPPED_LIBRARY } from '../../programmer/index.ts';
import { withEdit } from '../../programmer/pending.ts';
import type { Recalled } from '../../programmer/recall.ts';
import type { BolusOrder } from '../../programmer/single-bolus.ts';
import { atFirst, basisOf, type Settings, type VisitContext, type VisitEvent } from '../../programmer/visit-context.ts';
import {
  instant,
  type MessageName,
  parseDuration,
  prescriptionDigest,
  proportion,
  type RefusalCode,
  type Reply,
  span,
  volume,
} from '../../shared/index.ts';
import { prescribe, profileOf, singleBolus } from '../harness.ts';
import { PRESCRIPTION, REPLIES, REQUESTS, STATUS } from '../shared/examples.ts';

export const STATES = [
  'away',
  'opening',
  'authenticating',
  'reading',
  'correcting',
  'ready',
  'staging',
  'asking',
  'confirming',
  'declining',
  'refusing',
  'explaining',
  'beginning',
  'committing',
  'commanding',
  'verifying',
  'browsing',
  'closing',
] as const;
export type VisitStateName = (typeof STATES)[number];

export const SETTINGS: Settings = {
  lowReservoirDefault: volume.parse('2 mL'),
  deadSpace: profileOf('synchromed-ii-like-20'),
  clockTolerance: parseDuration('5min'),
  dayRules: profileOf('synchromed-ii-like-20'),
  flowAccuracy: proportion.parse('14.5 %'),
  card: {},
  role: 'clinician',
  library: null,
};

export const PRESCRIBE = prescribe({});
export const EDIT: ClinicianAct = { ...prescribe({ basal: '1 mg/day' }), type: 'edit' };
export const REFILL: ClinicianAct = { type: 'refill', aspirated: null, volume: volume.parse('20 mL') };

/** 4.6 mL less than the examples expect, and the same with a reason. */
export const FLAGGED: ClinicianAct = {
  type: 'refill',
  aspirated: volume.parse('15 mL'),
  volume: volume.parse('20 mL'),
};
export const EXPLAINED: ClinicianAct = { ...FLAGGED, reason: 'misread' };

export const BOLUS = { ...singleBolus('0.1 mL', '30min'), type: 'bolus' } as const;
const { serial: _, ...TOLD } = REQUESTS.clinicianBolus.payload;
export const ORDER: BolusOrder = { ...TOLD, exceeded: [] };

/** Local time as the pump has it, in step with what it says. */
const WALL = STATUS.wall ?? span(0);

export const act = (given: ClinicianAct): VisitEvent => ({ type: 'ACT', act: given });
export const answered = (given: Reply, wall = WALL): VisitEvent => ({ type: 'REPLY', reply: given, wall });
export const reply = (name: MessageName): VisitEvent => answered(REPLIES[name]);
export const refusal = (code: RefusalCode): VisitEvent => ({
  type: 'REFUSED',
  answer: { refused: { code, also: [], until: null, shortest: null } },
});
export const noAnswer: VisitEvent = { type: 'NO_ANSWER', name: 'interrogate', why: 'silence' };
export const idle: VisitEvent = { type: 'IDLE' };

/** The refill of an earlier session, which stayed without an answer there. */
export const CARRIED_OUT: Recalled = {
  request: {
    name: 'enterReservoir',
    payload: { serial: STATUS.serial, volume: volume.parse('20 mL'), aspirated: null },
  },
  became: 'answered',
  answer: { reply: REPLIES.enterReservoir },
  isRecent: true,
};
export const BOLUS_CARRIED_OUT: Recalled = {
  request: REQUESTS.clinicianBolus,
  became: 'answered',
  answer: { reply: REPLIES.clinicianBolus },
  isRecent: true,
};
export const recalled: VisitEvent = { type: 'RECALLED', recalled: CARRIED_OUT };

export const anotherSerial = answered({
  name: 'openSession',
  payload: { ...REPLIES.openSession.payload, serial: 'THECAL-0002' },
});
export const unprescribed = answered({ name: 'interrogate', payload: { ...STATUS, prescription: null } });
export const aMinuteSlow = answered(REPLIES.interrogate, span(WALL + 60_000));
export const anHourSlow = answered(REPLIES.interrogate, span(WALL + 3_600_000));
const stagedDigest = (digest: string) =>
  answered({
    name: 'stagePrescription',
    payload: { ...REPLIES.stagePrescription.payload, digest, nextBolus: instant(5) },
  });
export const staged = stagedDigest(prescriptionDigest(PRESCRIPTION));
export const wrongDigest = stagedDigest('f'.repeat(32));
export const firstPage = answered({ name: 'readHistory', payload: { ...REPLIES.readHistory.payload, total: 6 } });
export const otherAnchor = answered({
  name: 'readHistory',
  payload: { ...REPLIES.readHistory.payload, anchor: { number: 4, digest: 'f'.repeat(32) } },
});
export const withheld = answered({ name: 'readHistory', payload: { ...REPLIES.readHistory.payload, entries: [] } });
export const lastLogPage = answered({ name: 'readLog', payload: { records: [], next: 4, dropped: 0 } });

/** Some edits, and the review of them against the pump of the examples. */
export const PENDING: PrescriptionEntry = withEdit(null, PRESCRIBE);
export const REVIEW: Review = {
  prescription: PRESCRIPTION,
  run: false,
  override: false,
  exceeded: [],
  endOpening: false,
  basis: basisOf(STATUS),
  delivery: { mode: 'basal', why: null },
  nextBolus: null,
};

/** A limit of the drug library that would be exceeded, and what exceeds it. */
export const SOFT: Exceeded = {
  drug: 'morphine',
  limit: 'dailyDose',
  value: 24_000_000,
  bound: 20_000_000,
  level: 'soft',
};
export const JUDGING: Settings = { ...SETTINGS, library: SHIPPED_LIBRARY };
export const ABOVE: Partial<VisitContext> = {
  settings: JUDGING,
  intended: {
    prescription: PRESCRIPTION,
    digest: prescriptionDigest(PRESCRIPTION),
    run: false,
    override: false,
    endOpening: false,
    exceeded: [SOFT],
  },
};
export const ORDER_ABOVE: BolusOrder = { ...ORDER, exceeded: [{ ...SOFT, limit: 'clinicianBolus' }] };
/** A library that has something against the single bolus of the examples. */
export const STRICT: Settings = { ...SETTINGS, library: { ...SHIPPED_LIBRARY, drugs: {} } };
export const ABOVE_REVIEWED: Partial<VisitContext> = {
  settings: STRICT,
  order: BOLUS,
  orderReviewed: { ...ORDER_ABOVE, basis: basisOf(STATUS) },
};
export const PRESCRIBE_ABOVE: ClinicianAct = { ...PRESCRIBE, aboveLimits: 'accept' };
export const ACCEPT: ClinicianAct = { type: 'confirm', limits: 'accept' };
export const noted = reply('noteLimit');

/** What a row of the table assumes known beside its state. */
export const CONTEXT: VisitContext = {
  ...atFirst(SETTINGS, STATUS.serial),
  status: STATUS,
  readAt: WALL,
  outcome: 'pending',
  intended: {
    prescription: PRESCRIPTION,
    digest: prescriptionDigest(PRESCRIPTION),
    run: false,
    override: false,
    exceeded: [],
    endOpening: false,
  },
};

/** In a state, during an act, on an event: the state after, what the pump is asked, what became of the act. */
export interface Row {
  readonly from: VisitStateName;
  readonly during?: ClinicianAct;
  /** What else is known than CONTEXT says. */
  readonly knowing?: Partial<VisitContext>;
  readonly when: string;
  readonly event: VisitEvent;
  readonly to: VisitStateName;
  readonly asks?: MessageName;
  readonly outcome?: string;
}

export const interrogate: ClinicianAct = { type: 'interrogate' };
