import { CLOCK_UNKNOWN } from '../../programmer/clock.ts';
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
  role: 'clinician',
  library: null,
};

export const PRESCRIBE = prescribe({});
export const EDIT: ClinicianAct = { ...prescribe({ basal: '1 mg/day' }), type: 'edit' };
export const REFILL: ClinicianAct = { type: 'refill', aspirated: null, volume: volume.parse('20 mL') };

/** 4.6 mL less than the examples expect, and the same with a reason. */
const FLAGGED: ClinicianAct = { type: 'refill', aspirated: volume.parse('15 mL'), volume: volume.parse('20 mL') };
const EXPLAINED: ClinicianAct = { ...FLAGGED, reason: 'misread' };

export const BOLUS = { ...singleBolus('0.1 mL', '30min'), type: 'bolus' } as const;
const { serial: _, ...TOLD } = REQUESTS.clinicianBolus.payload;
const ORDER: BolusOrder = { ...TOLD, exceeded: [] };

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
const CARRIED_OUT: Recalled = {
  request: {
    name: 'enterReservoir',
    payload: { serial: STATUS.serial, volume: volume.parse('20 mL'), aspirated: null },
  },
  became: 'answered',
  answer: { reply: REPLIES.enterReservoir },
  isRecent: true,
};
const BOLUS_CARRIED_OUT: Recalled = {
  request: REQUESTS.clinicianBolus,
  became: 'answered',
  answer: { reply: REPLIES.clinicianBolus },
  isRecent: true,
};
export const recalled: VisitEvent = { type: 'RECALLED', recalled: CARRIED_OUT };

const anotherSerial = answered({
  name: 'openSession',
  payload: { ...REPLIES.openSession.payload, serial: 'THECAL-0002' },
});
const unprescribed = answered({ name: 'interrogate', payload: { ...STATUS, prescription: null } });
const aMinuteSlow = answered(REPLIES.interrogate, span(WALL + 60_000));
const anHourSlow = answered(REPLIES.interrogate, span(WALL + 3_600_000));
const stagedDigest = (digest: string) =>
  answered({
    name: 'stagePrescription',
    payload: { ...REPLIES.stagePrescription.payload, digest, nextBolus: instant(5) },
  });
