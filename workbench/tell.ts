import { FAULTS, type Fault, HANDS_REFUSALS, type Solution } from '../firmware-sim/index.ts';
import {
  ALARM_WORDS,
  BOLUS_END_WORDS,
  INFUSION_WORDS,
  LOG_WORDS,
  PROGRAMMER_REFUSALS,
  type PrescribeEntry,
} from '../programmer/index.ts';
import {
  ALARMS,
  type AlarmCode,
  type BolusEnd,
  concentration,
  type DoseRate,
  doseOf,
  doseRate,
  formatDuration,
  fromJson,
  type LogRecord,
  mass,
  proportion,
  REFUSALS,
  type RefusalCode,
  rate,
  STOP_REASONS,
  type StopReason,
  span,
  toJson,
  unitOf,
  volume,
} from '../shared/index.ts';
import type { Simulation } from './simulation.ts';
import type { TraceRecord } from './trace.ts';

/** One instant of a story: what happened, what the pump believed, what was true, what the clinician saw. */
export interface Moment {
  readonly time: string;
  readonly happened: readonly string[];
  readonly believed: string;
  readonly true: string;
  readonly seen: string;
}

type Fields = { readonly [key: string]: unknown };

/** Follows a run and tells it as prose: a moment for each act, and for each instant at which something happens by itself. */
export class Teller {
  readonly #moments: (Moment & { readonly t: number })[] = [];
  #report: string | undefined;

  take(record: TraceRecord, sim: Simulation): void {
    if (record.layer === 'programmer') this.#report = sim.report() ?? this.#report;
    const said = sentence(record);
    const seen = seenIn(record);
    const last = this.#moments.at(-1);
    const isAct = record.layer === 'act' && record.kind !== 'refused';
    const goesOn = last !== undefined && last.t === record.t && !isAct;
    if (said === undefined && !goesOn) return;
    if (goesOn) this.#moments.pop();
    const before = goesOn ? last : undefined;
    this.#moments.push({
      t: record.t,
      time: formatDuration(span(record.t)),
      happened: [...(before?.happened ?? []), ...(said === undefined ? [] : [said])],
      believed: believed(sim),
      true: truth(sim),
      seen: seen ?? before?.seen ?? '',
    });
  }

  get moments(): readonly Moment[] {
    return this.#moments;
  }

  /** The dosing report of the last session, as it stood when it was last read; undefined where there was none. */
  get report(): string | undefined {
    return this.#report;
  }
}

function believed(sim: Simulation): string {
  const { infusion, rate: flow, volume: left, alarms } = sim.belief();
  const alarmed = alarms.map(({ code }) => `alarm: ${ALARMS[code].text.toLowerCase()}`);
  return [`${INFUSION_WORDS[infusion]}, ${rate.format(flow)}`, `${volume.format(left)} left`, ...alarmed].join('; ');
}

function truth(sim: Simulation): string {
  const { flow, reservoir, solution } = sim.truth();
  const left = reservoir === 0 ? 'the reservoir is empty' : `${volume.format(reservoir)} left`;
  if (flow === 0 || solution === null) return `nothing flows; ${left}`;
  const dose = doseRate.format(doseOf(flow, solution.concentration), 3, `${unitOf(solution.drug)}/day`);
  return `${rate.format(flow)} flows, ${dose}; ${left}`;
}

function seenIn({ layer, kind, data }: TraceRecord): string | undefined {
  const fields = data as Fields;
  if (layer !== 'programmer') return undefined;
  if (kind === 'handset') return `handset: ${fields['display']}`;
  const shown = fields['fields'] as Readonly<Record<string, string | undefined>>;
  const warnings = fields['warnings'] as readonly string[];
  const refill =
    fields['act'] === 'refill' && shown['refillAspirated'] !== undefined
      ? `expected ${shown['refillExpected']}, aspirated ${shown['refillAspirated']}: ${shown['refillDiscrepancy']}`
      : undefined;
  const expects = shown['expectedVolume'] && `expects ${shown['expectedVolume']}`;
  const lines = [shown['mode'], shown['dailyDose'], refill, expects].filter(Boolean);
  return [...lines, ...warnings.map((warning) => `! ${warning}`)].join('; ') || String(fields['title']);
}

function sentence({ layer, kind, data }: TraceRecord): string | undefined {
  const fields = data as Fields;
  if (layer === 'act') return actSentence(kind, fields);
  if (layer === 'plant') return plantSentence(kind, fields);
  return layer === 'firmware' && kind === 'log' ? logSentence(fromJson<LogRecord>(data)) : undefined;
}

function plantSentence(kind: string, fields: Fields): string | undefined {
  if (kind === 'ranDry') return 'the reservoir runs dry; no sensor sees it';
  if (kind !== 'aspirated') return undefined;
  return `the syringe shows ${volume.format(volume.of(Number(fields['reading'])))}`;
}

