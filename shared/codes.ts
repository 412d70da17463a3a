import { namesOf } from './names.ts';
/** Why a pump says no. One answer each, and each has a test that asserts it. */
export const REFUSALS = {
  onShelf: 'the pump has not been implanted yet',
  alreadyImplanted: 'the pump is already in service',
  wrongSerial: 'the command is for a pump of another serial number',
  roleTooLow: 'the session has no right to this command',
  noSession: 'the command needs an open session',
  notPaired: 'the station is not paired with this pump',
  malformed: 'the payload of the command has another shape',
  tooLong: 'the command or its answer does not fit one frame',
  updating: 'a prescription update is under way',
  notUpdating: 'no prescription update is under way',
  notStaged: 'no prescription has been staged, or another one',
  alreadyStopped: 'delivery is already stopped',
  alreadyRunning: 'delivery is already running',
  noPrescription: 'the pump holds no prescription',
  overCapacity: 'the volume is more than the reservoir holds',
  concentrationZero: 'the concentration must be above 0',
  basalBelowMinimum: 'the basal rate is below the smallest rate of the pump',
  basalAboveMaximum: 'the basal rate is above the largest rate of the pump',
  bolusTooSmall: 'the bolus is smaller than one stroke of the pump',
  bolusRateZero: 'the bolus rate and duration must be above 0',
  bolusRateBelowBasal: 'the bolus rate is below the basal rate',
  bolusTooFast: 'bolus and basal together exceed the largest rate of the pump',
  bolusLongerThanLockout: 'the bolus takes longer than its lockout interval',
  bolusLongerThanWindow: 'the bolus takes longer than the window of the dose limit',
  lockoutZero: 'the lockout interval must be above 0',
  countZero: 'the number of boluses per 24 h must be above 0',
  aboveCeiling: 'the daily dose with all boluses exceeds the ceiling of the prescription',
  drugTwice: 'the same drug stands in the mixture twice',
  notMinimumRate: 'the minimum rate is another on this pump',
  scheduleIncomplete: 'a schedule needs each day once, a first step at midnight and its steps in order',
  tooManySteps: 'a day of the schedule, all its days or the list of dates have more steps than the pump keeps',
  datesOutOfOrder: 'the dates of the steps are not in order',
  periodicRateZero: 'the rate and duration of the periodic bolus and its interval must be above 0',
  periodicLongerThanInterval: 'the periodic bolus takes as long as its interval or longer',
  limitZero: 'the dose limit and its window must be above 0',
  limitWithoutDrug: 'a dose limit needs a drug',
  limitWindowTooLong: 'the window of the dose limit is longer than 24 h',
  basalOverLimit: 'the program alone exceeds the dose limit',
  overLimitForNow: 'with what was already given the program exceeds the dose limit for now',
  thresholdAboveCapacity: 'the low-reservoir threshold is more than the reservoir holds',
  notEnabled: 'the prescription has no patient bolus',
  stopped: 'delivery is stopped',
  lowReservoir: 'the low-reservoir policy of the pump allows no bolus',
  emptyReservoir: 'the calculated reservoir is empty',
  tooLittleLeft: 'the calculated reservoir holds less than a bolus',
  minimumRate: 'the pump runs at its minimum rate',
  bolusRunning: 'a bolus is already running',
  lockedOut: 'the lockout interval has not passed',
  countUsed: 'all boluses of 24 h have been given',
  doseLimit: 'the bolus would exceed the dose limit',
  alreadyAtMinimum: 'the pump already runs at its minimum rate',
  endOfService: 'the pump has reached its end of service',
  alarmNotActive: 'the alarm is not active',
  notSilenceable: 'this alarm cannot be silenced',
  alreadySilenced: 'the alarm is silenced already',
  memoryFailed: 'the memory of the pump has failed: it cannot be programmed',
  memoryLocked: 'an error has locked the memory of the pump: it goes on, and cannot be programmed',
  bolusTooShort: 'the bolus takes less time than the pump allows for one of a clinician',
  bolusTooLong: 'the bolus takes more time than the pump allows for one of a clinician',
  stall: 'the motor has stalled, and the policy of the pump allows nothing of the kind',
  occlusion: 'the catheter is occluded, and the policy of the pump allows nothing of the kind',
  overTemperature: 'the pump is too warm, and its policy allows nothing of the kind',
  overFlow: 'more flows than is asked for, and the policy of the pump allows nothing of the kind',
  underFlow: 'less flows than is asked for, and the policy of the pump allows nothing of the kind',
  selfTest: 'the pump tests itself after its processor has started',
  alarmActive: 'an alarm stands against a start: clear it first',
  notClearable: 'this alarm is not cleared by a command: it lasts as long as its cause',
  conditionPresent: 'what the alarm tells of is still sensed',
  intervalOutOfRange: 'the interval is shorter than the tone, or longer than that of a non-critical alarm',
  openingRunning: 'a prime, a bridge or a delayed start is under way: an update has to say that it ends',
  openingHeld: 'no opening can begin: the program would not run after the update',
  startInPast: 'the delayed start lies in the past',
  priming: 'a priming bolus is running',
  bridging: 'a bridge bolus is running',
  hourlyMaximum: 'more than the pump delivers in any 60 min',
  partsOverlap: 'the parts of the day overlap, or do not lie within a day',
  tooManyParts: 'the patient bolus has more parts of the day than the pump keeps',
  notThisPartOfDay: 'the prescription has no patient bolus at this time of day',
  drugNotByHandset: 'the handset of this pump may not give boluses of this drug',
  defaultSchedule: 'the pump delivers its default schedule',
} as const;
export type RefusalCode = keyof typeof REFUSALS;
export const REFUSAL_CODES = namesOf(REFUSALS);

