import { delivered, type LogData, type LogKind, sure } from '../../../shared/index.ts';
import type { EndedBolus, PumpContext } from '../context.ts';
import type { Effect } from '../effects.ts';
import type { EventOf, PumpEvent } from '../events.ts';
import { intervalOf } from '../rules/alarm-interval.ts';
import { clinicianAccount, leftOf } from '../rules/clinician-bolus.ts';
import { openingAccount, whenOpeningEnds } from '../rules/opening.ts';
import { bolusAccount, judgeBolus } from '../rules/patient-bolus.ts';

/* What the effects of the chart report: what the motor is to do, and what is written down. */

type Commit = EventOf<'UPDATE_COMMIT'>;
type Closed = EventOf<'SESSION_CLOSED'>;
type Entry = EventOf<'ENTER_RESERVOIR'>;
type Noted = EventOf<'NOTE_DISCREPANCY'>;

const accountOf = (ended: EndedBolus): LogData => {
  const { delivered, undelivered } = bolusAccount(ended);
  return { why: ended.why, delivered: Number(delivered), undelivered: Number(undelivered) };
};

const log = (event: PumpEvent, kind: LogKind, data: LogData = {}): Effect => ({
  type: 'log',
  at: event.at,
  kind,
  data,
});

/** What a stop completed of a stroke, where it did. */
const strokeIn = ({ lastStroke }: PumpContext, event: PumpEvent): LogData =>
  event.type === 'STOP' && lastStroke > 0 ? { stroke: lastStroke } : {};

/** Who stopped delivery, where it was somebody without a key. */
const nearbyIn = (event: PumpEvent): LogData =>
  event.type === 'STOP' && event.by !== undefined ? { by: event.by } : {};