const ACT_WORDS: Readonly<Record<string, string>> = {
  requestBolus: 'asks for a bolus',
  drain: 'drain the reservoir',
  aspirate: 'aspirate up to',
  inject: 'inject',
  refill: 'enters a reservoir volume of',
  prescribe: 'prescribes',
  interrogate: 'interrogates',
  implant: 'puts the pump in service',
  stop: 'stops delivery',
  resume: 'resumes delivery',
  readHistory: 'reads the prescription history',
  readLog: 'reads the event log',
  endSession: 'ends the session',
  silence: 'silences the alarm',
};

function actSentence(by: string, fields: Fields): string {
  const type = String(fields['type'] ?? '');
  if (by === 'refused') return `not done: ${REFUSED_WORDS[String(fields['refused'])] ?? fields['refused']}`;
  if (by === 'world' && type === 'batteryLow') return `from now on ${FAULTS.batteryLow}`;
  if (by === 'world') {
    const size = proportion.format(proportion.of(Number(fields['by'])));
    return `from now on ${FAULTS[type as Fault['type']]}: ${size}`;
  }
  const amount = typeof fields['volume'] === 'number' ? ` ${volume.format(volume.of(fields['volume']))}` : '';
  if (type === 'silence') return `${by} ${ACT_WORDS[type]}: ${ALARMS[fields['alarm'] as AlarmCode].text.toLowerCase()}`;
  const what = type === 'prescribe' ? entered(fromJson<PrescribeEntry>(toJson(fields))) : solutionIn(fields);
  return `${by} ${ACT_WORDS[type] ?? type}${amount}${what}`;
}

const REFUSED_WORDS: Readonly<Record<string, string>> = {
  ...PROGRAMMER_REFUSALS,
  ...HANDS_REFUSALS,
  notMeasured: 'nothing has been aspirated since the last volume was typed',
};

function solutionIn({ solution }: Fields): string {
  if (typeof solution !== 'object' || solution === null) return '';
  const { drug, concentration: strength } = solution as Solution;
  return ` of ${drug} ${concentration.format(strength, 3, `${unitOf(drug)}/mL`)}`;
}

/** What a prescription says anew. */
function entered({ drug, basal, patientBolus, ceiling, lowReservoir }: PrescribeEntry): string {
  const dose = (ng: DoseRate) => (drug === null ? doseRate.format(ng) : doseRate.format(ng, 3, `${unitOf(drug)}/day`));
  const parts: string[] = [];
  if (drug !== null) parts.push(drug);
  if (basal !== null) parts.push('dose' in basal ? dose(basal.dose) : rate.format(basal.rate));
  if (patientBolus === 'none') parts.push('no patient bolus');
  else if (patientBolus !== null) {
    const { dose: amount, volume: fluid, duration, lockout, maxPerDay } = patientBolus;
    const size = amount === null ? volume.format(fluid ?? volume.of(0), 4) : mass.format(amount);
    parts.push(
      `patient bolus ${size} in ${formatDuration(duration)}, lockout ${formatDuration(lockout)}, ${maxPerDay} in 24 h`,
    );
  }
  if (ceiling !== null) parts.push(`ceiling ${dose(ceiling)}`);
  if (lowReservoir !== null) parts.push(`low at ${volume.format(lowReservoir)}`);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

/** What of the log is news to a reader; telemetry bookkeeping is not. */
function logSentence({ kind, data }: LogRecord): string | undefined {
  switch (kind) {
    case 'powerOn':
    case 'sessionOpened':
    case 'sessionClosed':
    case 'reservoirEntered':
    case 'implanted':
    case 'updateStarted':
    case 'frameRejected':
      return undefined;
    case 'alarmRaised':
      return `ALARM: ${ALARM_WORDS[data['code'] as AlarmCode]}`;
    case 'alarmCleared':
      return `alarm over: ${ALARMS[data['code'] as AlarmCode].text.toLowerCase()}`;
    case 'alarmSilenced':
      return undefined;
    case 'silenceEnded':
      return `${LOG_WORDS[kind]}: ${ALARMS[data['code'] as AlarmCode].text.toLowerCase()}`;
    case 'bolusDenied':
    case 'commandRefused':
      return `${LOG_WORDS[kind]}: ${REFUSALS[data['code'] as RefusalCode]}`;
    case 'bolusEnded':
      return `${LOG_WORDS[kind]}: ${BOLUS_END_WORDS[data['why'] as BolusEnd]}`;
    case 'deliveryStopped':
      return `${LOG_WORDS[kind]}: ${STOP_REASONS[data['why'] as StopReason]}`;
    default:
      return LOG_WORDS[kind];
  }
}
