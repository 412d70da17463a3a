import type { ClinicianAct } from '../../programmer/index.ts';
import type { VisitContext, VisitEvent } from '../../programmer/visit-chart.ts';
import { type MessageName, prescriptionDigest, type RefusalCode, volume } from '../../shared/index.ts';
import { PRESCRIPTION, REPLIES, STATUS } from '../shared/examples.ts';

export const STATES = [
  'away',
  'opening',
  'reading',
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

export const PRESCRIBE: ClinicianAct = {
  type: 'prescribe',
  drug: null,
  concentration: null,
  basal: { rate: PRESCRIPTION.basal },
  patientBolus: null,
  ceiling: null,
  lowReservoir: null,
  run: false,
};
export const REFILL: ClinicianAct = { type: 'refill', aspirated: null, volume: volume.parse('20 mL') };

export const act = (given: ClinicianAct): VisitEvent => ({ type: 'ACT', act: given });
export const reply = (name: MessageName): VisitEvent => ({ type: 'REPLY', reply: REPLIES[name] });
export const refusal = (code: RefusalCode): VisitEvent => ({
  type: 'REFUSED',
  answer: { refused: { code, also: [], until: null } },
});
export const noAnswer: VisitEvent = { type: 'NO_ANSWER', name: 'interrogate' };
export const idle: VisitEvent = { type: 'IDLE' };

const anotherSerial: VisitEvent = {
  type: 'REPLY',
  reply: { name: 'openSession', payload: { ...REPLIES.openSession.payload, serial: 'THECAL-0002' } },
};
const unprescribed: VisitEvent = {
  type: 'REPLY',
  reply: { name: 'interrogate', payload: { ...STATUS, prescription: null } },
};
const wrongDigest: VisitEvent = {
  type: 'REPLY',
  reply: { name: 'stagePrescription', payload: { digest: 'f'.repeat(32) } },
};
const firstPage: VisitEvent = {
  type: 'REPLY',
  reply: { name: 'readHistory', payload: { ...REPLIES.readHistory.payload, total: 6 } },
};
const otherAnchor: VisitEvent = {
  type: 'REPLY',
  reply: {
    name: 'readHistory',
    payload: { ...REPLIES.readHistory.payload, anchor: { number: 4, digest: 'f'.repeat(32) } },
  },
};
const withheld: VisitEvent = {
  type: 'REPLY',
  reply: { name: 'readHistory', payload: { ...REPLIES.readHistory.payload, entries: [] } },
};
const lastLogPage: VisitEvent = {
  type: 'REPLY',
  reply: { name: 'readLog', payload: { records: [], next: 4, dropped: 0 } },
};

/** What a row of the table assumes known beside its state. */
export const CONTEXT: VisitContext = {
  serial: STATUS.serial,
  status: STATUS,
  act: null,
  outcome: 'pending',
  reopened: false,
  offered: volume.parse('2 mL'),
  intended: { prescription: PRESCRIPTION, digest: prescriptionDigest(PRESCRIPTION) },
  refill: null,
  history: [],
  log: [],
};

/** In a state, during an act, on an event: the state after, what the pump is asked, what became of the act. */
export interface Row {
  readonly from: VisitStateName;
  readonly during?: ClinicianAct;
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

  { from: 'opening', when: 'the pump answers', event: reply('openSession'), to: 'reading', asks: 'interrogate' },
  {
    from: 'opening',
    when: 'another pump answers',
    event: anotherSerial,
    to: 'closing',
    asks: 'closeSession',
    outcome: 'otherPump',
  },
  { from: 'opening', when: 'it is refused', event: refusal('malformed'), to: 'away', outcome: 'malformed' },
  { from: 'opening', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'noAnswer' },

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
    during: REFILL,
    when: 'the status comes',
    event: reply('interrogate'),
    to: 'commanding',
    asks: 'enterReservoir',
  },
  ...(['implant', 'stop', 'resume'] as const).map(
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
  ...(['readHistory', 'readLog'] as const).map(
    (type): Row => ({
      from: 'reading',
      during: { type },
      when: 'the status comes',
      event: reply('interrogate'),
      to: 'browsing',
      asks: type,
    }),
  ),
  {
    from: 'reading',
    when: 'the pump has given the session up',
    event: refusal('noSession'),
    to: 'opening',
    asks: 'openSession',
  },
  { from: 'reading', when: 'it is refused', event: refusal('roleTooLow'), to: 'away', outcome: 'roleTooLow' },
  { from: 'reading', when: 'nothing answers', event: noAnswer, to: 'away', outcome: 'noAnswer' },

  { from: 'ready', when: 'an act begins', event: act({ type: 'stop' }), to: 'reading', asks: 'interrogate' },
  {
    from: 'ready',
    when: 'the session is ended',
    event: act({ type: 'endSession' }),
    to: 'closing',
    asks: 'closeSession',
  },
  { from: 'ready', when: 'it lies idle', event: idle, to: 'closing', asks: 'closeSession' },

  {
    from: 'staging',
    when: 'the digest agrees',
    event: {
      type: 'REPLY',
      reply: { name: 'stagePrescription', payload: { digest: prescriptionDigest(PRESCRIPTION) } },
    },
    to: 'beginning',
    asks: 'beginUpdate',
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
  { from: 'verifying', when: 'it is refused', event: refusal('noSession'), to: 'ready', outcome: 'noSession' },
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
  ACT: ['opening', 'reading', 'staging', 'beginning', 'committing', 'commanding', 'verifying', 'browsing', 'closing'],
  IDLE: [
    'away',
    'opening',
    'reading',
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
};
