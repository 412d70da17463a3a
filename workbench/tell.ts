import { HANDS_REFUSALS, type Solution } from '../firmware-sim/index.ts';
import {
  ALARM_WORDS,
  type AmountEntry,
  type BasalEntry,
  BOLUS_END_WORDS,
  type EditEntry,
  INFUSION_WORDS,
  LOG_WORDS,
  PROGRAMMER_REFUSALS,
  type ProgramEntry,
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
import { WORLD_ACTS, type WorldAct } from './act.ts';
import type { Simulation } from './simulation.ts';
import type { TraceRecord } from './trace.ts';

/** One instant of a story: what happened, what the pump believed, what was true, what the clinician saw. */
export interface Moment {
  /** Milliseconds since the simulation began, and the same in words. */
  readonly t: number;
  readonly time: string;
  readonly happened: readonly string[];
  readonly believed: string;
  readonly true: string;
  readonly seen: string;
}

type Fields = { readonly [key: string]: unknown };

/** Follows a run and tells it as prose: a moment for each act, and for each instant at which something happens by itself. */
export class Teller {
  readonly #moments: Moment[] = [];
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
  const doses = solution.map(({ name, concentration: strength }) =>
    doseRate.format(doseOf(flow, strength), 3, `${unitOf(name)}/day`),
  );
  return `${[rate.format(flow), ...doses].join(', ').replace(', ', ' flows, ')}; ${left}`;
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
  const finish = shown['doseAfter'] && `Finish: ${shown['doseAfter']} (${shown['doseChange']}), ${shown['run']}`;
  const lines = [shown['mode'], shown['dailyDose'], finish, refill, expects].filter(Boolean);
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
  edit: 'edits',
  review: 'reviews the edits',
  confirm: 'confirms the edits',
  discard: 'discards the edits',
  compare: 'compares prescriptions',
  interrogate: 'interrogates',
  implant: 'puts the pump in service',
  stop: 'stops delivery',
  resume: 'resumes delivery',
  minimumRate: 'sets the minimum rate',
  setClock: 'sets the clock of the pump',
  registerPump: 'puts this pump on the record',
  rinse: 'rinse with',
  replace: 'put another pump in place',
  readHistory: 'reads the prescription history',
  readLog: 'reads the event log',
  readUsage: 'reads how the handset was used',
  endSession: 'ends the session',
  silence: 'silences the alarm',
};

function actSentence(by: string, fields: Fields): string {
  const type = String(fields['type'] ?? '');
  if (by === 'refused') return `not done: ${REFUSED_WORDS[String(fields['refused'])] ?? fields['refused']}`;
  if (by === 'world') return worldSentence(fromJson<WorldAct>(toJson(fields)));
  const amount = typeof fields['volume'] === 'number' ? ` ${volume.format(volume.of(fields['volume']))}` : '';
  if (type === 'silence') return `${by} ${ACT_WORDS[type]}: ${ALARMS[fields['alarm'] as AlarmCode].text.toLowerCase()}`;
  const what = detailOf(type, fields);
  const word = CLOCK_WORDS[String(fields['choice'])] ?? ACT_WORDS[type] ?? type;
  return `${by} ${word}${amount}${what}`;
}

function detailOf(type: string, fields: Fields): string {
  if (type === 'prescribe' || type === 'edit') return entered(fromJson<EditEntry>(toJson(fields)));
  if (type === 'compare') return ` ${fields['from']} and ${fields['to']}`;
  return solutionIn(fields);
}

/** A clock that is not set now. */
const CLOCK_WORDS: Readonly<Record<string, string>> = {
  later: 'leaves the clock of the pump for another time',
  keep: 'keeps the clock of the pump as it is',
};

function worldSentence(act: WorldAct): string {
  switch (act.type) {
    case 'localTime':
      return `the clocks of the place are moved by ${act.by < 0 ? '−' : '+'}${formatDuration(span(Math.abs(act.by)))}`;
    case 'batteryLow':
    case 'disconnect':
    case 'reconnect':
      return WORLD_ACTS[act.type];
    case 'reset':
      return `the processor of the pump starts anew, ${act.timeLost ? 'and has lost the time' : 'with the time'}`;
    default:
      return `from now on ${WORLD_ACTS[act.type]}: ${proportion.format(act.by)}`;
  }
}

/** Every reason an act can be refused for, in words. */
export const REFUSED_WORDS: Readonly<Record<string, string>> = {
  ...REFUSALS,
  ...PROGRAMMER_REFUSALS,
  ...HANDS_REFUSALS,
  notMeasured: 'nothing has been aspirated since the last volume was typed',
};

function solutionIn({ solution }: Fields): string {
  if (typeof solution !== 'object' || solution === null) return '';
  return ` of ${fluidWords(solution as Solution)}`;
}

function fluidWords(solution: Solution): string {
  const drugs = solution.map(
    ({ name, concentration: strength }) => `${name} ${concentration.format(strength, 3, `${unitOf(name)}/mL`)}`,
  );
  return drugs.length === 0 ? 'saline' : drugs.join(' and ');
}

/** What a prescription says anew. */
function entered({
  drugs,
  primary,
  program,
  patientBolus,
  doseLimit,
  ceiling,
  lowReservoir,
}: Omit<EditEntry, 'type'>): string {
  const dose = (ng: DoseRate) =>
    primary === null ? doseRate.format(ng) : doseRate.format(ng, 3, `${unitOf(primary)}/day`);
  const basal = (entry: BasalEntry) => ('dose' in entry ? dose(entry.dose) : rate.format(entry.rate));
  const parts: string[] = [];
  if (drugs !== null) parts.push(fluidWords(drugs));
  if (program !== null) parts.push(programEntered(program, basal));
  if (doseLimit === 'none') parts.push('no dose limit');
  else if (doseLimit !== null)
    parts.push(`at most ${mass.format(doseLimit.dose)} in any ${formatDuration(doseLimit.window)}`);
  if (patientBolus === 'none') parts.push('no patient bolus');
  else if (patientBolus !== null) {
    const { lockout, maxPerDay } = patientBolus;
    parts.push(
      `patient bolus ${amountEntered(patientBolus)}, lockout ${formatDuration(lockout)}, ${maxPerDay} in 24 h`,
    );
  }
  if (ceiling !== null) parts.push(`ceiling ${dose(ceiling)}`);
  if (lowReservoir !== null) parts.push(`low at ${volume.format(lowReservoir)}`);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

function amountEntered({ dose, volume: fluid, duration }: AmountEntry): string {
  const size = dose === null ? volume.format(fluid ?? volume.of(0), 4) : mass.format(dose);
  return `${size} in ${formatDuration(duration)}`;
}

function programEntered(program: ProgramEntry, basal: (entry: BasalEntry) => string): string {
  switch (program.type) {
    case 'minimumRate':
      return 'the minimum rate';
    case 'constant':
      return basal(program.basal);
    case 'daily':
      return `a schedule of ${program.groups.map(({ steps }) => steps.length).join(' and ')} steps`;
    case 'periodic':
      return `${basal(program.basal)} and ${amountEntered(program.bolus)} every ${formatDuration(program.interval)}`;
    case 'dated':
      return `${basal(program.first)} and ${program.steps.length} dated steps`;
  }
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
    case 'clockSet':
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
    case 'periodicEnded':
      return `${LOG_WORDS[kind]}: ${BOLUS_END_WORDS[data['why'] as BolusEnd]}`;
    case 'deliveryStopped':
      return `${LOG_WORDS[kind]}: ${STOP_REASONS[data['why'] as StopReason]}`;
    default:
      return LOG_WORDS[kind];
  }
}
