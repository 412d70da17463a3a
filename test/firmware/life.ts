import { activeAlarms } from '../../firmware-sim/firmware/rules/alarms.ts';
import { falseSince } from '../../firmware-sim/firmware/rules/false-alarm.ts';
import {
  BANKS,
  DEADLINES,
  type EventType,
  FALSE_ALARMS,
  type PumpEvent,
  type PumpState,
} from '../../firmware-sim/index.ts';
import {
  AFTER_BOLUS,
  ALARM_CODES,
  bolusVolume,
  CONDITION_CODES,
  type DeviceProfile,
  DISCREPANCY_REASON_CODES,
  type Instant,
  instant,
  parseDuration,
  type Role,
  rate,
  rateOver,
  span,
  volume,
  type WallClock,
} from '../../shared/index.ts';
import { Random } from '../../workbench/random.ts';
import { profileOf } from '../harness.ts';
import { stagedFor } from './life-prescriptions.ts';
import { DAY, HOUR, WALL } from './prescriptions.ts';

/** What lets a press be denied for the limit while a periodic bolus waits for the end of a clinician's. */
const MEETING = {
  periodicDuringBolus: 'defer',
  patientBolusDuringClinicianBolus: 'preempt',
  maxDoseDenied: 'denyAndMinimumRate',
} as const;

/** A profile with policies drawn at random; one in five is the bedside pump. */
function drawProfile(random: Random): DeviceProfile {
  const draw = <T>(...from: readonly T[]): T => {
    const drawn = from[random.between(0, from.length - 1)];
    if (drawn === undefined) throw new Error('nothing to draw from');
    return drawn;
  };
  const changes: Partial<DeviceProfile> = {
    lowReservoirPolicy: draw('alarm', 'basalOnly', 'minimumRate'),
    emptyPolicy: draw('run', 'minimumRate', 'stop'),
    lockoutOrigin: draw('start', 'end'),
    lockoutOnReprogram: draw('longer', 'new'),
    bolusOverBasal: draw('add', 'replace'),
    bolusRateBelowBasal: draw('allow', 'refuse'),
    afterCommit: draw('resume', 'resume', 'waitForStart'),
    onUpdateAbort: draw('stayStopped', 'resumeOld'),
    // Some lives are short enough to be lived to their end.
    serviceLife: draw(84, 84, 2),
    eriBeforeEnd: parseDuration(draw('90d', '10d')),
    eriToEndOfService: parseDuration(draw('90d', '5d')),
    atEndOfService: draw('stop', 'alarmOnly'),
    emptyAt: draw(volume.of(0), volume.parse('0.5 mL')),
    periodicDuringBolus: draw('skip', 'defer', 'defer', 'defer', 'add'),
    countWindow: draw('rolling24h', 'calendarDay'),
    maxDoseDenied: draw('deny', 'denyAndMinimumRate'),
    lostClockPolicy: draw('dailyMean', 'minimumRate'),
    clinicianBolusWhenStopped: draw('allow', 'refuse'),
    patientBolusDuringClinicianBolus: draw('deny', 'preempt', 'preempt'),
    clinicianOverLimit: draw('refuse', 'haltAtLimit', 'haltAtLimit'),
    clinicianBolusShortest: parseDuration(draw('1min', '30min')),
    startWithAlarm: draw('allow', 'refuse'),
    selfTest: parseDuration(draw('0s', '1min')),
    stallPolicy: draw('keepDriving', 'stopAndLatch'),
    stallAccounting: draw('believe', 'hold'),
    stallDetectionDelay: parseDuration(draw('20min', '0s')),
    conditionDelay: parseDuration(draw('0s', '1min')),
    conditionLatch: draw('untilGone', 'untilCleared'),
    occlusionPolicy: draw('stop', 'basalOnly', 'defaultSchedule'),
    overTemperaturePolicy: draw('stop', 'none', 'minimumRate'),
    overFlowPolicy: draw('minimumRate', 'basalOnly', 'stop'),
    underFlowPolicy: draw('none', 'basalOnly', 'defaultSchedule'),
    defaultRate: draw(rate.parse('0.048 mL/day'), rate.parse('1 mL/day')),
    writeInterval: draw(parseDuration('1h'), parseDuration('1min')),
  };
  if (random.between(0, 4) === 0) return profileOf('generic-pca', changes);
  return profileOf('synchromed-ii-like-20', { ...changes, basalMinimum: draw(rate.of(0), rate.parse('0.048 mL/day')) });
}