/** Why a frame was not taken in, in the order of its parts, and what the pump answers. */
export const FRAME_FAULTS = {
  start: { text: 'it does not begin with the two bytes of the start', answer: 'none' },
  version: { text: 'the version is missing or not 1', answer: 'none' },
  length: {
    text: 'it is shorter than a head, says that its payload is longer than may be, or is not as long as it says',
    answer: 'none',
  },
  crc: { text: 'the CRC is another', answer: 'none' },
  tag: {
    text: 'the tag is not that of the session’s key; without a key, not all zero',
    answer: 'none, but `notPaired`, untagged, to the answer to a challenge',
  },
  session: { text: 'no session of that number is open, or it was closed', answer: '`noSession`, untagged' },
  sequence: { text: 'the sequence number is below that of the last frame answered in the session', answer: 'none' },
  type: { text: 'no request has that type there', answer: '`malformed`, tagged, in an open session; otherwise none' },
  payload: {
    text: 'the payload is not canonical CBOR, or not what the request is made of',
    answer: '`malformed`, tagged, in an open session; otherwise none',
  },
} as const;
export type FrameError = keyof typeof FRAME_FAULTS;
export const FRAME_ERRORS = namesOf(FRAME_FAULTS);

/** What a pump can be able to sense. */
export const SENSORS = ['rotation', 'flow', 'occlusion', 'temperature'] as const;
export type Sensor = (typeof SENSORS)[number];

/** What can be wrong with the way of the fluid, and the sensor a pump needs to know of it. */
export const CONDITIONS = {
  stall: { sensor: 'rotation', text: 'the motor does not turn' },
  occlusion: { sensor: 'occlusion', text: 'the catheter is occluded' },
  overTemperature: { sensor: 'temperature', text: 'the pump is too warm' },
  overFlow: { sensor: 'flow', text: 'more flows than is asked for' },
  underFlow: { sensor: 'flow', text: 'less flows than is asked for' },
} as const satisfies Record<string, { readonly sensor: Sensor; readonly text: string }>;
export type ConditionCode = keyof typeof CONDITIONS;
export const CONDITION_CODES = namesOf(CONDITIONS);

/** What ends an alarm. */
export const ALARM_ENDS = {
  volume: 'a volume above the threshold entered, or a threshold below the volume prescribed',
  delivery: 'delivery, of whatever rate',
  prescription: 'a prescription that comes into force, or a resume',
  memory: 'a laboratory’s reset of the memory',
  condition: 'the condition gone; where it latches, a clinician’s clearing after that',
  never: 'nothing: it lasts as long as the pump',
} as const;
export type AlarmEndedBy = keyof typeof ALARM_ENDS;

