import { ALARM_WORDS, BOLUS_END_WORDS, INFUSION_WORDS, LOG_WORDS } from '../programmer/index.ts';
import {
  ALARMS,
  type AlarmCode,
  type BolusEnd,
  formatDuration,
  type LogRecord,
  proportion,
  REFUSALS,
  type RefusalCode,
  rate,
  STOP_REASONS,
  type StopReason,
  span,
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
  const { flow, reservoir } = sim.truth();
  const left = reservoir === 0 ? 'the reservoir is empty' : `${volume.format(reservoir)} left`;
  return `${flow === 0 ? 'nothing flows' : `${rate.format(flow)} flows`}; ${left}`;
}

function seenIn({ layer, kind, data }: TraceRecord): string | undefined {
  const fields = data as Fields;
  if (layer !== 'programmer') return undefined;
  if (kind === 'handset') return `handset: ${fields['display']}`;
  const shown = fields['fields'] as Readonly<Record<string, string | undefined>>;
  const warnings = fields['warnings'] as readonly string[];
  const lines = [shown['mode'], shown['dailyDose'], shown['expectedVolume'] && `expects ${shown['expectedVolume']}`];
  return [...lines.filter(Boolean), ...warnings.map((warning) => `! ${warning}`)].join('; ') || String(fields['title']);
}

function sentence({ layer, kind, data }: TraceRecord): string | undefined {
  const fields = data as Fields;
  if (layer === 'act') return actSentence(kind, fields);
  if (layer === 'plant') return kind === 'ranDry' ? 'the reservoir runs dry; no sensor sees it' : undefined;
  return layer === 'firmware' && kind === 'log' ? logSentence(data as unknown as LogRecord) : undefined;
}

function actSentence(by: string, fields: Fields): string {
  const type = String(fields['type'] ?? '');
  if (by === 'refused') return `not done: ${fields['refused']}`;
  const amount = typeof fields['volume'] === 'number' ? ` ${volume.format(volume.of(fields['volume']))}` : '';
  if (by === 'world') return `from now on ${type} ${proportion.format(proportion.of(Number(fields['by'])))}`;
  const words: Readonly<Record<string, string>> = {
    requestBolus: 'asks for a bolus',
    drain: 'drain the reservoir',
    aspirate: 'aspirate',
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
  };
  return `${by} ${words[type] ?? type}${amount}`;
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
