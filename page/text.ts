/** Every word of the page that the programmer does not say itself. One place, so that it can be translated. */
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
  working: 'The pump is being asked …',
  fetching: 'One moment …',
  cannotFetch: 'This part of the page cannot be fetched: there is no network. Come back to it later.',
  choose: 'What do you want to do?',
  endSession: 'End session',
  leaveStopped: 'The pump is STOPPED. The patient gets no drug after this session.',
  leaveStoppedDo: 'Leave it stopped and end the session',
  stay: 'Stay in the session',
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
  willBe: 'After the update',
  what: 'Setting',
  hours: 'h',
  minutes: 'min',
  seconds: 's',
  days: 'd',
  total: 'Total in 24 h',
  stopped: 'PUMP STOPPED',
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
    low: 'Low reservoir on',
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

/** The words of the forms. */
export const FORMS = {
  asItIs: 'Leave as it is',
  program: 'Infusion',
  constant: 'Simple continuous',
  daily: 'Flex: the same every day',
  weekly: 'Flex: weekdays and weekend',
  periodic: 'Periodic boluses',
  dated: 'By date (taper or titration)',
  change: 'Change by per cent',
  minimumRate: 'Minimum rate',
  basal: 'Basal rate',
  changeBy: 'Change every rate by',
  changeHint: 'Minus is less. Periodic boluses change as much.',
  periodicDose: 'Each bolus',
  periodicTakes: 'Given over',
  periodicEvery: 'One bolus every',
  periodicHint: 'Hours, then minutes: the total in 24 h on the Finish screen answers for it.',
  dateFrom: 'From date',
  dateRate: 'Rate from date',
  addDate: 'Add a date',
  remove: 'Remove',
  chooseDrug: 'choose a drug',
  fluid: 'What the reservoir holds',
  withDrug: 'A drug, or a mixture',
  saline: 'Saline, no drug',
  primary: 'Drug (doses are of this one)',
  alsoDrug: 'Drug',
  drug: 'Drug',
  strength: 'Concentration',
  addDrug: 'Add another drug',
  patientControl: 'Patient control',
  patientMay: 'The patient may ask for boluses',
  patientMayNot: 'No patient boluses',
  patientDose: 'Each patient bolus',
  patientTakes: 'Given over',
  lockout: 'Lockout: the next one no sooner than',
  lockoutHint: 'Hours, then minutes.',
  maxPerDay: 'Most boluses in 24 h',
  opening: 'Before the program',
  noOpening: 'Nothing: begin at once',
  bridge: 'Bridge bolus for the old drug in the catheter',
  primeAll: 'Prime pump tubing and catheter',
  primeCatheter: 'Prime the catheter only',
  primePump: 'Prime the pump tubing only',
  startAt: 'Start at a date and time',
  catheter: 'Catheter, as implanted (length or volume)',
  catheterHint: 'What is in it goes in first, at the new rate, unless it is bridged.',
  bridgeDose: 'Daily dose of the old drug, if another',
  bridgeHint: 'Empty: the dose that is in the pump.',
  underway: 'Under way now',
  underwayGoesOn: 'It goes on: the pump takes no prescription meanwhile',
  underwayCancel: 'Give it up',
  underwayRecompute: 'Begin anew with what is left of it',
  limits: 'Ceiling, dose limit and low-reservoir threshold',
  ceiling: 'Daily dose ceiling, with all boluses',
  ceilingHint: 'The pump takes no more in 24 h than this, all boluses counted. Enter a higher one only if it is meant.',
  doseLimit: 'Dose limit within a time',
  noDoseLimit: 'No dose limit',
  hasDoseLimit: 'The pump delivers no more than',
  limitDose: 'Most within any such time',
  limitWindow: 'Time it is counted over',
  limitHint: 'Hours, then minutes. Basal and all boluses count, those still to come too.',
  lowReservoir: 'Low-reservoir alarm at',
  run: 'After the update',
  runYes: 'Delivery starts',
  runNo: 'The pump stays stopped',
  week: { 'mon,tue,wed,thu,fri': 'Monday to Friday', 'sat,sun': 'Saturday and Sunday' } as Readonly<
    Record<string, string>
  >,
  days: {
    mon: 'Monday',
    tue: 'Tuesday',
    wed: 'Wednesday',
    thu: 'Thursday',
    fri: 'Friday',
    sat: 'Saturday',
    sun: 'Sunday',
  },
} as const;