export const effects = {
  drive: (context: PumpContext): Effect => ({ type: 'drive', rate: context.rate }),
  stroke: ({ lastStroke }: PumpContext): Effect | undefined =>
    lastStroke === 0 ? undefined : { type: 'stroke', volume: lastStroke },
  logPowerOn: (context: PumpContext, event: EventOf<'POWER_ON'>) =>
    log(event, 'powerOn', { profile: context.profile.name }),
  logImplanted: (_: PumpContext, event: EventOf<'IMPLANT'>) => log(event, 'implanted', { wall: event.wall }),
  logSessionOpened: (_: PumpContext, event: EventOf<'SESSION_OPENED'>) =>
    log(event, 'sessionOpened', { role: event.role }),
  logSessionClosed: (_: PumpContext, event: Closed) =>
    log(event, 'sessionClosed', { role: event.role, lost: event.lost }),
  logUpdateStarted: (_: PumpContext, event: EventOf<'UPDATE_BEGIN'>) =>
    log(event, 'updateStarted', { digest: event.digest }),
  logUpdateInterrupted: (_: PumpContext, event: PumpEvent) => log(event, 'updateInterrupted'),
  logCommitted: (context: PumpContext, event: Commit) =>
    log(event, 'prescriptionCommitted', { record: context.record, digest: event.digest }),
  recordPrescription: (context: PumpContext, event: Commit): Effect => ({
    type: 'record',
    at: event.at,
    by: event.role,
    prescription: sure(context.prescription, 'prescription in force'),
    library: event.library,
  }),
  logStarted: (context: PumpContext, event: PumpEvent) =>
    log(event, context.rate === 0 ? 'zeroStep' : 'deliveryStarted'),
  /** Says so where the program now asks for nothing. */
  logZeroStep: (context: PumpContext, event: PumpEvent): Effect | undefined =>
    context.rate === 0 ? log(event, 'zeroStep') : undefined,
  /** The same after boluses; where basal did not run beside them, it starts. */
  logBasalAgain: ({ rate, lastClinician }: PumpContext, event: PumpEvent): Effect | undefined => {
    if (rate === 0) return log(event, 'zeroStep');
    return lastClinician?.alone === true ? log(event, 'deliveryStarted') : undefined;
  },
  logDefault: (_: PumpContext, event: PumpEvent) => log(event, 'defaultScheduleStarted'),
  logMinimum: (_: PumpContext, event: PumpEvent) => log(event, 'minimumRateStarted'),
  logStopped: (context: PumpContext, event: PumpEvent) =>
    log(event, 'deliveryStopped', {
      why: sure(context.stopped, 'stop').why,
      ...nearbyIn(event),
      ...strokeIn(context, event),
    }),
  logGranted: (context: PumpContext, event: EventOf<'BOLUS_REQUEST'>) => {
    const { ends, rate } = sure(context.bolus, 'patient bolus that runs');
    return log(event, 'bolusGranted', { ends, rate });
  },
  logDenied: (context: PumpContext, event: EventOf<'BOLUS_REQUEST'>): Effect | undefined => {
    const verdict = judgeBolus(context, event);
    if ('grant' in verdict) return undefined;
    const { code, also, until } = verdict.refused;
    return log(event, 'bolusDenied', { code, also: [...also], until });
  },
  logBolusEnded: ({ lastBolus }: PumpContext, event: PumpEvent) =>
    log(event, 'bolusEnded', accountOf(sure(lastBolus, 'patient bolus that has ended'))),
  logClinicianStarted: ({ clinician }: PumpContext, event: EventOf<'CLINICIAN_BOLUS'>) => {
    const { ends, rate, then } = sure(clinician, 'single bolus that runs');
    return log(event, 'clinicianBolusStarted', { ends, rate, then });
  },
  logClinicianSuspended: (context: PumpContext, event: PumpEvent): Effect => {
    const clinician = sure(context.clinician, 'single bolus that waits');
    const left = delivered(clinician.rate, leftOf(clinician, context, event.at));
    return log(event, 'clinicianBolusSuspended', { left: Number(left) });
  },
  logClinicianResumed: ({ clinician }: PumpContext, event: PumpEvent) =>
    log(event, 'clinicianBolusResumed', { ends: sure(clinician, 'single bolus that runs').ends }),
  logClinicianEnded: ({ lastClinician }: PumpContext, event: PumpEvent): Effect | undefined => {
    if (lastClinician === null) return undefined;
    const { delivered: brought, undelivered } = clinicianAccount(lastClinician);
    const data = { why: lastClinician.why, delivered: Number(brought), undelivered: Number(undelivered) };
    return log(event, 'clinicianBolusEnded', data);
  },
  logOpeningStarted: (context: PumpContext, event: PumpEvent): Effect => {
    const { type } = sure(context.opening, 'opening that begins').setting;
    return log(event, 'openingStarted', { type, ends: whenOpeningEnds(context) ?? null, rate: context.rate });
  },
  logOpeningEnded: ({ lastOpening }: PumpContext, event: PumpEvent): Effect => {
    const ended = sure(lastOpening, 'opening that has ended');
    const { setting, why } = ended;
    const account = openingAccount(ended);
    const volumes =
      account === undefined
        ? { delivered: null, undelivered: null }
        : { delivered: Number(account.delivered), undelivered: Number(account.undelivered) };
    return log(event, 'openingEnded', { type: setting.type, why, ...volumes });
  },
  logPeriodicStarted: ({ periodic }: PumpContext, event: PumpEvent) => {
    const { ends, rate } = sure(periodic, 'periodic bolus that runs');
    return log(event, 'periodicStarted', { ends, rate });
  },
  logPeriodicEnded: ({ lastPeriodic }: PumpContext, event: PumpEvent) =>
    log(event, 'periodicEnded', accountOf(sure(lastPeriodic, 'periodic bolus that has ended'))),
  logPeriodicSkipped: (_: PumpContext, event: PumpEvent) => log(event, 'periodicSkipped'),
  logOverridden: (context: PumpContext, event: EventOf<'UPDATE_BEGIN'>): Effect | undefined => {
    const overridden = context.update?.overridden ?? null;
    return overridden === null ? undefined : log(event, 'limitOverridden', { digest: event.digest, ...overridden });
  },
  logClockSet: ({ clockMoved, wallOffset }: PumpContext, event: EventOf<'CLOCK_SET'>) =>
    log(event, 'clockSet', {
      from: clockMoved.from,
      to: event.at + sure(wallOffset, 'local time'),
      skipped: clockMoved.skipped,
    }),
  logReset: (context: PumpContext, event: EventOf<'RESET'>) =>
    log(event, 'reset', { timeLost: event.timeLost, lastWall: event.timeLost ? context.lastWall : null }),
  logHealed: (_: PumpContext, event: EventOf<'MEMORY_HEALED'>) => log(event, 'memoryHealed', { bank: event.bank }),
  logFailed: (_: PumpContext, event: EventOf<'MEMORY_FAILED'>) =>
    log(event, 'memoryFailed', { timeLost: event.timeLost }),
  logLocked: (_: PumpContext, event: EventOf<'MEMORY_LOCKED'>) => log(event, 'memoryLocked'),
  logUnlocked: (_: PumpContext, event: EventOf<'MEMORY_UNLOCKED'>) => log(event, 'memoryUnlocked'),
  logDeclared: ({ lastDeclared }: PumpContext, event: EventOf<'CONDITION_DECLARED'>) =>
    log(event, 'conditionDeclared', { conditions: [...lastDeclared] }),
  logGone: (_: PumpContext, event: EventOf<'CONDITION_GONE'>) =>
    log(event, 'conditionGone', { condition: event.condition }),
  logIntervalSet: (context: PumpContext, event: EventOf<'SET_ALARM_INTERVAL'>) =>
    log(event, 'alarmIntervalSet', { from: context.criticalIntervalBefore, to: intervalOf(context, 'critical') }),
  logTested: (_: PumpContext, event: EventOf<'TEST_ALARM'>) => log(event, 'alarmTested'),
  logBatteryReset: (_: PumpContext, event: EventOf<'BATTERY_RESET'>) =>
    log(event, 'batteryReset', { safeState: event.safeState }),
  logEntered: (context: PumpContext, event: Entry) =>
    log(event, 'reservoirEntered', {
      volume: event.volume,
      expected: sure(context.lastEntry, 'volume entered').expected,
      aspirated: event.aspirated ?? null,
    }),
  logDiscrepancy: (_: PumpContext, event: Noted) => {
    const { expected, aspirated, reason, note } = event;
    return log(event, 'discrepancyNoted', { expected, aspirated, reason, note });
  },
};
