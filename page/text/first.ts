/** What is read before anything is chosen. */
export const TEXT = {
  name: 'Thecal virtual programmer',
  brand: 'Thecal',
  brandAbout: 'virtual programmer',
  training: 'Simulation for training: no real pump is connected, and no figure here is advice.',
  connect: 'Connect to the pump',
  lapsed: 'The session ended by itself: for 10 minutes nothing was asked of the pump.',
  lapsedKept: 'What was typed is kept; nothing of it was entered into the pump. Interrogate it to go on.',
  restored:
    'The session before this one ended by itself. What was typed stands here as it was: nothing of it had been entered into the pump.',
  connectAbout: 'Hold the telemetry head over the pump. Everything shown here comes from the pump over the link.',
  interrogate: 'Interrogate',
  register: 'It is a new pump: put it on the record',
  places: 'Screens',
  status: 'Pump status',
  readAgain: 'Read again',
  noSession: 'No session',
  beside: 'Patient, bedside and instructor',
  inSession: 'In session',
  drop: 'Drop it to open its pump',
  working: 'The pump is being asked …',
  fetching: 'One moment …',
  cannotFetch: 'This part of the page cannot be fetched: there is no network. Come back to it later.',
  choose: 'What do you want to do?',
  endSession: 'End session',
  leaveStopped: 'The pump is STOPPED. The patient gets no drug after this session.',
  leaveStoppedDo: 'Leave it stopped and end the session',
  leaveStanding: 'The pump does NOT DELIVER. The patient gets no drug after this session until it does.',
  leaveStandingDo: 'End the session although it does not deliver',
  stay: 'Stay in the session',
  still: (fluid: string) => `STILL PROGRAMMED FOR ${fluid}`,
  stillDo: 'Another drug or concentration was filled. The pump gives it at the rates of the old one until it is told.',
  stillGoOn: 'Go on to drug and dose',
  stillLeave: 'Leave it so and end the session',
  next: 'Next',
  previous: 'Previous',
  finish: 'Review on the Finish screen',
  confirm: 'Confirm and update the pump',
  confirmBolus: 'Confirm and give the bolus',
  accept: 'Go on above the limit',
  decline: 'Do not go on',
  discard: 'Discard what was edited',
  print: 'Print',
  lastReport: (read: string) => `Report of the last session, read ${read}`,
  notDone: 'Not done',
  was: 'In the pump',
  programmed: 'Programmed now',
  willBe: 'After the update',
  what: 'Setting',
  hours: 'h',
  minutes: 'min',
  seconds: 's',
  days: 'd',
  total: 'Total in 24 h',
  stopped: (time: string) => `PUMP STOPPED for ${time}`,
  stoppedSince: (mode: string, since: string, missed: string | undefined) =>
    `${mode}, since ${since}${missed === undefined ? '' : `; dose missed: ${missed}`}`,
  heldUpBefore: (text: string) => `NO DELIVERY BEFORE THAT EITHER: ${text}`,
  resumeNot: (why: string) => `Cannot be resumed: ${why}`,
  notDelivering: 'NO DELIVERY',
  lastRead: (at: string) => `STOPPED when last read at ${at}`,
  lastReadDo: 'the patient may get no drug. Interrogate it, and start delivery unless it is to stand still.',
  asked: 'asked for:',
  again: 'delivers again',
  mayBeStopped: 'THE UPDATE WAS NOT CONFIRMED',
  mayBeStoppedDo:
    'The pump may stand still. Put the head back and interrogate it before the patient leaves. The report of before is not shown: it may no longer be true.',
  /** What a visit looks at first. */
  vital: {
    fluid: 'Drug',
    dose: 'Daily dose',
    volume: 'Reservoir, expected',
    refillBy: 'Refill by',
    /** What decides by when, in a word. */
    because: {
      lowReservoir: ', all boluses',
      stability: ', by stability',
      interval: ', by the clinic’s interval',
      replaceBy: ', by replacement',
    } as Readonly<Record<string, string>>,
    low: { all: 'Low reservoir, all boluses', none: 'Low reservoir, no bolus' },
    asTold: ', as still programmed',
    asFound: 'as found',
    alarms: 'Alarms',
    warnings: 'Warnings',
    none: 'none',
    below: (count: number) => `${count}, below`,
    nothing: '—',
  },
  topics: {
    opening: 'Before the program',
    singleBolus: 'Single bolus under way',
    prescription: 'Prescription',
    fluid: 'Change of the fluid',
    patient: 'Patient control',
    reservoir: 'Reservoir',
    refill: 'Refill',
    pump: 'Pump',
    read: 'Read from the pump',
  },
} as const;

