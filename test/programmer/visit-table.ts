import { CLOCK_UNKNOWN } from '../../programmer/clock.ts';
import type { Review } from '../../programmer/finish.ts';
import type { ClinicianAct, PrescriptionEntry } from '../../programmer/index.ts';
import { withEdit } from '../../programmer/pending.ts';
import type { Recalled } from '../../programmer/recall.ts';
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
import { prescribe } from '../harness.ts';
import { PRESCRIPTION, REPLIES, STATUS } from '../shared/examples.ts';

export const STATES = [
  'away',
  'opening',
  'authenticating',
  'reading',
  'correcting',
  'ready',
  'staging',
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
  clockTolerance: parseDuration('5min'),
  flowAccuracy: proportion.parse('14.5 %'),
  role: 'clinician',
};

export const PRESCRIBE = prescribe({});
export const EDIT: ClinicianAct = { ...prescribe({ basal: '1 mg/day' }), type: 'edit' };
export const REFILL: ClinicianAct = { type: 'refill', aspirated: null, volume: volume.parse('20 mL') };

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
  request: { name: 'enterReservoir', payload: { serial: STATUS.serial, volume: volume.parse('20 mL') } },
  became: 'answered',
  answer: { reply: REPLIES.enterReservoir },
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
  basis: basisOf(STATUS),
  delivery: { mode: 'basal', why: null },
  nextBolus: null,
};

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