const SAFE_STATES = ['minimumRate', 'defaultSchedule', 'stop'] as const;

/** What comes in a life beside its deadlines, by how often. */
const OFTEN: readonly (readonly [EventType, number])[] = [
  ['BOLUS_REQUEST', 9],
  ['SESSION_OPENED', 4],
  ['SESSION_CLOSED', 2],
  ['STAGE', 4],
  ['UPDATE_BEGIN', 4],
  ['UPDATE_COMMIT', 6],
  ['ENTER_RESERVOIR', 4],
  ['LEVEL_READ', 2],
  ['NOTE_DISCREPANCY', 1],
  ['RESUME', 4],
  ['STOP', 1],
  ['IMPLANT', 1],
  ['MINIMUM_RATE', 1],
  ['CLOCK_SET', 3],
  ['RESET', 1],
  ['SILENCE_ALARM', 1],
  ['CLINICIAN_BOLUS', 3],
  ['CONDITION_SENSED', 1],
  ['CONDITION_GONE', 1],
  ['CLEAR_ALARM', 1],
  ['SET_ALARM_INTERVAL', 1],
  ['TEST_ALARM', 1],
];
const COMMON = OFTEN.flatMap(([type, times]) => Array.from({ length: times }, () => type));
const COMMANDS_AND_FAULTS = OFTEN.map(([type]) => type);
const ANYTHING: readonly EventType[] = [
  'POWER_ON',
  ...OFTEN.map(([type]) => type),
  'MEMORY_LOCKED',
  'MEMORY_UNLOCKED',
  'LEVEL_MISREAD',
  'BATTERY_LOW',
  'BATTERY_EMPTY',
  'BATTERY_RESET',
  ...DEADLINES.map(({ type }) => type),
];
const FOR_CLINICIANS = new Set<EventType>([
  'STAGE',
  'UPDATE_BEGIN',
  'UPDATE_COMMIT',
  'ENTER_RESERVOIR',
  'RESUME',
  'STOP',
  'IMPLANT',
  'MINIMUM_RATE',
  'CLOCK_SET',
  'SILENCE_ALARM',
  'CLINICIAN_BOLUS',
  'CLEAR_ALARM',
  'SET_ALARM_INTERVAL',
  'TEST_ALARM',
]);
const IN_PERIODIC: readonly EventType[] = [
  'ENTER_RESERVOIR',
  'ENTER_RESERVOIR',
  'STOP',
  'STAGE',
  'UPDATE_BEGIN',
  'MINIMUM_RATE',
  'RESET',
  'BOLUS_REQUEST',
  'BOLUS_REQUEST',
  'BOLUS_REQUEST',
];
/** What ends a clinician's bolus, or meets it. */
const IN_CLINICIAN: readonly EventType[] = [
  'ENTER_RESERVOIR',
  'ENTER_RESERVOIR',
  'STOP',
  'STAGE',
  'UPDATE_BEGIN',
  'MINIMUM_RATE',
  'CLOCK_SET',
  'RESET',
  'CONDITION_SENSED',
  ...Array.from({ length: 6 }, () => 'BOLUS_REQUEST' as const),
];
/** What ends one that a patient's has suspended. */
const WHILE_IT_WAITS: readonly EventType[] = [
  'ENTER_RESERVOIR',
  'ENTER_RESERVOIR',
  'RESET',
  'STOP',
  'UPDATE_BEGIN',
  'CONDITION_SENSED',
  'CONDITION_SENSED',
];
/** What ends a prime, a bridge or a delayed start, or meets it. */
const IN_OPENING: readonly EventType[] = [
  'ENTER_RESERVOIR',
  'ENTER_RESERVOIR',
  'STOP',
  'STAGE',
  'UPDATE_BEGIN',
  'MINIMUM_RATE',
  'CLOCK_SET',
  'RESET',
  'CONDITION_SENSED',
  'CONDITION_SENSED',
  'BOLUS_REQUEST',
  'CLINICIAN_BOLUS',
];
const TOO_SOON: readonly EventType[] = ['END_OF_SERVICE', 'RESERVOIR_LOW', 'RESERVOIR_EMPTY', 'BOLUS_REQUEST'];
const WRONG = '0'.repeat(32);