const minutes = (count: number): string => `${count} ${TEXT.minutes}`;

/** A session that nobody uses. */
export const ENDING = {
  in: (seconds: number) =>
    `This session ends by itself in ${seconds < 60 ? '' : `${minutes(Math.floor(seconds / 60))} `}${seconds % 60} ${TEXT.seconds}`,
  inMinutes: (count: number) => `This session ends by itself in ${count > 1 ? minutes(count) : 'less than a minute'}.`,
  stay: 'Stay connected',
  hint: 'Reads the pump again: whatever is asked of the pump keeps the session open.',
} as const;

/** What can be printed. */
export const PAPERS = { report: 'Dosing report', card: 'Refill card' } as const;

/** What was done, and how far it has gone. */
export const DONE = {
  title: 'Done',
  programmed: 'The pump is programmed',
  ordered: 'The bolus is ordered',
  steps: ['Sent to the pump', 'In force in the pump', 'Read back, and the same as was confirmed'],
} as const;

/** Edits that are left on the way to somewhere else. */
export const EDITS = {
  left: 'What was edited is not in the pump.',
  stay: 'Go on editing',
  leave: 'Discard and leave',
  pending: 'Edited, not programmed:',
  begun: 'A refill has been begun: what was typed is not entered.',
  goOn: 'Go on with the refill',
  drop: 'Discard what was typed of it',
} as const;

/** The clock of the pump beside that of the place, as they were when it was read. */
export const CLOCK = {
  pump: 'Clock of the pump when it was read',
  same: 'within 5 s',
  slow: 'slow',
  fast: 'fast',
  unknown: 'not known',
} as const;

/** The pump that answers, and the one on the patient's record. */
export const SERIAL = {
  answers: 'Pump that answers',
  record: 'On the patient’s record',
  same: 'the same',
  other: 'NOT THE SAME',
  none: 'none yet: the first pump that is read is put on it',
} as const;

/** Workflows as they stand beside one another. */
export const WORKFLOW_GROUPS = [
  ['Drug and dose', ['refill', 'adjust', 'concentration', 'bolus', 'prime']],
  ['Patient, pump and alarms', ['patient', 'alarms', 'stop', 'scanner', 'history']],
  ['Implant and replacement', ['implant', 'first', 'replace', 'endOfService']],
] as const satisfies readonly (readonly [string, readonly (keyof typeof WORKFLOWS)[]])[];

