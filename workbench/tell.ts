import { FINDINGS, HANDS_REFUSALS, SIGN_CODES, SIGNS, type Solution } from '../firmware-sim/index.ts';
import {
  ALARM_WORDS,
  BOLUS_END_WORDS,
  type BolusOrderEntry,
  type EditEntry,
  INFUSION_WORDS,
  LOG_WORDS,
  PROGRAMMER_REFUSALS,
} from '../programmer/index.ts';
import {
  ALARMS,
  type AlarmCode,
  type BolusEnd,
  CONDITIONS,
  type ConditionCode,
  DISCREPANCY_REASONS,
  type DiscrepancyReason,
  type DrugName,
  doseOf,
  doseRate,
  fieldStrength,
  formatDuration,
  fromJson,
  type LogRecord,
  type Rate,
  REFUSALS,
  type RefusalCode,
  rate,
  STOP_REASONS,
  type StopReason,
  span,
  toJson,
  unitOf,
  volume,
  type WallClock,
} from '../shared/index.ts';
import { isUnanswered, type Outcome, type WorldAct } from './act.ts';
import { Answers } from './answers.ts';
import { enteredWords, fluidWords, orderEntered } from './entered.ts';
import { type Fields, fieldsIn, fieldsOf } from './fields.ts';
import { AskedAgain } from './link/asked-again.ts';
import { frameWords } from './link/words.ts';
import type { Simulation } from './simulation.ts';
import type { TraceRecord } from './trace.ts';
import { worldSentence } from './world-words.ts';

/** One instant of a story, and what happened at it. */
export interface Happening {
  /** The number of the record that began it. */
  readonly n: number;
  /** Milliseconds since the simulation began, and the same in words. */
  readonly t: number;
  readonly time: string;
  /** The local time of the room then. */
  readonly localTime: WallClock;
  readonly happened: readonly string[];
  /** What of that only the pump knows: nobody sees it but in what the pump answers. */
  readonly inPump: readonly string[];
  /** What of it nobody at the bedside can know by then. */
  readonly unseen: readonly string[];
}

/** What the pump believed at an instant, what was true, what the clinician saw. */
interface Sides {
  readonly believed: string;
  readonly true: string;
  readonly seen: string;
}
export type Moment = Happening & Sides;

/** Follows a run and says what happened: a moment for each act, and for each instant at which something happens by itself. */
export class Happenings {
  readonly #list: Happening[] = [];
  readonly #answers = new Answers();
  readonly #again: AskedAgain;
  /** What has been said of asking again: it is no answer yet. */
  readonly #retries = new Set<string>();

  /** `again` is that of those this one follows, if it does: what is asked again was asked before. */
  constructor(again = new AskedAgain()) {
    this.#again = again;
  }

  /** Whether a record begins a moment, is of the last one, or of none. */
  take(record: TraceRecord, sim: Simulation): 'new' | 'last' | 'none' {
    const last = this.#list.at(-1);
    const isAct = record.layer === 'act' && record.kind !== 'refused' && record.kind !== 'found';
    const goesOn = last !== undefined && last.t === record.t && !isAct;
    const answer = this.#answers.take(record);
    const again = this.#again.take(record);
    if (again !== undefined) this.#retries.add(again);
    const said =
      again ?? sentence(record, sim) ?? (answer && answered(answer, goesOn ? last : undefined, this.#retries));
    if (said === undefined && !goesOn) return 'none';
    if (goesOn) this.#list.pop();
    const before = goesOn ? last : undefined;
    this.#list.push({
      n: before?.n ?? record.n,
      t: record.t,
      time: formatDuration(span(record.t)),
      localTime: before?.localTime ?? sim.localTime,
      happened: [...(before?.happened ?? []), ...(said === undefined ? [] : [said])],
      inPump: [...(before?.inPump ?? []), ...(said === undefined || !isInPump(record) ? [] : [said])],
      unseen: [...(before?.unseen ?? []), ...(said === undefined || isAtBedside(record) ? [] : [said])],
    });
    return goesOn ? 'last' : 'new';
  }