const runsBoluses = ({ bolus, clinician, periodic, periodicDeferred }: PumpState['context']): boolean =>
  bolus !== null || clinician !== null || periodic !== null || periodicDeferred;

/** Whether a prime or a bridge runs: much has to happen in its time. A delayed start may take as long as it does. */
const fills = ({ opening }: PumpState['context']): boolean => opening !== null && opening.setting.type !== 'delayed';

/**
 * One pump's life, event by event, the same for the same seed. In an orderly one every deadline falls due at
 * its time and commands come in sessions, as they do in a pump; in an unruly one anything comes at any time.
 */
export class Life {
  readonly profile: DeviceProfile;
  readonly orderly: boolean;
  /** Little is done to a clinician's bolus, so that it lasts until periodic ones fall due, and is ordered often. */
  readonly #patient: boolean;
  readonly #random: Random;
  readonly #staged: ReturnType<typeof stagedFor>;
  /** Those whose states pass most quickly. */
  readonly #periodic: ReturnType<typeof stagedFor>;
  /** Those of them under a dose limit. */
  readonly #tight: ReturnType<typeof stagedFor>;
  /** Those that begin with something else. */
  readonly #opened: ReturnType<typeof stagedFor>;
  /** Those that begin with a bridge, which some lives are given most of the time: it ends in as many ways as any state. */
  readonly #bridges: ReturnType<typeof stagedFor>;
  readonly #bridged: boolean;
  /** Those with one bolus a day for the patient, and those with none. */
  readonly #once: ReturnType<typeof stagedFor>;
  readonly #without: ReturnType<typeof stagedFor>;
  now: Instant = instant(0);
  /** When something last happened: the time a pump has stored. */
  #last: Instant = instant(0);
  /** What it begins with: most pumps leave the factory, some have lost their memory. */
  readonly #beginnings: EventType[];