/** What a clinician comes to do: its name, what it is, and what is to be done beside the programmer. */
export const WORKFLOWS = {
  refill: { title: 'Refill', about: 'Of the same drug', doing: [] },
  adjust: { title: 'Adjust dose', about: 'Rate, flex, by per cent', doing: [] },
  concentration: { title: 'New drug or concentration', about: 'Rinse, refill, dose, bridge', doing: [] },
  patient: { title: 'Patient control', about: 'Bolus, lockout, most in 24 h', doing: [] },
  bolus: { title: 'Single bolus', about: 'By the clinician, once', doing: [] },
  prime: { title: 'Prime or bridge', about: 'Fill tubing and catheter', doing: [] },
  alarms: { title: 'Alarms', about: 'Silence, clear, test', doing: [] },
  stop: { title: 'Stop and restart', about: 'Stop, start, minimum rate', doing: [] },
  implant: {
    title: 'Implant',
    about: 'From shelf to patient',
    doing: [
      'Empty the water out of the new pump and rinse it: what cannot be aspirated dilutes the first fill.',
      'Fill it, and enter the volume.',
      'Connect the catheter; note its length for the prime.',
    ],
  },
  first: { title: 'First program', about: 'Drug, dose and prime', doing: [] },
  replace: {
    title: 'Replace the pump',
    about: 'New pump, old catheter',
    doing: [
      'Print report and history of the old pump, then stop it and end the session.',
      'Put the new pump in its place. It answers as another one: compare its serial number with the card, and put it on the record.',
      'Interrogate it and come back here: fill it, put it in service, program it. Prime only the pump where the catheter stays.',
    ],
  },
  scanner: {
    title: 'Before and after MRI',
    about: 'Stalls in the field, recovery',
    doing: [
      'Before: note the dosing report; decide what replaces the drug while the rotor stands still.',
      'After: interrogate, and again later: a stall may be logged late, and a pump may not recover by itself.',
      'Read the event log: it says when a stall was declared, and when it was over. It began some time before it was declared.',
    ],
  },
  history: { title: 'History and log', about: 'What the pump wrote down', doing: [] },
  endOfService: {
    title: 'End of service',
    about: 'ERI, replace-by date',
    doing: [
      'At ERI 90 days are left at most: plan the replacement now.',
      'After the end of service the pump gives no drug; nothing starts it again.',
    ],
  },
} as const;

export const HANDSET = {
  title: 'Patient controller',
  ask: 'Ask for a dose',
  notGiven: 'No dose was given.',
  again: (wait: string, at: string) => `A dose is possible in ${wait}, at ${at}`,
  soon: 'A dose is possible in less than a minute',
  ready: 'Press to ask. The pump answers whether a dose can be given.',
  asked: (time: string) => `Asked at ${time}`,
} as const;

export const PANES = {
  patient: 'Patient',
  bedside: 'Bedside',
  training: 'Training',
  session: 'Session',
  time: 'Time',
  faults: 'Faults',
  curves: 'Curves',
  xray: 'X-ray',
} as const;

export const TIME = {
  title: 'Time',
  pause: 'Pause',
  real: '1×',
  minute: '60×',
  hour: '3600×',
  event: 'Next event',
  alarm: 'Next alarm',
  back: 'Undo',
  ahead: 'Jump ahead',
  spans: [
    ['1 h', 3_600_000],
    ['1 d', 86_400_000],
    ['1 week', 604_800_000],
    ['30 d', 2_592_000_000],
  ],
  jump: 'Jump',
  instant: 'To a date and time',
  instantHint: 'A time that has passed: back to it, as the visit stood then. What was done after it is undone.',
  stands: 'stands still',
  reached: (what: string) => (what === '' ? 'came to a record nobody would notice' : `came to: ${what}`),
  inVain: { event: 'nothing comes in 10 years', alarm: 'no alarm comes in 10 years' },
  inSession: '1× in session',
  top: 'jumps ahead',
  passes: (pace: number) => `runs ${pace}×`,
  go: 'Go there',
  branch: 'Branch there',
  line: 'Time line of this visit',
  past: 'Point of the time line',
  wait: (span: string) => `${span} passed`,
  played: 'Story',
  backShort: 'Back',
  branchShort: 'Branch',
  before: 'Back to before it',
  nothing: 'Nothing has been done yet.',
  lives: 'Visits that are open',
  close: 'Close',
  leading: 'On the way there …',
  noDate: 'That is no date and time, or not one that can be reached.',
} as const;

/** Sounds of the pump. */
export const SOUND = {
  on: 'Sound is on',
  off: 'Sound is off',
  about: 'Tones only approximate the implant’s.',
  heard: 'The pump sounds:',
  sounds: {
    single: 'one tone',
    'two-tone': 'two tones, high and low',
    'four-tones': 'four tones',
    'four-double-tones': 'four double tones',
  },
} as const;