/** What is wrong with a box, beside it. */
export const BOXES = {
  empty: (unit: string) => (unit === '' ? 'Empty. Type a number.' : `Empty. Type a number, in ${unit}.`),
  noNumber: (text: string) => `“${text}” is no number: digits, with a point before decimals, as in 12.5.`,
  beyond: (least: number, most: number) => (most > 1e6 ? `No less than ${least}.` : `From ${least} to ${most}.`),
  hours: 'hours, minutes, or both',
  noDrug: 'Choose a drug.',
  noTime: 'Empty. Enter a date and a time.',
} as const;

/** Parts of the day with a patient bolus of their own. */
export const PARTS = {
  part: (number: number) => `Part of the day ${number}`,
  hint: 'By the clock of the pump. The rest of the day has what stands above; the most in 24 h counts over all.',
  from: 'from',
  to: 'to',
  gives: 'the patient may ask for',
  none: 'Nothing',
  bolus: 'A bolus of its own',
  dose: 'each bolus',
  takes: 'given over',
  lockout: 'the next one no sooner than',
  add: 'Add a part of the day',
  remove: 'Remove part',
} as const;

export const FINISH = {
  title: 'Finish: old and new',
  /** Of what a day is told; some with the strength that brings it. */
  figures: {
    doseAfter: () => 'Daily dose',
    mixedDose: (strength) => `Daily dose, not rinsed (${strength})`,
    rinsedDose: (strength) => `Daily dose, rinsed (${strength})`,
    doseAllBolusesAfter: () => 'Most in any 24 h',
  } as Readonly<Record<'doseAfter' | 'mixedDose' | 'rinsedDose' | 'doseAllBolusesAfter', (strength: string) => string>>,
  back: 'Back to the form',
  discard: 'Discard',
  updating: 'The pump is being updated. It is STOPPED until the update is complete: keep the head over it.',
  ordering: 'The bolus is being ordered.',
  compare: 'Compare',
  from: 'Prescription',
  to: 'with prescription',
} as const;

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
} as const;