  constructor(seed: number) {
    // Neighbouring seeds draw alike at first: they are taken far apart.
    this.#random = new Random(Math.imul(seed, 0x9e37_79b1));
    this.orderly = seed % 4 !== 0;
    this.#patient = seed % 6 === 5;
    this.profile = {
      ...drawProfile(this.#random),
      safeState: SAFE_STATES[seed % 3] ?? 'stop',
      ...(this.#patient && seed % 9 !== 2 && MEETING),
    };
    this.#beginnings = seed % 7 === 0 ? ['MEMORY_FAILED'] : ['POWER_ON'];
    if (seed % 9 === 0) this.#beginnings.push('MEMORY_LOCKED');
    if (seed % 3 === 0) this.#beginnings.push('MEMORY_HEALED');
    this.#staged = stagedFor(this.profile);
    this.#periodic = this.#staged.filter(([first]) => first?.prescription.program.type === 'periodic');
    this.#tight = this.#periodic.filter(([first]) => first?.prescription.doseLimit != null);
    this.#opened = this.#staged.filter(([first]) => first?.prescription.opening != null);
    this.#bridges = this.#opened.filter(([first]) => first?.prescription.opening?.type === 'bridge');
    this.#bridged = seed % 5 === 2;
    this.#once = this.#staged.filter(([first]) => first?.prescription.patientBolus?.maxPerDay === 1);
    this.#without = this.#staged.filter(([first]) => first?.prescription.patientBolus === null);
  }

  /** What happens next to a pump in this state. */
  next(state: PumpState): PumpEvent {
    const event = this.#next(state);
    this.now = event.at;
    this.#last = event.at;
    return event;
  }

  /** Something that may happen now, and of which this holds: in an unruly life anything may. */
  curious(state: PumpState, holds: (event: PumpEvent) => boolean): PumpEvent | undefined {
    if (this.#beginnings.length > 0) return undefined;
    if (this.orderly && (firstDue(state)?.at ?? Infinity) <= this.now) return undefined;
    const types = this.orderly ? COMMANDS_AND_FAULTS.filter((type) => this.#isInOrder(type, state)) : ANYTHING;
    const event = types.map((type) => this.#event(type, state)).find(holds);
    if (event !== undefined) this.#last = event.at;
    return event;
  }

  /** A clinician's commands come in a session of his own. */
  #isInOrder = (type: EventType, { value }: PumpState): boolean =>
    !FOR_CLINICIANS.has(type) || value['telemetry'] !== 'closed';

  #next(state: PumpState): PumpEvent {
    const beginning = this.#beginnings.shift();
    if (beginning !== undefined) return this.#event(beginning, state);
    if (!this.orderly) {
      this.now = instant(this.now + this.#pause());
      return this.#event(this.#chance(50) ? this.#anything(state) : this.#possible(state), state);
    }
    if (this.#chance(1) && this.#chance(20)) return { type: 'BATTERY_LOW', at: this.now };
    const mishap = this.#patient ? undefined : this.#mishap(state);
    if (mishap !== undefined) return mishap;
    const falters =
      ['basal', 'delayed', 'minimumRate', 'defaultSchedule'].includes(state.value['infusion'] ?? '') &&
      !runsBoluses(state.context);
    if (this.#chance(1) && this.#chance(30) && falters)
      return { type: 'BATTERY_RESET', at: this.now, safeState: this.#chance(70) };
    const deadline = firstDue(state);
    // A deferred bolus waits no longer than the patient's lasts: much has to happen in that time.
    const { clinician, periodicDeferred } = state.context;
    const isShort = periodicDeferred || fills(state.context) || (clinician !== null && !this.#patient);
    const pause = isShort ? this.#random.between(0, 60_000) : this.#pause();
    if (deadline !== undefined && (this.#chance(12) || this.now + pause >= deadline.at)) {
      this.now = deadline.at;
      return { type: deadline.type, at: this.now };
    }
    this.now = instant(this.now + pause);
    return this.#event(this.#possible(state), state);
  }

  /** What goes wrong with the hardware, and is mended soon, or little else would happen. Not in lives where much must meet. */
  #mishap(state: PumpState): PumpEvent | undefined {
    if (state.value['memory'] === 'degraded' && this.#chance(5)) return { type: 'MEMORY_UNLOCKED', at: this.now };
    if (!this.#chance(1)) return undefined;
    if (this.#chance(3)) return { type: 'BATTERY_EMPTY', at: this.now };
    if (this.#chance(20)) return { type: 'MEMORY_LOCKED', at: this.now };
    return this.#chance(30) ? this.#event('LEVEL_MISREAD', state) : undefined;
  }

  /** A battery that falters comes with a start of the processor: nothing runs any more that a reset ends. */
  #anything({ context }: PumpState): EventType {
    const type = this.#draw(ANYTHING);
    return type === 'BATTERY_RESET' && runsBoluses(context) ? 'RESET' : type;
  }

  /** Something people might do: a clinician's commands come in a session of his own. */
  #possible(state: PumpState): EventType {
    const { periodicDeferred, periodic, clinician } = state.context;
    if (this.#patient && clinician !== null && state.context.bolus === null) {
      const awaited = state.context.periodicNext !== null && !periodicDeferred;
      if (this.#chance(awaited ? 15 : 90)) return 'BOLUS_REQUEST';
      if (awaited && this.#chance(80)) return 'TEST_ALARM';
    }
    const often = periodicDeferred || periodic !== null || clinician !== null || fills(state.context) ? 80 : 40;
    const type = this.#chance(often) ? this.#sensible(state) : this.#draw(COMMON);
    return FOR_CLINICIANS.has(type) && state.value['telemetry'] === 'closed' ? 'SESSION_OPENED' : type;
  }

  /** What would get the pump to run, and its patient a bolus. */
  #sensible({ value, context }: PumpState): EventType {
    if (!context.inService) return 'IMPLANT';
    if (context.update !== null) return 'UPDATE_COMMIT';
    if (value['reservoir'] === 'empty') return 'ENTER_RESERVOIR';
    if (context.clinician !== null && context.bolus !== null && this.#chance(70)) return this.#draw(WHILE_IT_WAITS);
    const isFree = context.clinician === null && value['infusion'] === 'basal';
    // Ordered before a periodic one falls due, so that this one is deferred.
    const mayMeet = this.#patient || (!this.orderly && context.periodicNext !== null);
    if (mayMeet && isFree && this.#chance(50)) return 'CLINICIAN_BOLUS';
    if (value['patientControl'] === 'ready' && value['infusion'] === 'basal') return 'BOLUS_REQUEST';
    if (value['infusion'] === 'delayed' && !this.orderly && this.#chance(50))
      return context.eriSince === null ? 'ERI' : this.#draw(TOO_SOON);
    if (fills(context)) {
      if (context.staged?.endOpening === true && this.#chance(60)) return 'UPDATE_BEGIN';
      if (this.orderly || this.#chance(40)) return this.#draw(IN_OPENING);
      if (context.eriSince !== null && this.#chance(20)) return 'END_OF_SERVICE';
      return context.eriSince === null && this.#chance(40) ? 'ERI' : this.#draw(TOO_SOON);
    }
    const mayHalt = context.periodicDeferred && context.clinician !== null && context.bolus === null;
    if (mayHalt && this.#chance(40)) return 'BOLUS_REQUEST';
    if (mayHalt && !this.orderly && this.#chance(60)) return 'CLINICIAN_BOLUS_HALT';
    const mayDefer = context.clinician !== null && context.periodic === null && context.periodicNext !== null;
    if (mayDefer && !context.periodicDeferred && !this.orderly && this.#chance(60)) return 'PERIODIC_DUE';
    if (context.periodicDeferred && context.staged !== null && this.#chance(40)) return 'UPDATE_BEGIN';
    if (context.periodic !== null || context.periodicDeferred) {
      // In an unruly life, what a lifetime or a reservoir takes long to bring comes now.
      if (this.orderly || this.#chance(40)) return this.#draw(IN_PERIODIC);
      return context.eriSince === null ? 'ERI' : this.#draw(TOO_SOON);
    }
    if (context.clinician !== null) {
      if (this.orderly || this.#chance(40)) return this.#draw(IN_CLINICIAN);
      return context.eriSince === null ? 'ERI' : this.#draw(TOO_SOON);
    }
    if (this.#chance(15)) return 'CLINICIAN_BOLUS';
    if (activeAlarms(context).length > 0 && this.#chance(20)) return 'SILENCE_ALARM';
    if (context.conditions.some(({ gone }) => gone) && this.#chance(60)) return 'CLEAR_ALARM';
    if (context.conditions.length > 0 && this.#chance(40)) return 'CONDITION_GONE';
    if (!this.orderly && context.bolus !== null && context.periodicNext !== null) return 'PERIODIC_DUE';
    if (value['infusion'] === 'patientBolus') return this.#draw(['ENTER_RESERVOIR', 'STOP', 'UPDATE_BEGIN']);
    if (context.staged !== null) return 'UPDATE_BEGIN';
    return context.prescription !== null && value['infusion'] !== 'basal' ? 'RESUME' : 'STAGE';
  }

  #event(type: EventType, { value, context }: PumpState): PumpEvent {
    const at = this.now;
    switch (type) {
      case 'SESSION_OPENED': {
        const clinicianMay = !this.orderly || value['telemetry'] === 'closed';
        return { type, at, role: clinicianMay && this.#chance(80) ? 'clinician' : 'patient' };
      }
      case 'SESSION_CLOSED': {
        const clinicianMay = !this.orderly || value['telemetry'] === 'session';
        const role: Role = clinicianMay && this.#chance(60) ? 'clinician' : 'patient';
        return { type, at, role, lost: this.#chance(50) };
      }
      case 'STAGE':
        return {
          type,
          at,
          staged: this.#draw(this.#draw(this.#prescriptions(value, context))),
        };
      case 'UPDATE_BEGIN':
        return { type, at, digest: this.#chance(90) ? (context.staged?.digest ?? WRONG) : WRONG };
      case 'UPDATE_COMMIT':
        return {
          type,
          at,
          digest: this.#chance(90) ? (context.staged?.digest ?? WRONG) : WRONG,
          role: 'clinician',
          library: null,
        };
      case 'ENTER_RESERVOIR':
        return { type, at, volume: volume.of(this.#draw(this.#volumes(value, context))) };
      case 'CLINICIAN_BOLUS': {
        const duration = parseDuration(this.#draw(['1min', '30min', '30min', '2h', '25h']));
        const amount = this.#draw(['0 mL', '0.0001 mL', '0.01 mL', '0.05 mL', '0.2 mL', '0.5 mL']);
        return { type, at, rate: rateOver(volume.parse(amount), duration), duration, then: this.#draw(AFTER_BOLUS) };
      }
      case 'IMPLANT':
        return { type, at, wall: span(WALL + this.#random.between(0, 7 * DAY)) };
      case 'CLOCK_SET':
        return { type, at, wall: this.#otherTime(context) };
      case 'RESET':
        return this.#reset();
      case 'MEMORY_HEALED':
        return { type, at, bank: this.#draw(BANKS) };
      case 'MEMORY_FAILED':
        return { type, at, timeLost: this.#chance(50) };
      case 'CONDITION_SENSED':
        return { type, at, condition: this.#draw(CONDITION_CODES) };
      case 'CONDITION_GONE': {
        const sensed = context.conditions.filter(({ gone }) => !gone).map(({ code }) => code);
        return { type, at, condition: this.#draw(sensed.length > 0 ? sensed : CONDITION_CODES) };
      }
      case 'CLEAR_ALARM': {
        const conditions = context.conditions.filter(({ gone }) => gone).map(({ code }) => code);
        const mistaken = FALSE_ALARMS.filter((code) => falseSince(context, code) !== null);
        const clearable = [...conditions, ...mistaken];
        return { type, at, alarm: this.#draw(clearable.length > 0 ? clearable : ALARM_CODES) };
      }
      case 'LEVEL_MISREAD':
        return { type, at, alarm: this.#draw(['lowReservoir', 'emptyReservoir'] as const) };
      case 'MEMORY_LOCKED':
      case 'MEMORY_UNLOCKED':
      case 'BATTERY_EMPTY':
        return { type, at };
      case 'BATTERY_RESET':
        return { type, at, safeState: this.#chance(70) };
      case 'NOTE_DISCREPANCY': {
        const [expected, aspirated] = [volume.of(this.#random.between(0, 1_000_000)), volume.of(0)];
        return { type, at, expected, aspirated, reason: this.#draw(DISCREPANCY_REASON_CODES), note: '' };
      }
      case 'LEVEL_READ':
        return { type, at, volume: this.#level(value, context) };
      case 'SET_ALARM_INTERVAL':
        return { type, at, interval: span(this.#draw([0, 3000, 300_000, HOUR, DAY])) };
      case 'SILENCE_ALARM': {
        const active = activeAlarms(context).map(({ code }) => code);
        return { type, at, alarm: this.#draw(active.length > 0 && this.#chance(80) ? active : ALARM_CODES) };
      }
      default:
        return { type, at };
    }
  }

  /** A fill sensor shows no more than full. */
  #level(value: PumpState['value'], context: PumpState['context']) {
    return volume.of(Math.min(this.#draw(this.#volumes(value, context)), context.profile.reservoirCapacity));
  }

  #prescriptions(value: PumpState['value'], { grants }: PumpState['context']): ReturnType<typeof stagedFor> {
    // Grants outlive a prescription without boluses: the next may find its count used up.
    if (value['patientControl'] === 'countUsed' && this.#chance(30)) return this.#without;
    if (value['patientControl'] === 'off' && grants.length > 0 && this.#chance(50)) return this.#once;
    if (this.#bridged && this.#chance(70)) return this.#bridges;
    if (this.#patient && this.#chance(40)) return this.#tight;
    if (this.#chance(this.#patient ? 80 : 35)) return this.#periodic;
    return this.#chance(30) ? this.#opened : this.#staged;
  }

  /** A local time somewhere around what the pump's clock shows. */
  #otherTime({ wallOffset }: PumpState['context']): WallClock {
    const shift = this.#draw([0, 60_000, -60_000, HOUR, -HOUR, 6 * HOUR, -6 * HOUR, DAY, -DAY, 10 * DAY]);
    return span(this.now + (wallOffset ?? WALL) + shift);
  }

  /** A processor that has lost the time goes on from the last it has stored. */
  #reset(): PumpEvent {
    const timeLost = this.#chance(50);
    const { writeInterval } = this.profile;
    const stored = this.#last + Math.floor((this.now - this.#last) / writeInterval) * writeInterval;
    return { type: 'RESET', at: timeLost ? instant(stored) : this.now, timeLost };
  }

  /** Volumes around everything that matters. */
  #volumes(value: PumpState['value'], context: PumpState['context']): readonly number[] {
    const { profile, prescription } = context;
    const { reservoirCapacity, emptyAt } = profile;
    const low = prescription?.lowReservoir ?? profile.lowReservoirDefault;
    const full = [reservoirCapacity / 2, reservoirCapacity, reservoirCapacity + 1];
    const periodic = prescription?.program.type === 'periodic' ? bolusVolume(prescription.program.bolus) : 0;
    const marks = [0, emptyAt, emptyAt + 1, low, low + 1, low * 1.01, emptyAt + periodic, low + periodic];
    if (fills(context) && this.#chance(40)) return [emptyAt + 1, low + 1].map((amount) => Math.floor(amount));
    // What leaves a periodic bolus no room, once one of the patient has gone before it or it has begun.
    const scarce = [emptyAt + periodic, Math.floor(emptyAt + periodic * 1.1)];
    if ((context.periodicDeferred || context.periodic !== null) && this.#chance(60)) return scarce;
    return (this.#chance(value['reservoir'] === 'normal' ? 25 : 75) ? full : marks).map((amount) => Math.floor(amount));
  }

  #pause(): number {
    return this.#random.between(0, this.#draw([0, 1, 1000, 60_000, 600_000, 600_000, 20_000_000, 200_000_000]));
  }

  #chance(percent: number): boolean {
    return this.#random.between(1, 100) <= percent;
  }

  #draw<T>(from: readonly T[]): T {
    const drawn = from[this.#random.between(0, from.length - 1)];
    if (drawn === undefined) throw new Error('nothing to draw from');
    return drawn;
  }
}

/** The deadline that falls due first in a state; at one instant the first in their order. */
export function firstDue(state: PumpState): { type: (typeof DEADLINES)[number]['type']; at: Instant } | undefined {
  let first: { type: (typeof DEADLINES)[number]['type']; at: Instant } | undefined;
  for (const { type, due } of DEADLINES) {
    const at = due(state);
    if (at !== undefined && (first === undefined || at < first.at)) first = { type, at };
  }
  return first;
}