/** Which of a critical or a non-critical alarm is told first: the priorities of IEC 60601-1-8, highest first. */
export const ALARM_PRIORITIES = ['high', 'medium', 'low'] as const;
export type AlarmPriority = (typeof ALARM_PRIORITIES)[number];

interface AlarmSpec {
  readonly class: 'critical' | 'non-critical';
  /** For the programmer's display; assumed, no source gives them. */
  readonly priority: AlarmPriority;
  readonly endedBy: AlarmEndedBy;
  /** Whether its tone may be silenced. */
  readonly silence: 'none' | 'tone';
  readonly text: string;
}

const alarm = (
  what: AlarmSpec['class'],
  priority: AlarmPriority,
  endedBy: AlarmEndedBy,
  silence: AlarmSpec['silence'],
  text: string,
): AlarmSpec => ({ class: what, priority, endedBy, silence, text });

/** What the pump shows and sounds. */
export const ALARMS = {
  lowReservoir: alarm('non-critical', 'low', 'volume', 'tone', 'Low reservoir'),
  emptyReservoir: alarm('critical', 'high', 'volume', 'tone', 'Empty reservoir'),
  stoppedPump: alarm('critical', 'medium', 'delivery', 'tone', 'Pump stopped too long'),
  eri: alarm('non-critical', 'low', 'never', 'tone', 'Elective replacement'),
  endOfService: alarm('critical', 'high', 'never', 'none', 'End of service'),
  memoryError: alarm('critical', 'high', 'never', 'tone', 'Memory error'),
  memoryLocked: alarm('non-critical', 'medium', 'memory', 'tone', 'Memory locked'),
  lowBatteryReset: alarm('critical', 'high', 'prescription', 'tone', 'Low battery reset'),
  stall: alarm('critical', 'high', 'condition', 'tone', 'Motor stall'),
  occlusion: alarm('critical', 'high', 'condition', 'tone', 'Catheter occluded'),
  overTemperature: alarm('critical', 'high', 'condition', 'tone', 'Pump too warm'),
  overFlow: alarm('critical', 'high', 'condition', 'tone', 'Flow too high'),
  underFlow: alarm('non-critical', 'medium', 'condition', 'tone', 'Flow too low'),
} as const satisfies Record<string, AlarmSpec>;
export const ALARM_CLASSES = ['critical', 'non-critical'] as const;
export type AlarmClass = (typeof ALARM_CLASSES)[number];

/** How a tone sounds. */
export const SOUNDS = ['single', 'two-tone', 'four-tones', 'four-double-tones'] as const;
export type Sound = (typeof SOUNDS)[number];
export type AlarmCode = keyof typeof ALARMS;
export const ALARM_CODES = namesOf(ALARMS);

/** Why nothing is being delivered. */
export const STOP_REASONS = {
  notStarted: 'never started',
  clinician: 'stopped by a clinician',
  updateInterrupted: 'update interrupted',
  awaitingStart: 'prescription waits for its start',
  emptyReservoir: 'calculated reservoir empty',
  endOfService: 'end of service',
  memoryError: 'memory error',
  safeState: 'safe state after a low battery reset',
  stall: 'motor stall',
  occlusion: 'catheter occluded',
  overTemperature: 'pump too warm',
  overFlow: 'flow too high',
  underFlow: 'flow too low',
} as const;
export type StopReason = keyof typeof STOP_REASONS;
export const STOP_REASON_CODES = namesOf(STOP_REASONS);

/** Why a bolus ended. */
export const BOLUS_ENDS = [
  'complete',
  'stop',
  'update',
  'lowReservoir',
  'emptyReservoir',
  'minimumRate',
  'reset',
  'endOfService',
  'doseLimit',
  ...CONDITION_CODES,
] as const;
export type BolusEnd = (typeof BOLUS_ENDS)[number];