/** The clock of the pump beside that of the place, as they were when it was read. */
export const CLOCK = {
  pump: 'Clock of the pump',
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

const DOING = [
  'Find the port: template, needle to the metal stop. If unsure, do not inject.',
  'Empty the reservoir and read the syringe.',
  'Type what came out: it is compared with what is expected. Find out about a difference before anything is filled.',
  'Fill slowly; aspirate now and then to be sure of the port.',
];

export const REFILL = {
  title: 'Refill',
  bedside: 'At the bedside',
  titleOther: 'Refill with the new drug or concentration',
  doing: DOING,
  /** What cannot be aspirated is told as a volume. */
  doingOther: (residual: string) =>
    DOING.toSpliced(
      -1,
      0,
      `Rinse the reservoir with 3 × 2 mL of the new fluid. ${residual} cannot be aspirated: not rinsed, it mixes with what is filled, which then has not the strength on its label.`,
    ),
  same: 'For another drug or concentration choose “New drug or concentration”: the reservoir is rinsed before the fill.',
  typed: 'What you type',
  aspirated: 'Aspirated',
  aspiratedHint: 'As the syringe showed it.',
  filled: 'In the reservoir now',
  filledHint: 'As filled. The pump counts down from it.',
  asExpected: (volume: string) => `against ${volume} expected`,
  asProgrammed: 'of what was programmed',
  findOut: 'Find out why before you fill: aspirate again, look at the last fill, ask the patient.',
  mayBe: 'It may be',
  reason: 'Why they differ',
  noReason: 'no reason stated',
  note: 'Note',
  noteHint: 'The pump keeps up to 120 characters.',
  enter: 'Enter into the pump',
  entered: 'Entered',
  done: 'Done',
  otherDrug: 'It is another drug or concentration',
  came: { less: 'Less: ', more: 'More: ', either: '' },
} as const;

/** Another drug or concentration: what is done, in its order. */
export const OTHER_FLUID = {
  steps: { refill: 'Refill with it', program: 'Drug and dose' },
  entered: (volume: string) => `The refill was entered in this session: ${volume}.`,
  notEntered: 'Nothing has been filled and entered in this session. The refill comes first.',
  typed: 'What is typed of the refill has not been entered into the pump.',
  goOn: 'Go on to drug and dose',
} as const;

export const BOLUS = {
  title: 'Single bolus by the clinician',
  dose: 'Bolus',
  duration: 'Given over',
  then: 'After it',
  basal: 'The program goes on',
  stopped: 'The pump stops',
} as const;

/** Acts without anything to enter. */
export const ACTS = {
  stop: { name: 'Stop the pump', about: 'No drug from now on. The pump alarms after it has been stopped for long.' },
  resume: { name: 'Start delivery', about: 'The program in the pump goes on, as its clock has it.' },
  minimumRate: { name: 'Minimum rate', about: 'Next to no drug, but the catheter stays open.' },
  implant: { name: 'The pump is implanted', about: 'It leaves the shelf: its alarms sound from now on.' },
  setClock: { name: 'Set the clock of the pump', about: 'To the local time of this place.' },
  registerPump: {
    name: 'Put this pump on the record',
    about: 'Compare the serial number with the patient’s card first.',
  },
  readUsage: { name: 'Read how the handset was used', about: 'From the event log of the pump.' },
  readHistory: { name: 'Read the prescriptions', about: 'Every prescription the pump has had.' },
  readLog: { name: 'Read the event log', about: 'Stalls, stops, alarms and resets, as the pump noted them.' },
} as const;

export const ALARM = {
  title: 'Alarms',
  none: 'No alarm is active.',
  silence: 'Silence',
  clear: 'Clear',
  test: 'Sound both tones once',
  every: 'Critical alarms every',
  intervals: ['10min', '1h'],
} as const;

export const HISTORY = {
  title: 'What the pump has written down',
  nothingRead: 'Nothing has been read yet.',
  read: 'Read from the pump',
} as const;

/** Workflows as they stand beside one another. */
export const WORKFLOW_GROUPS = [
  ['Drug and dose', ['refill', 'adjust', 'concentration', 'bolus', 'prime']],
  ['Patient, pump and alarms', ['patient', 'alarms', 'stop', 'scanner', 'history']],
  ['Implant and replacement', ['implant', 'first', 'replace', 'endOfService']],
] as const satisfies readonly (readonly [string, readonly (keyof typeof WORKFLOWS)[]])[];

/** The event log of the pump. */
export const LOG = {
  title: 'Event log of the pump',
  unusual: 'Out of the ordinary',
  all: 'All',
  nothing: 'Nothing out of the ordinary has been written down.',
  when: 'When',
  what: 'What',
  details: 'Details',
  room: '* by the clock of the room: the pump had no local time.',
} as const;

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

/** From the shelf into the patient, a step after the other. */
export const IMPLANT = {
  steps: ['Fill and enter', 'Put in service', 'First program'],
  service: 'Put in service',
  goOn: 'Go on: put it in service',
  isDone: 'done',
  program: 'The pump is programmed already. Adjust dose or New drug or concentration changes it.',
} as const;

export const HANDSET = {
  title: 'Patient controller',
  ask: 'Ask for a dose',
  notGiven: 'No dose was given.',
  again: (wait: string, at: string) => `A dose is possible in ${wait}, at ${at}`,
  now: 'A dose is possible again',
} as const;

export const BEDSIDE = {
  title: 'At the bedside',
  patient: 'The patient',
  ask: 'Ask the patient',
  listen: 'Listen for an hour',
  film: 'X-ray of the rotor',
  inScanner: 'The patient is in the scanner.',
  notInScanner: 'The patient is here, in no scanner.',
  enterScanner: (field: string) => `Into a scanner (${field})`,
  leaveScanner: 'Out of the scanner',
  reservoir: 'Emptying the reservoir',
  drain: 'Empty the reservoir',
  sureDrain: 'Empty it? No refill is under way.',
  not: 'Do not',
  syringe: 'A syringe: fill it first',
  volume: 'Volume in the syringe',
  fluid: 'What is drawn up',
  saline: 'saline',
  fill: 'Fill the syringe',
  needs: 'Drug, concentration and volume first.',
  full: (what: string) => `In the syringe: ${what}`,
  putAway: 'Put it away and fill another',
  inject: (what: string) => `Inject ${what} into the reservoir`,
  rinse: (what: string) => `Rinse the reservoir 3 times with ${what}`,
  prepare: (fluid: string) => `Wash the water out of the new pump with ${fluid}`,
  elsewhere: 'Elsewhere than into the reservoir as it is meant to be',
  injectPort: (what: string) => `Inject ${what} at the access port`,
  surePort: 'The access port leads past the reservoir, straight into the CSF. Do it?',
  miss: (what: string) => `Inject ${what} beside the pump: the needle misses`,
  sureMiss: 'All of it goes under the skin. Do it?',
  force: (what: string) => `Inject ${what} into the reservoir although it is full`,
  sureForce: 'More than the reservoir has room for. Do it?',
  empty: 'An empty syringe',
  draws: 'It draws up to',
  aspirate: 'Aspirate from the reservoir',
  aspiratePort: 'Aspirate at the access port',
  csf: 'Let CSF off',
  pocket: 'Aspirate beside the pump',
  line: 'The catheter',
  disconnect: 'Take the pump off its catheter',
  connect: 'Put the pump on its catheter',
  dye: 'Dye study',
  contrast: 'Contrast',
  doDye: (volume: string) => `Inject ${volume} of contrast at the access port`,
  newCatheter: 'A new catheter',
  size: 'Length, or what it holds',
  tip: 'Its tip lies',
  tips: {
    intrathecal: 'in the CSF',
    epidural: 'outside the dura',
    subdural: 'under the dura',
    dislodged: 'out of the spine',
  },
  catheter: 'Put the new catheter in',
  pump: 'The pump',
  resetMemory: 'Have the locked memory reset',
  resetValve: 'Open the valve that has shut',
  newPump: 'A new pump',
  serial: 'Its serial number',
  replace: 'Replace the pump',
  washHint: 'It comes with water in it: fill a syringe to wash it out.',
  told: 'What was done and found',
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

/** Files, links and the story of a scenario; what the page looks and sounds like. */
export const SESSION = {
  title: 'Session',
  open: 'Open a scenario file',
  openHint: 'Or drop one anywhere on the page; with it the profile or drug library that it names.',
  goOn: (when: string) => `Go on with the visit of ${when}`,
  goOnHint: 'It was kept in this browser when the page was closed, and opens beside the visit there is.',
  opened: 'Opened beside the visits there are:',
  added: (title: string) => `Added to the cases under Training: ${title}`,
  notOpened: 'Nothing was opened, and nothing was lost.',
  tooLong: 'It is too long to be a scenario.',
  noScenario: 'None of these files is a scenario: its first line is “thecal: scenario/1”.',
  drop: 'Drop it to open its pump',
  story: 'Steps of this scenario',
  noStory: 'All its steps have been played.',
  step: (played: number, of: number) => `Step ${played + 1} of ${of}`,
  asWritten: 'As the file has it',
  play: 'Play this step',
  skip: 'Leave it out',
  playAll: 'Play all that is left',
  stopPlaying: 'Stop after this step',
  keep: 'Keep this visit',
  save: 'Save as a scenario',
  share: 'Make a link',
  link: 'Link to this visit',
  linkHint:
    'It holds the whole visit: pump, seed and everything that was done. It opens with its story yet to be played.',
  copy: 'Copy the link',
  copied: 'Copied.',
  notCopied: 'The browser did not let it be copied: select it and copy it by hand.',
  badLink: 'The link cannot be read: it may have been cut short on its way.',
  look: 'Look',
  looks: { system: 'As the device', light: 'Light', dark: 'Dark' },
  instructor: 'Instructor’s panes',
  instructorShown: 'Shown',
  instructorHidden: 'Hidden',
  realTime: 'While a session is open',
  timeRuns: 'Time goes on',
  timeStands: 'Time stands still',
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

export const FAULTS = {
  title: 'Faults',
  pump: 'The pump:',
  expect: 'To expect:',
  about: 'What to expect',
  now: 'Active now',
  none: 'None.',
  active: 'active now',
  end: 'End',
  noEnd: 'not ended here',
} as const;

export const CURVES = {
  title: 'Curves of this life',
  figures: 'Figures',
} as const;

/** The tree of the chart. */
export const CHART = {
  title: 'Regions of the chart',
  active: 'active now',
  unknown: 'not known',
  stays: 'stays',
  where: (guard: string) => `if ${guard}`,
} as const;

export const XRAY = {
  title: 'X-ray',
  belief: 'Believed',
  truth: 'True',
  parts: 'differs',
  nothing: '–',
  rows: {
    clock: 'Local time',
    reservoir: 'Reservoir',
    rate: 'Rate',
    motor: 'Motor, as sensed',
    strength: 'Strength of',
    line: 'In tubing and catheter:',
    csf: 'CSF level of',
    usual: 'Level one is used to:',
    pocket: 'Under the skin:',
    blood: 'In the blood:',
    conditions: 'Conditions',
    alarms: 'Alarms',
    signs: 'The patient shows',
  },
  states: 'The chart and its active states',
  records: 'Records',
  only: { frames: 'Frames', all: 'All records' },
  request: 'asks',
  answer: 'answers',
  chain: 'What led to it',
  bytes: 'Bytes',
  choose: 'Choose a record to see what led to it.',
} as const;