  get list(): readonly Happening[] {
    return this.#list;
  }
}

/** Follows a run and tells it as prose, with what was believed, true and seen at each moment. */
export class Teller {
  readonly #happenings = new Happenings();
  readonly #sides: Sides[] = [];
  #report: string | undefined;

  take(record: TraceRecord, sim: Simulation): void {
    if (record.layer === 'programmer') this.#report = sim.report() ?? this.#report;
    const moment = this.#happenings.take(record, sim);
    if (moment === 'none') return;
    const before = moment === 'last' ? this.#sides.pop() : undefined;
    this.#sides.push({ believed: believed(sim), true: truth(sim), seen: seenIn(record) ?? before?.seen ?? '' });
  }

  get moments(): readonly Moment[] {
    return this.#happenings.list.flatMap((happening, i) => {
      const sides = this.#sides[i];
      return sides === undefined ? [] : [{ ...happening, ...sides }];
    });
  }

  /** The dosing report of the last session, as it stood when it was last read; undefined where there was none. */
  get report(): string | undefined {
    return this.#report;
  }
}

/** What is said of an answer: why an act was not done, or that one came late; undefined where that is said already. */
function answered(outcome: Outcome, moment: Happening | undefined, retries: ReadonlySet<string>): string | undefined {
  if ('done' in outcome) return (moment?.happened ?? []).every((said) => retries.has(said)) ? 'answered' : undefined;
  const reason = REFUSED_WORDS[outcome.refused];
  if (moment?.happened.some((said) => said.endsWith(`: ${reason}`))) return undefined;
  return `${isUnanswered(outcome) ? 'no answer' : 'not done'}: ${reason}`;
}

function believed(sim: Simulation): string {
  const { infusion, rate: flow, volume: left, alarms } = sim.belief();
  const alarmed = alarms.map(({ code }) => `alarm: ${ALARMS[code].text.toLowerCase()}`);
  return [`${INFUSION_WORDS[infusion]}, ${rate.format(flow)}`, `${volume.format(left)} left`, ...alarmed].join('; ');
}

function truth(sim: Simulation): string {
  const { flow, reservoir, solution, places, signs } = sim.truth();
  const left = reservoir === 0 ? 'the reservoir is empty' : `${volume.format(reservoir)} left`;
  return [
    flowing(flow, solution),
    left,
    ...(places.pocket > 0n ? [`${volume.format(places.pocket)} under the skin`] : []),
    ...(places.outside > 0n ? [`${volume.format(places.outside)} ran out of the pump`] : []),
    ...signs.map((sign) => SIGNS[sign].says),
  ].join('; ');
}

function flowing(flow: Rate, solution: Solution | null): string {
  if (flow === 0 || solution === null) return 'nothing flows';
  const doses = solution.map(({ name, concentration: strength }) =>
    doseRate.format(doseOf(flow, strength), 3, `${unitOf(name)}/day`),
  );
  return [rate.format(flow), ...doses].join(', ').replace(', ', ' flows, ');
}

