import {
  type CommandName,
  INFUSION_STATES,
  type Instant,
  MOTOR_STATES,
  PATIENT_CONTROL_STATES,
  PERIODIC_STATES,
  RESERVOIR_STATES,
  SERVICE_STATES,
  type Status,
  volume,
} from '../../shared/index.ts';
import type { PumpContext } from './context.ts';
import type { PumpState } from './executor/executor.ts';
import { intervalOf } from './rules/alarm-interval.ts';
import { activeAlarms } from './rules/alarms.ts';
import { countAt } from './rules/bolus-count.ts';
import { settingOf } from './rules/bolus-parts.ts';
import { leftOf } from './rules/clinician-bolus.ts';
import { calculatedVolume, sinceSession } from './rules/delivery.ts';
import { sinceFill } from './rules/discrepancy.ts';
import { openingAccount, openingVolumes, whenOpeningEnds } from './rules/opening.ts';
import { nextByTime } from './rules/patient-bolus.ts';
import { basalRate, wallAt } from './rules/program.ts';
import { endOfService } from './rules/service-life.ts';
import { silenced } from './rules/silence.ts';
import { nextTone } from './rules/tones.ts';

/** What the pump says of itself at an instant: belief, every field of it. */
export function statusOf({ value, context }: PumpState, serial: string, at: Instant, accepts: CommandName[]): Status {
  return {
    serial,
    profile: context.profile.name,
    now: at,
    service: named(SERVICE_STATES, value['service']),
    infusion: named(INFUSION_STATES, value['infusion']),
    patientControl: patientControlIn(named(PATIENT_CONTROL_STATES, value['patientControl']), context, at),
    reservoir: named(RESERVOIR_STATES, value['reservoir']),
    stopped: context.stopped,
    rate: context.rate,
    volume: calculatedVolume(context, at),
    prescription: context.prescription,
    prescribedAt: context.prescribedAt,
    record: context.record,
    bolusEnds: context.bolus?.ends ?? null,
    bolusesGiven: countAt(context, at),
    nextBolus: nextByTime(context, at) ?? null,
    granted: context.granted,
    denied: context.denied,
    alarms: [...activeAlarms(context)],
    wall: wallAt(context, at) ?? null,
    basal: basalRate(context, at),
    zeroStep: context.stopped === null && context.update === null && context.rate === 0,
    periodicBolus: named(PERIODIC_STATES, value['periodicBolus']),
    periodicNext: context.periodicNext,
    sinceSession: sinceSession(context, at),
    minimumRate: context.profile.minimumRate,
    defaultRate: context.profile.defaultRate,
    accepts,
    replaceBy: endOfService(context) ?? null,
    silenced: silenced(context).map(({ code, until }) => ({ code, until })),
    nextTone: nextTone(context, at) ?? null,
    criticalInterval: intervalOf(context, 'critical'),
    motor: named(MOTOR_STATES, value['motor']),
    conditions: [...context.conditions],
    clinicianBolus: clinicianBolusAt(context, at),
    opening: openingAt(context, at),
    openingEnded: openingEndedIn(context),
    sinceFill: sinceFillAt(context, at),
    gauge: context.gauge,
    discrepancies: [...context.discrepancies],
  };
}

/** A pump that is ready has nothing for the patient in a part of the day without a bolus. */
function patientControlIn(state: Status['patientControl'], context: PumpContext, at: Instant) {
  const bolus = context.prescription?.patientBolus ?? null;
  const rests = bolus !== null && settingOf(context, bolus, at) === null;
  return state === 'ready' && rests ? 'notThisPartOfDay' : state;
}

function sinceFillAt(context: PumpContext, at: Instant): Status['sinceFill'] {
  const commanded = sinceFill(context, at);
  return context.lastEntry === null || commanded === null ? null : { at: context.lastEntry.at, commanded };
}

function openingAt(context: PumpContext, at: Instant): Status['opening'] {
  const { opening } = context;
  if (opening === null) return null;
  const { all, left } = openingVolumes(opening, at);
  const ends = whenOpeningEnds(context) ?? null;
  return { type: opening.setting.type, start: opening.start, ends, volume: all, left };
}

function openingEndedIn({ lastOpening }: PumpContext): Status['openingEnded'] {
  if (lastOpening === null) return null;
  const { setting, ended, why } = lastOpening;
  const undelivered = volume.of(Number(openingAccount(lastOpening)?.undelivered ?? 0n));
  return { type: setting.type, at: ended, why, undelivered };
}

function clinicianBolusAt(context: PumpContext, at: Instant): Status['clinicianBolus'] {
  const { clinician } = context;
  if (clinician === null) return null;
  const { start, ends, rate, duration, then, alone } = clinician;
  return {
    start,
    ends,
    rate,
    volume: volume.of(rate * duration),
    left: volume.of(rate * leftOf(clinician, context, at)),
    then,
    withBasal: !alone,
    suspended: context.bolus !== null,
  };
}

/** A chart state by the name the link knows it by. Throws where the link knows no such state. */
function named<S extends string>(known: readonly S[], state: string | undefined): S {
  const found = known.find((name) => name === state);
  if (found === undefined) throw new Error(`the link has no name for the state "${state}"`);
  return found;
}