export const staged = stagedDigest(prescriptionDigest(PRESCRIPTION));
const wrongDigest = stagedDigest('f'.repeat(32));
const firstPage = answered({ name: 'readHistory', payload: { ...REPLIES.readHistory.payload, total: 6 } });
const otherAnchor = answered({
  name: 'readHistory',
  payload: { ...REPLIES.readHistory.payload, anchor: { number: 4, digest: 'f'.repeat(32) } },
});
const withheld = answered({ name: 'readHistory', payload: { ...REPLIES.readHistory.payload, entries: [] } });
const lastLogPage = answered({ name: 'readLog', payload: { records: [], next: 4, dropped: 0 } });

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
const JUDGING: Settings = { ...SETTINGS, library: SHIPPED_LIBRARY };
const ABOVE: Partial<VisitContext> = {
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
const ORDER_ABOVE: BolusOrder = { ...ORDER, exceeded: [{ ...SOFT, limit: 'clinicianBolus' }] };
/** A library that has something against the single bolus of the examples. */
const STRICT: Settings = { ...SETTINGS, library: { ...SHIPPED_LIBRARY, drugs: {} } };
const ABOVE_REVIEWED: Partial<VisitContext> = {
  settings: STRICT,
  order: BOLUS,
  orderReviewed: { ...ORDER_ABOVE, basis: basisOf(STATUS) },
};
const PRESCRIBE_ABOVE: ClinicianAct = { ...PRESCRIBE, aboveLimits: 'accept' };
const ACCEPT: ClinicianAct = { type: 'confirm', limits: 'accept' };
const noted = reply('noteLimit');

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

const interrogate: ClinicianAct = { type: 'interrogate' };

export const TABLE: readonly Row[] = [
  { from: 'away', when: 'an act begins', event: act(interrogate), to: 'opening', asks: 'openSession' },
  { from: 'away', when: 'the session is ended again', event: act({ type: 'endSession' }), to: 'away', outcome: 'done' },
  { from: 'away', when: 'edits are discarded', event: act({ type: 'discard' }), to: 'away', outcome: 'done' },
  {
    from: 'away',
    when: 'another pump is to be registered',
    event: act({ type: 'registerPump' }),
    to: 'opening',
    asks: 'openSession',
  },
  {
    from: 'away',
    knowing: { pending: PENDING },
    when: 'another pump is to be registered with edits pending',
    event: act({ type: 'registerPump' }),
    to: 'away',
    outcome: 'pendingEdits',
  },

  {
    from: 'opening',
    when: 'the pump puts its challenge',
    event: reply('openSession'),
    to: 'authenticating',
    asks: 'authenticate',
  },
  { from: 'opening', when: 'another pump answers', event: anotherSerial, to: 'away', outcome: 'otherPump' },
  { from: 'opening', when: 'it is refused', event: refusal('malformed'), to: 'away', outcome: 'malformed' },
  { from: 'opening', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'noAnswer' },

  {
    from: 'authenticating',
    when: 'the pump lets it in',
    event: reply('authenticate'),
    to: 'reading',
    asks: 'interrogate',
  },
  { from: 'authenticating', when: 'an old command is recalled', event: recalled, to: 'authenticating' },
  { from: 'authenticating', when: 'it has no key', event: refusal('notPaired'), to: 'away', outcome: 'notPaired' },
  { from: 'authenticating', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'noAnswer' },

  {
    from: 'reading',
    during: interrogate,
    when: 'the status comes',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'done',
  },
  {
    from: 'reading',
    during: PRESCRIBE,
    when: 'the status comes',
    event: reply('interrogate'),
    to: 'staging',
    asks: 'stagePrescription',
  },
  {
    from: 'reading',
    during: PRESCRIBE,
    when: 'too little was entered',
    event: unprescribed,
    to: 'ready',
    outcome: 'unknownDrug',
  },
  {
    from: 'reading',
    during: { type: 'review' },
    knowing: { pending: PENDING },
    when: 'there are edits to review',
    event: reply('interrogate'),
    to: 'staging',
    asks: 'stagePrescription',
  },
  {
    from: 'reading',
    during: { type: 'review' },
    when: 'nothing has been edited',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'nothingPending',
  },
  {
    from: 'reading',
    during: { type: 'confirm' },
    knowing: { pending: PENDING, reviewed: REVIEW },
    when: 'it has been reviewed against this pump',
    event: reply('interrogate'),
    to: 'staging',
    asks: 'stagePrescription',
  },
  {
    from: 'reading',
    during: { type: 'confirm' },
    knowing: { pending: PENDING },
    when: 'nothing has been reviewed',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'notReviewed',
  },
  {
    from: 'reading',
    during: { type: 'confirm' },
    knowing: { pending: PENDING, reviewed: REVIEW },
    when: 'the pump has another prescription since',
    event: unprescribed,
    to: 'ready',
    outcome: 'notReviewed',
  },
  {
    from: 'reading',
    during: EDIT,
    when: 'the status comes',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'done',
  },
  {
    from: 'reading',
    during: { type: 'setClock', choice: 'later' },
    when: 'the status comes',
    event: anHourSlow,
    to: 'ready',
    outcome: 'done',
  },
  {
    from: 'reading',
    during: interrogate,
    when: 'the clock of the pump is a minute slow',
    event: aMinuteSlow,
    to: 'correcting',
    asks: 'setClock',
  },
  {
    from: 'reading',
    during: interrogate,
    knowing: { clock: { ...CLOCK_UNKNOWN, compared: true } },
    when: 'the clocks have been compared in this session',
    event: aMinuteSlow,
    to: 'ready',
    outcome: 'done',
  },
  {
    from: 'reading',
    during: interrogate,
    when: 'the clock of the pump is an hour slow',
    event: anHourSlow,
    to: 'ready',
    outcome: 'done',
  },
  {
    from: 'reading',
    during: { type: 'stop' },
    when: 'the clock of the pump is a minute slow',
    event: aMinuteSlow,
    to: 'commanding',
    asks: 'stop',
  },
  {
    from: 'reading',
    during: REFILL,
    when: 'the status comes',
    event: reply('interrogate'),
    to: 'commanding',
    asks: 'enterReservoir',
  },
  ...(['implant', 'stop', 'resume', 'minimumRate', 'setClock'] as const).map(
    (type): Row => ({
      from: 'reading',
      during: { type },
      when: 'the status comes',
      event: reply('interrogate'),
      to: 'commanding',
      asks: type,
    }),
  ),
  {
    from: 'reading',
    during: { type: 'silence', alarm: 'lowReservoir' },
    when: 'the status comes',
    event: reply('interrogate'),
    to: 'commanding',
    asks: 'silenceAlarm',
  },
  {
    from: 'reading',
    during: { type: 'clearAlarm', alarm: 'occlusion' },
    when: 'the status comes',
    event: reply('interrogate'),
    to: 'commanding',
    asks: 'clearAlarm',
  },
  {
    from: 'reading',
    during: { type: 'setAlarmInterval', interval: parseDuration('5min') },
    when: 'the status comes',
    event: reply('interrogate'),
    to: 'commanding',
    asks: 'setAlarmInterval',
  },
  {
    from: 'reading',
    during: { type: 'testAlarm' },
    when: 'the status comes',
    event: reply('interrogate'),
    to: 'commanding',
    asks: 'testAlarm',
  },
  ...(['readHistory', 'readLog', 'readUsage'] as const).map(
    (type): Row => ({
      from: 'reading',
      during: { type },
      when: 'the status comes',
      event: reply('interrogate'),
      to: 'browsing',
      asks: type === 'readUsage' ? 'readLog' : type,
    }),
  ),
  {
    from: 'reading',
    during: REFILL,
    knowing: { recalled: CARRIED_OUT },
    when: 'it was carried out when the link was lost',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'carriedOutBefore',
  },
  {
    from: 'reading',
    during: REFILL,
    knowing: { unread: CARRIED_OUT },
    when: 'it was answered, and nothing was read after it',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'carriedOutBefore',
  },
  {
    from: 'reading',
    during: REFILL,
    knowing: { recalled: { ...CARRIED_OUT, became: 'neverArrived', answer: null } },
    when: 'it had not arrived when the link was lost',
    event: reply('interrogate'),
    to: 'commanding',
    asks: 'enterReservoir',
  },
  { from: 'reading', when: 'it is refused', event: refusal('roleTooLow'), to: 'away', outcome: 'roleTooLow' },
  {
    from: 'reading',
    during: BOLUS,
    when: 'the status comes',
    event: reply('interrogate'),
    to: 'commanding',
    asks: 'clinicianBolus',
  },
  {
    from: 'reading',
    during: { ...BOLUS, duration: span(0) },
    when: 'a single bolus takes no time',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'bolusDurationZero',
  },
  {
    from: 'reading',
    during: { type: 'review' },
    knowing: { order: BOLUS },
    when: 'a single bolus is reviewed',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'done',
  },
  {
    from: 'reading',
    during: { type: 'confirm' },
    knowing: { order: BOLUS, orderReviewed: { ...ORDER, basis: basisOf(STATUS) } },
    when: 'a single bolus that was reviewed is confirmed',
    event: reply('interrogate'),
    to: 'commanding',
    asks: 'clinicianBolus',
  },
  {
    from: 'reading',
    during: { type: 'confirm' },
    knowing: { order: BOLUS, orderReviewed: { ...ORDER, basis: basisOf({ ...STATUS, record: 2 }) } },
    when: 'the prescription is another than at the review of a single bolus',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'notReviewed',
  },
  {
    from: 'reading',
    during: BOLUS,
    knowing: { recalled: BOLUS_CARRIED_OUT },
    when: 'the same single bolus was carried out when the link was lost',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'carriedOutBefore',
  },
  {
    from: 'reading',
    during: BOLUS,
    knowing: { settings: STRICT },
    when: 'a single bolus is above a limit of the drug library',
    event: reply('interrogate'),
    to: 'asking',
    asks: 'noteLimit',
  },
  {
    from: 'reading',
    during: { type: 'review' },
    knowing: { settings: STRICT, order: BOLUS },
    when: 'a single bolus above a limit is reviewed',
    event: reply('interrogate'),
    to: 'asking',
    asks: 'noteLimit',
  },
  {
    from: 'reading',
    during: { type: 'confirm' },
    knowing: ABOVE_REVIEWED,
    when: 'a single bolus above a limit is confirmed without an answer',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'needsConfirmation',
  },
  {
    from: 'reading',
    during: ACCEPT,
    knowing: { order: BOLUS, orderReviewed: { ...ORDER, basis: basisOf(STATUS) } },
    when: 'an answer is given where a single bolus is above no limit',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'nothingAsked',
  },
  {
    from: 'reading',
    during: ACCEPT,
    knowing: ABOVE_REVIEWED,
    when: 'a single bolus above a limit is accepted',
    event: reply('interrogate'),
    to: 'confirming',
    asks: 'noteLimit',
  },
  {
    from: 'reading',
    during: { type: 'confirm', limits: 'decline' },
    knowing: ABOVE_REVIEWED,
    when: 'a single bolus above a limit is declined',
    event: reply('interrogate'),
    to: 'declining',
    asks: 'noteLimit',
  },
  {
    from: 'asking',
    during: { ...BOLUS, aboveLimits: 'accept' },
    knowing: { settings: STRICT, intended: null, ordering: ORDER_ABOVE },
    when: 'the pump has written the question about a single bolus down, which is answered beforehand',
    event: noted,
    to: 'confirming',
    asks: 'noteLimit',
  },
  {
    from: 'asking',
    during: BOLUS,
    knowing: { settings: STRICT, intended: null, ordering: ORDER_ABOVE },
    when: 'the pump has written the question about a single bolus down',
    event: noted,
    to: 'ready',
    outcome: 'needsConfirmation',
  },
  {
    from: 'confirming',
    during: ACCEPT,
    knowing: { settings: STRICT, intended: null, ordering: ORDER_ABOVE },
    when: 'the pump has written down that a single bolus is accepted',
    event: noted,
    to: 'commanding',
    asks: 'clinicianBolus',
  },
  {
    from: 'commanding',
    during: BOLUS,
    knowing: { intended: null, ordering: ORDER },
    when: 'the pump takes a single bolus',
    event: reply('clinicianBolus'),
    to: 'verifying',
    asks: 'interrogate',
  },
  { from: 'reading', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'noAnswer' },

  {
    from: 'correcting',
    during: interrogate,
    when: 'it is set',
    event: reply('setClock'),
    to: 'reading',
    asks: 'interrogate',
  },
  {
    from: 'correcting',
    during: interrogate,
    when: 'it is refused',
    event: refusal('overLimitForNow'),
    to: 'reading',
    asks: 'interrogate',
  },
  { from: 'correcting', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'noAnswer' },

  { from: 'ready', when: 'an act begins', event: act({ type: 'stop' }), to: 'reading', asks: 'interrogate' },
  {
    from: 'ready',
    when: 'the session is ended',
    event: act({ type: 'endSession' }),
    to: 'closing',
    asks: 'closeSession',
  },
  {
    from: 'ready',
    knowing: { pending: PENDING },
    when: 'the session is ended with edits pending',
    event: act({ type: 'endSession' }),
    to: 'ready',
    outcome: 'pendingEdits',
  },
  { from: 'ready', when: 'something is edited', event: act(EDIT), to: 'ready', outcome: 'done' },
  { from: 'ready', when: 'edits are discarded', event: act({ type: 'discard' }), to: 'ready', outcome: 'done' },
  {
    from: 'ready',
    when: 'the clock is to be kept',
    event: act({ type: 'setClock', choice: 'keep' }),
    to: 'ready',
    outcome: 'done',
  },
  {
    from: 'ready',
    when: 'prescriptions not read are compared',
    event: act({ type: 'compare', from: 1, to: 2 }),
    to: 'ready',
    outcome: 'historyNotRead',
  },
  {
    from: 'ready',
    knowing: { history: REPLIES.readHistory.payload.entries },
    when: 'prescriptions read are compared',
    event: act({ type: 'compare', from: 5, to: 5 }),
    to: 'ready',
    outcome: 'done',
  },
  { from: 'ready', when: 'edits are reviewed', event: act({ type: 'review' }), to: 'reading', asks: 'interrogate' },
  { from: 'ready', when: 'it lies idle', event: idle, to: 'closing', asks: 'closeSession' },

  {
    from: 'staging',
    when: 'the digest agrees',
    event: staged,
    to: 'beginning',
    asks: 'beginUpdate',
  },
  {
    from: 'staging',
    during: { type: 'review' },
    knowing: ABOVE,
    when: 'the digest agrees, above a limit',
    event: staged,
    to: 'asking',
    asks: 'noteLimit',
  },
  {
    from: 'staging',
    during: PRESCRIBE_ABOVE,
    knowing: ABOVE,
    when: 'the digest agrees, above a limit accepted beforehand',
    event: staged,
    to: 'asking',
    asks: 'noteLimit',
  },
  {
    from: 'staging',
    during: ACCEPT,
    knowing: ABOVE,
    when: 'the digest agrees, above a limit',
    event: staged,
    to: 'confirming',
    asks: 'noteLimit',
  },
  {
    from: 'asking',
    during: { type: 'review' },
    knowing: ABOVE,
    when: 'it is written down',
    event: noted,
    to: 'ready',
    outcome: 'done',
  },
  {
    from: 'asking',
    during: PRESCRIBE,
    knowing: ABOVE,
    when: 'it is written down',
    event: noted,
    to: 'ready',
    outcome: 'needsConfirmation',
  },
  {
    from: 'asking',
    during: PRESCRIBE_ABOVE,
    knowing: ABOVE,
    when: 'it is written down',
    event: noted,
    to: 'confirming',
    asks: 'noteLimit',
  },
  {
    from: 'reading',
    during: FLAGGED,
    when: 'much less was aspirated than the status tells, and nobody says why',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'reasonNeeded',
  },
  {
    from: 'reading',
    during: EXPLAINED,
    when: 'the status comes, and a reason is stated',
    event: reply('interrogate'),
    to: 'explaining',
    asks: 'noteDiscrepancy',
  },
  {
    from: 'explaining',
    during: EXPLAINED,
    when: 'it is written down',
    event: reply('noteDiscrepancy'),
    to: 'commanding',
    asks: 'enterReservoir',
  },
  { from: 'confirming', when: 'it is written down', event: noted, to: 'beginning', asks: 'beginUpdate' },
  { from: 'declining', when: 'it is written down', event: noted, to: 'ready', outcome: 'done' },
  { from: 'refusing', when: 'it is written down', event: noted, to: 'ready', outcome: 'aboveHardLimit' },
  ...(['asking', 'confirming', 'declining', 'refusing', 'explaining'] as const).flatMap((from): Row[] => [
    { from, when: 'it is not written down', event: refusal('wrongSerial'), to: 'ready', outcome: 'wrongSerial' },
    { from, when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'noAnswer' },
  ]),
  {
    from: 'reading',
    during: ACCEPT,
    knowing: { reviewed: { ...REVIEW, exceeded: [SOFT] } },
    when: 'the pump is as it was reviewed, above a limit accepted now',
    event: reply('interrogate'),
    to: 'staging',
    asks: 'stagePrescription',
  },
  {
    from: 'reading',
    during: { type: 'confirm' },
    knowing: { reviewed: { ...REVIEW, exceeded: [SOFT] } },
    when: 'the pump is as it was reviewed, above a limit nobody has answered for',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'needsConfirmation',
  },
  {
    from: 'reading',
    during: { type: 'confirm', limits: 'decline' },
    knowing: { reviewed: { ...REVIEW, exceeded: [SOFT] }, settings: JUDGING },
    when: 'the pump is as it was reviewed, above a limit declined now',
    event: reply('interrogate'),
    to: 'declining',
    asks: 'noteLimit',
  },
  {
    from: 'reading',
    during: ACCEPT,
    knowing: { reviewed: REVIEW },
    when: 'the pump is as it was reviewed, and nothing was asked',
    event: reply('interrogate'),
    to: 'ready',
    outcome: 'nothingAsked',
  },
  {
    from: 'reading',
    during: {
      ...prescribe({ drug: 'ziconotide', concentration: '100 mcg/mL', basal: '19.3 mcg/day' }),
      patientBolus: 'none',
    },
    knowing: { settings: JUDGING },
    when: 'what was entered is above a hard limit',
    event: reply('interrogate'),
    to: 'refusing',
    asks: 'noteLimit',
  },

  {
    from: 'staging',
    during: { type: 'review' },
    when: 'the digest agrees',
    event: staged,
    to: 'ready',
    outcome: 'done',
  },
  {
    from: 'staging',
    during: { type: 'review' },
    when: 'the digest differs',
    event: wrongDigest,
    to: 'ready',
    outcome: 'digestMismatch',
  },
  { from: 'staging', when: 'the digest differs', event: wrongDigest, to: 'ready', outcome: 'digestMismatch' },
  { from: 'staging', when: 'it is refused', event: refusal('aboveCeiling'), to: 'ready', outcome: 'aboveCeiling' },
  { from: 'staging', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'noAnswer' },

  { from: 'beginning', when: 'it has begun', event: reply('beginUpdate'), to: 'committing', asks: 'commitUpdate' },
  { from: 'beginning', when: 'it is refused', event: refusal('notStaged'), to: 'ready', outcome: 'notStaged' },
  { from: 'beginning', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'updateUncertain' },

  { from: 'committing', when: 'it is in force', event: reply('commitUpdate'), to: 'verifying', asks: 'interrogate' },
  {
    from: 'committing',
    when: 'it is refused',
    event: refusal('notStaged'),
    to: 'verifying',
    asks: 'interrogate',
    outcome: 'notStaged',
  },
  { from: 'committing', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'updateUncertain' },

  { from: 'commanding', when: 'it is done', event: reply('stop'), to: 'verifying', asks: 'interrogate' },
  { from: 'commanding', when: 'it is refused', event: refusal('onShelf'), to: 'ready', outcome: 'onShelf' },
  { from: 'commanding', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'noAnswer' },

  { from: 'verifying', when: 'the pump has it', event: reply('interrogate'), to: 'ready', outcome: 'done' },
  { from: 'verifying', when: 'the pump has it not', event: unprescribed, to: 'ready', outcome: 'verifyFailed' },
  { from: 'verifying', when: 'it is refused', event: refusal('noSession'), to: 'away', outcome: 'updateUncertain' },
  { from: 'verifying', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'updateUncertain' },

  { from: 'browsing', when: 'there are more prescriptions', event: firstPage, to: 'browsing', asks: 'readHistory' },
  { from: 'browsing', when: 'that was the last', event: reply('readHistory'), to: 'ready', outcome: 'done' },
  {
    from: 'browsing',
    when: 'a prescription does not fit the chain',
    event: otherAnchor,
    to: 'ready',
    outcome: 'historyBroken',
  },
  { from: 'browsing', when: 'prescriptions are withheld', event: withheld, to: 'ready', outcome: 'historyBroken' },
  { from: 'browsing', when: 'there are more records', event: reply('readLog'), to: 'browsing', asks: 'readLog' },
  { from: 'browsing', when: 'there are none', event: lastLogPage, to: 'ready', outcome: 'done' },
  { from: 'browsing', when: 'it is refused', event: refusal('noSession'), to: 'ready', outcome: 'noSession' },
  { from: 'browsing', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'noAnswer' },

  { from: 'closing', when: 'it is closed', event: reply('closeSession'), to: 'away', outcome: 'done' },
  { from: 'closing', when: 'it is closed already', event: refusal('noSession'), to: 'away', outcome: 'done' },
  { from: 'closing', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'done' },
];

/** Where an event of this kind means nothing: nobody waits for an answer, or somebody does. */
export const NOTHING_HAPPENS: Readonly<Record<VisitEvent['type'], readonly VisitStateName[]>> = {
  ACT: [
    'opening',
    'authenticating',
    'reading',
    'correcting',
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
  ],
  IDLE: [
    'away',
    'opening',
    'authenticating',
    'reading',
    'correcting',
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
  ],
  REPLY: ['away', 'ready'],
  REFUSED: ['away', 'ready'],
  NO_ANSWER: ['away', 'ready'],
  RECALLED: STATES.filter((state) => state !== 'authenticating'),
};