function seenIn({ layer, kind, data }: TraceRecord): string | undefined {
  const fields = fieldsIn(data);
  if (layer !== 'programmer') return undefined;
  if (kind === 'handset') return `handset: ${fields['display']}`;
  if (kind !== 'screen') return undefined;
  const shown = fieldsIn(fields['fields']);
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

function sentence(record: TraceRecord, sim: Simulation): string | undefined {
  const { layer, kind, data } = record;
  const fields = fieldsIn(data);
  if (layer === 'act') return actSentence(kind, fields, sim.belief().prescription?.drugs[0]?.name);
  if (layer === 'plant') return plantSentence(kind, fields);
  if (layer === 'link') return linkSentence(record);
  if (layer === 'programmer') return handsetSentence(kind, fields);
  return layer === 'firmware' && kind === 'log' ? logSentence(fromJson<LogRecord>(data)) : undefined;
}

/** What a handset alarms of by itself. */
function handsetSentence(kind: string, { code }: Fields): string | undefined {
  if (kind === 'alarmRaised') return `ALARM of the handset: ${ALARM_WORDS[code as AlarmCode]}`;
  return kind === 'alarmCleared'
    ? `alarm of the handset over: ${ALARMS[code as AlarmCode].text.toLowerCase()}`
    : undefined;
}

/** What happened to a frame; not that it arrived after all, nor what a head that has slipped loses, which is all. */
function linkSentence(record: TraceRecord): string | undefined {
  const isSlipped = record.kind === 'lost' && fieldsOf(record)['is'] === undefined;
  return isSlipped || record.kind === 'arrived' ? undefined : frameWords(record);
}

const SYRINGES: readonly string[] = ['aspirated', 'pocketAspirated', 'portAspirated'];

function plantSentence(kind: string, fields: Fields): string | undefined {
  if (kind === 'ranDry') return 'the reservoir runs dry; no sensor sees it';
  if (!SYRINGES.includes(kind)) return undefined;
  return `the syringe shows ${volume.format(volume.of(Number(fields['reading'])))}`;
}

const ACT_WORDS: Readonly<Record<string, string>> = {
  requestBolus: 'asks for a bolus',
  drain: 'drain the reservoir',
  resetValve: 'reset the valve that has shut',
  aspirate: 'aspirate up to',
  inject: 'inject',
  aspiratePocket: 'draw up from under the skin up to',
  aspiratePort: 'draw from the access port',
  injectPort: 'inject into the access port',
  dyeStudy: 'inject contrast into the access port:',
  film: 'take an X-ray of the rotor',
  withdrawCsf: 'let CSF off:',
  askPatient: 'ask the patient',
  listen: 'listen to the pump for',
  catheter: 'put a new catheter in',
  connectCatheter: 'put the pump on its catheter',
  disconnectCatheter: 'take the pump off its catheter',
  enterScanner: 'bring the patient into a scanner of',
  leaveScanner: 'bring the patient out of the scanner',
  resetMemory: 'have a laboratory reset the memory',
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
  prepare: 'wash the water out of the new pump with',
  rinse: 'rinse with',
  replace: 'put another pump in place',
  readHistory: 'reads the prescription history',
  readLog: 'reads the event log',
  readUsage: 'reads how the handset was used',
  endSession: 'ends the session',
  silence: 'silences the alarm',
  bolus: 'orders a single bolus',
  editBolus: 'enters a single bolus',
  clearAlarm: 'clears the alarm',
  setAlarmInterval: 'lets critical alarms sound every',
  testAlarm: 'sounds both tones for a test',
};

/** What hands found, in words. */
export function foundWords({ found, turned, asked, since }: Fields): string {
  const words = [found ?? []].flat().map((code) => FOUND_WORDS[String(code)] ?? String(code));
  if (typeof turned !== 'number' || typeof asked !== 'number' || typeof since !== 'number') return words.join('; ');
  const before = `the film ${formatDuration(span(since))} before`;
  // What nobody can see on a film is not told of it.
  const far = [found].flat().includes('rotorUnclear')
    ? `it was asked for ${asked === 0 ? 'less than 1' : asked}°`
    : `${turned}° of the ${asked}° it was asked for`;
  return `${words.join('; ').replace('the film before', before)}; ${far}`;
}
const FOUND_WORDS: Readonly<Record<string, string>> = {
  ...FINDINGS,
  ...Object.fromEntries(SIGN_CODES.map((sign) => [sign, SIGNS[sign].says])),
};

/** An act as a sentence: by whom, and its data as the trace has them; `inPump` is the drug of a dose without one. */
export function actSentence(by: string, fields: Fields, inPump: DrugName | undefined): string {
  const type = String(fields['type'] ?? '');
  if (by === 'refused') return `not done: ${REFUSED_WORDS[String(fields['refused'])] ?? fields['refused']}`;
  if (by === 'found') return `found: ${foundWords(fields)}`;
  if (by === 'world') return worldSentence(fromJson<WorldAct>(toJson(fields)));
  const amount = typeof fields['volume'] === 'number' ? ` ${volume.format(volume.of(fields['volume']))}` : '';
  if (type === 'bolus' || type === 'editBolus') {
    const entry = fromJson<BolusOrderEntry>(toJson(fields));
    return `${by} ${ACT_WORDS[type]}: ${orderEntered(entry, inPump)}`;
  }
  if (type === 'silence' || type === 'clearAlarm')
    return `${by} ${ACT_WORDS[type]}: ${ALARMS[fields['alarm'] as AlarmCode].text.toLowerCase()}`;
  const what = detailOf(type, fields, inPump);
  const word = CLOCK_WORDS[String(fields['choice'])] ?? ACT_WORDS[type] ?? type;
  return `${by} ${word}${amount}${what}`;
}

function detailOf(type: string, fields: Fields, inPump: DrugName | undefined): string {
  if (type === 'prescribe' || type === 'edit') {
    const words = enteredWords(fromJson<EditEntry>(toJson(fields)), inPump);
    return words === '' ? '' : `: ${words}`;
  }
  if (type === 'setAlarmInterval') return ` ${formatDuration(span(Number(fields['interval'])))}`;
  if (type === 'listen') return ` ${formatDuration(span(Number(fields['for'])))}`;
  if (type === 'enterScanner') return ` ${fieldStrength.format(fieldStrength.of(Number(fields['field'])))}`;
  if (type === 'inject' && fields['into'] === 'pocket') return `${solutionIn(fields)} beside the pump`;
  if (type === 'compare') return ` ${fields['from']} and ${fields['to']}`;
  return type === 'prepare' ? solutionIn(fields).replace(/^ of/u, '') : solutionIn(fields);
}

/** A clock that is not set now. */
const CLOCK_WORDS: Readonly<Record<string, string>> = {
  later: 'leaves the clock of the pump for another time',
  keep: 'keeps the clock of the pump as it is',
};

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

/** Whether only the pump knows what a record says; an alarm is heard. */
const isInPump = ({ layer, kind, data }: TraceRecord): boolean =>
  layer === 'firmware' && kind === 'log' && !/^alarm/u.test(String(fieldsIn(data)['kind']));

/** Whether who is in the room sees what a record says: acts, what hands find, syringes, and the patient's own handset. */
const isAtBedside = ({ layer, kind }: TraceRecord): boolean =>
  (layer === 'act' && kind !== 'world') || (layer === 'plant' && SYRINGES.includes(kind)) || layer === 'programmer';

/** Conditions of a record in words. */
const conditionWords = (codes: readonly unknown[]): string =>
  codes.map((code) => CONDITIONS[code as ConditionCode].text).join(', ');

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
    case 'limitAsked':
    case 'limitConfirmed':
    case 'limitDeclined':
    case 'limitRefused':
      return `${LOG_WORDS[kind]}: ${data['limit']} of ${data['drug']}`;
    case 'discrepancyNoted':
      return `${LOG_WORDS[kind]}: ${DISCREPANCY_REASONS[data['reason'] as DiscrepancyReason].text}`;
    case 'bolusDenied':
    case 'commandRefused':
      return `${LOG_WORDS[kind]}: ${REFUSALS[data['code'] as RefusalCode]}`;
    case 'bolusEnded':
    case 'clinicianBolusEnded':
    case 'periodicEnded':
      return `${LOG_WORDS[kind]}: ${BOLUS_END_WORDS[data['why'] as BolusEnd]}`;
    case 'conditionDeclared':
      return `declared: ${conditionWords([data['conditions'] ?? []].flat())}`;
    case 'conditionGone':
      return `gone: ${conditionWords([data['condition']])}`;
    case 'deliveryStopped':
      return `${LOG_WORDS[kind]}: ${STOP_REASONS[data['why'] as StopReason]}`;
    default:
      return LOG_WORDS[kind];
  }
}