/** What the pump writes into its event log. */
export const LOG_KINDS = [
  'powerOn',
  'implanted',
  'sessionOpened',
  'sessionClosed',
  'emergencySessions',
  'reservoirEntered',
  'updateStarted',
  'updateInterrupted',
  'prescriptionCommitted',
  'deliveryStarted',
  'deliveryStopped',
  'minimumRateStarted',
  'bolusGranted',
  'bolusEnded',
  'bolusDenied',
  'commandRefused',
  'frameRejected',
  'alarmRaised',
  'alarmCleared',
  'zeroStep',
  'periodicStarted',
  'periodicEnded',
  'periodicSkipped',
  'limitOverridden',
  'clockSet',
  'reset',
  'alarmSilenced',
  'silenceEnded',
  'memoryHealed',
  'memoryFailed',
  'limitAsked',
  'limitConfirmed',
  'limitDeclined',
  'limitRefused',
  'clinicianBolusStarted',
  'clinicianBolusSuspended',
  'clinicianBolusResumed',
  'clinicianBolusEnded',
  'conditionDeclared',
  'conditionGone',
  'alarmIntervalSet',
  'alarmTested',
  'batteryReset',
  'openingStarted',
  'openingEnded',
  'discrepancyNoted',
  'defaultScheduleStarted',
  'memoryLocked',
  'memoryUnlocked',
] as const;
export type LogKind = (typeof LOG_KINDS)[number];

/** What the data of a record tell, by name, as docs/protocol.md says it. */
export const LOG_DATA: Readonly<Record<LogKind, string>> = {
  powerOn: '`profile`',
  implanted: '`wall`',
  sessionOpened: '`role`',
  sessionClosed: '`role`; `lost`, whether without a farewell',
  emergencySessions: '`opened`, `closed`, `lost`, `refused`, how many more of each since the record before',
  reservoirEntered: '`volume`, `expected`; `aspirated`, null where nobody said',
  updateStarted: '`digest` of the prescription',
  updateInterrupted: '',
  prescriptionCommitted: '`record`, its number; `digest`',
  deliveryStarted: '',
  deliveryStopped:
    '`why`, a stop reason; `by`, `emergency`, where somebody without a key stopped it; `stroke`, what completed the stroke under way',
  minimumRateStarted: '',
  bolusGranted: '`ends`, `rate`',
  bolusEnded: '`why`, an end; `delivered`, `undelivered`, volumes',
  bolusDenied: '`code`, `also`, `until`, as in a refusal',
  commandRefused: '`command`, `code`, `also`',
  frameRejected: '`error`, a code; `more`, where it tells of that many since the record of the code before',
  alarmRaised: '`code`',
  alarmCleared: '`code`',
  zeroStep: '',
  periodicStarted: '`ends`, `rate`',
  periodicEnded: '`why`, an end; `delivered`, `undelivered`, volumes',
  periodicSkipped: '',
  limitOverridden: '`digest`; `clearsAt`, when it would have been within the limit',
  clockSet: '`from` and `to`, local times; `skipped`, how many steps',
  reset: '`timeLost`; `lastWall`, the local time when it was lost',
  alarmSilenced: '`code`, `until`',
  silenceEnded: '`code`',
  memoryHealed: '`bank`, the one made anew: A or B',
  memoryFailed: '`timeLost`',
  limitAsked: '`drug`, `limit`, `value`, `bound`, as in `noteLimit`; `library`, name and version',
  limitConfirmed: 'the same',
  limitDeclined: 'the same',
  limitRefused: 'the same',
  clinicianBolusStarted: '`ends`, `rate`; `then`, what follows: basal or stopped',
  clinicianBolusSuspended: '`left`, the volume still to come',
  clinicianBolusResumed: '`ends`',
  clinicianBolusEnded: '`why`, an end; `delivered`, `undelivered`, volumes',
  conditionDeclared: '`conditions`, their codes',
  conditionGone: '`condition`, one that was declared',
  alarmIntervalSet: '`from` and `to`, the interval of critical alarms',
  alarmTested: '',
  batteryReset: '`safeState`, whether the pump went to its safe state',
  openingStarted: '`type`; `ends`, null where no local time is known to wait for; `rate`',
  discrepancyNoted: '`expected`, `aspirated`, volumes; `reason`, a code; `note`',
  openingEnded: '`type`; `why`, an end; `delivered`, `undelivered`, volumes, null for a delayed start',
  defaultScheduleStarted: '',
  memoryLocked: '',
  memoryUnlocked: '',
};

/**
 * Who may speak to a pump: the patient's handset, a station that may refill only, the clinician's programmer, and
 * anyone near in an emergency, without pairing.
 */
export const ROLES = ['patient', 'refill', 'clinician', 'emergency'] as const;
export type Role = (typeof ROLES)[number];
