/* Words of the workflows, which come once the patient is there. */

const LIMITS = 'Ceiling, dose limit and low-reservoir threshold';

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
  pathHeld: ({ catheter, tubing, all }: Readonly<Record<'catheter' | 'tubing' | 'all', string>>) =>
    `${catheter} mL in the catheter + ${tubing} mL in the pump tubing = ${all} mL in all.`,
  catheterHeld: ({ catheter }: Readonly<Record<'catheter', string>>) => `${catheter} mL in the catheter.`,
  catheterHint: 'What is in it goes in first, at the new rate, unless it is bridged.',
  bridgeDose: 'Daily dose during the bridge, in the old drug',
  bridgeHint: 'Left empty: the daily dose that is programmed now.',
  underway: 'Under way now',
  underwayGoesOn: 'It goes on: the pump takes no prescription meanwhile',
  underwayCancel: 'Give it up',
  underwayRecompute: 'Begin anew with what is left of it',
  limits: LIMITS,
  ceiling: 'Daily dose ceiling, with all boluses',
  stays: 'Left empty it stays so.',
  /** Beside the boluses, which are refused above it. */
  room: (ceiling: string, asked: string | undefined, left: number | undefined, unit: string) =>
    asked === undefined || left === undefined
      ? `The daily dose ceiling is ${ceiling}, all boluses counted: the pump takes no more. It is below, under “${LIMITS}”.`
      : `${asked} in 24 h with all boluses, the ceiling is ${ceiling}: ${left < 0 ? `${-left} ${unit} TOO MUCH. Give less, or a higher ceiling below, under “${LIMITS}”.` : `${left} ${unit} left.`}`,
  refusedAt: `The ceiling is the first box of “${LIMITS}”, which is open: a higher one, or less dose.`,
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

/** Old and new, before anything is programmed. */
export const FINISH = {
  title: 'Finish: old and new',
  /** Of what a day is told; some with the strength that brings it. */
  figures: {
    doseAfter: () => 'Daily dose',
    mixedDose: (strength) => `Daily dose, not rinsed (${strength})`,
    rinsedDose: (strength) => `Daily dose, rinsed (${strength})`,
    doseAllBolusesAfter: () => 'Most in any 24 h',
  } as Readonly<Record<'doseAfter' | 'mixedDose' | 'rinsedDose' | 'doseAllBolusesAfter', (strength: string) => string>>,
  times: 'Times count from when it is looked at: what begins with the update comes as much later as it is confirmed.',
  /** Of what a prescription has not. */
  none: 'none',
  back: 'Back to the form',
  discard: 'Discard',
  updating: 'The pump is being updated. It is STOPPED until the update is complete: keep the head over it.',
  ordering: 'The bolus is being ordered.',
  compare: 'Compare',
  from: 'Prescription',
  to: 'with prescription',
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
  add: 'Another bolus for a part of the day',
  remove: 'Remove part',
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
  which: 'Which fluid that is',
  other: 'The new drug or concentration',
  again: (fluid: string) => `${fluid} again`,
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
} as const;

/** Another drug or concentration: what is done, in its order. */
export const OTHER_FLUID = {
  steps: { refill: 'Refill with it', program: 'Drug and dose' },
  entered: (volume: string) => `The refill was entered in this session: ${volume}.`,
  before: 'The refill was entered in a session before this one.',
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
  /** As an act has each, and as it is read. */
  intervals: [
    ['10min', '10 min'],
    ['1h', '1 h'],
  ],
} as const;

export const HISTORY = {
  title: 'What the pump has written down',
  nothingRead: 'Nothing has been read yet.',
  read: 'Read from the pump',
} as const;

/** The event log of the pump. */
export const LOG = {
  title: 'Event log of the pump',
  unusual: 'Out of the ordinary',
  all: 'All',
  nothing: 'Nothing out of the ordinary has been written down.',
  when: 'When',
  what: 'What',
  details: 'Details',
  /** What a record tells beside, by its name in the pump; nothing where what it says needs none. */
  names: {
    profile: 'model',
    wall: 'local time',
    role: 'by',
    lost: 'ended without a farewell',
    record: 'prescription',
    why: 'because',
    stroke: 'stroke completed by',
    undelivered: 'not delivered',
    code: '',
    also: 'also',
    until: 'until',
    command: 'asked for',
    error: 'what was wrong with it',
    skipped: 'steps skipped',
    timeLost: 'time lost',
    lastWall: 'local time when it was lost',
    bank: 'bank of the memory',
    limit: 'what has the limit',
    library: 'drug library',
    clearsAt: 'within the limit again',
    then: 'after it',
    conditions: '',
    condition: '',
    safeState: 'went to its safe state',
    type: '',
    note: 'noted',
  } as Readonly<Record<string, string>>,
  room: '* by the clock of the room: the pump had no local time.',
} as const;

/** From the shelf into the patient, a step after the other. */
export const IMPLANT = {
  steps: ['Fill and enter', 'Put in service', 'First program'],
  service: 'Put in service',
  goOn: 'Go on: put it in service',
  isDone: 'done',
  program: 'The pump is programmed already. Adjust dose or New drug or concentration changes it.',
} as const;
