import { type DrugInBody, SIGN_CODES } from '../../firmware-sim/index.ts';
import {
  dailyDose,
  FIELD_NAMES,
  FIELDS,
  type Field,
  type FieldName,
  meanDailyDose,
  standing,
} from '../../programmer/index.ts';
import {
  ALARM_CLASSES,
  CONDITION_CODES,
  DRUGS,
  type HistoryEntry,
  INFUSION_STATES,
  LOG_KINDS,
  type LogKind,
  MOTOR_STATES,
  PATIENT_CONTROL_STATES,
  PERIODIC_STATES,
  RESERVOIR_STATES,
  SERVICE_STATES,
  SOUNDS,
  STOP_REASON_CODES,
  showDateTime,
} from '../../shared/index.ts';
import type { Outcome } from '../act.ts';
import type { Simulation } from '../simulation.ts';

/** What an expectation can be held against: the simulation, and what the trace has told so far. */
export interface View {
  readonly sim: Simulation;
  readonly history: readonly HistoryEntry[];
  readonly logged: ReadonlyMap<LogKind, number>;
  /** What became of this step's act; undefined where it has none. */
  readonly outcome: Outcome | undefined;
}

/** `total` is a volume summed over a life: it may outgrow any reservoir. */
export type ReadingKind =
  | 'volume'
  | 'total'
  | 'rate'
  | 'doseRate'
  | 'mass'
  | 'concentration'
  | 'level'
  | 'duration'
  | 'count'
  | 'text';
export type Value = number | bigint | string | undefined;

/** Something that can be expected: what kind of value it is, and how it is read. Undefined: there is none. */
export interface Reading {
  readonly kind: ReadingKind;
  readonly choices?: readonly string[];
  /** Of a list in words: what can stand in it. */
  readonly some?: readonly string[];
  readonly about: string;
  readonly read: (view: View) => Value;
}

const reading = (kind: ReadingKind, about: string, read: Reading['read']): Reading => ({ kind, about, read });
const choice = (choices: readonly string[], about: string, read: Reading['read']): Reading => ({
  kind: 'text',
  choices,
  about,
  read,
});

const list = (some: readonly string[], about: string, read: Reading['read']): Reading => ({
  kind: 'text',
  some,
  about,
  read,
});

const listed = (codes: readonly string[]): string => (codes.length === 0 ? 'none' : codes.join(', '));

/** What the pump believes. */
export const BELIEF: Readonly<Record<string, Reading>> = {
  reservoir: reading('volume', 'The calculated reservoir volume', ({ sim }) => sim.belief().volume),
  commandedSinceFill: reading(
    'volume',
    'What has been commanded since the last fill',
    ({ sim }) => sim.belief().sinceFill?.commanded,
  ),
  rate: reading('rate', 'The commanded rate', ({ sim }) => sim.belief().rate),
  dailyDose: reading('doseRate', 'What the program gives in the next 24 h', ({ sim }) => {
    const status = sim.belief();
    return status.prescription === null ? undefined : dailyDose(status.prescription, standing(status), sim.profile);
  }),
  service: choice(SERVICE_STATES, 'Where the pump is in its life', ({ sim }) => sim.belief().service),
  infusion: choice(INFUSION_STATES, 'What is commanded', ({ sim }) => sim.belief().infusion),
  stopped: choice(STOP_REASON_CODES, 'Why delivery is stopped', ({ sim }) => sim.belief().stopped?.why),
  patientControl: choice(PATIENT_CONTROL_STATES, 'Patient control', ({ sim }) => sim.belief().patientControl),
  level: choice(RESERVOIR_STATES, 'The calculated reservoir level', ({ sim }) => sim.belief().reservoir),
  bolusesGiven: reading('count', 'Boluses granted in the last 24 h', ({ sim }) => sim.belief().bolusesGiven),
  granted: reading('count', 'Requests ever granted', ({ sim }) => sim.belief().granted),
  denied: reading('count', 'Requests ever denied', ({ sim }) => sim.belief().denied),
  nextBolus: reading('duration', 'Time until a request can be granted', ({ sim }) => {
    const { nextBolus, now } = sim.belief();
    return nextBolus === null ? undefined : Math.max(0, nextBolus - now);
  }),
  periodicBolus: choice(PERIODIC_STATES, 'Periodic boluses', ({ sim }) => sim.belief().periodicBolus),
  periodicNext: reading('duration', 'Time until the next periodic bolus', ({ sim }) => {
    const { periodicNext, now } = sim.belief();
    return periodicNext === null ? undefined : Math.max(0, periodicNext - now);
  }),
  clock: reading('text', 'Local time by the pump’s clock', ({ sim }) => {
    const { wall } = sim.belief();
    return wall === null ? 'unknown' : showDateTime(wall);
  }),
  prescription: reading('count', 'Number of the prescription in force', ({ sim }) => sim.belief().record),
  replaceBy: reading('duration', 'Time until the end of service, as known now', ({ sim }) => {
    const { replaceBy, now } = sim.belief();
    return replaceBy === null ? undefined : Math.max(0, replaceBy - now);
  }),
  nextTone: reading('duration', 'Time until the next tone', ({ sim }) => {
    const { nextTone, now } = sim.belief();
    return nextTone === null ? undefined : nextTone.at - now;
  }),
  tone: choice(ALARM_CLASSES, 'Class of the next tone', ({ sim }) => sim.belief().nextTone?.class),
  sound: choice(SOUNDS, 'How the next tone sounds', ({ sim }) => sim.belief().nextTone?.sound),
  criticalInterval: reading(
    'duration',
    'From one tone of a critical alarm to the next',
    ({ sim }) => sim.belief().criticalInterval,
  ),
  motor: choice(MOTOR_STATES, 'The motor as sensed', ({ sim }) => sim.belief().motor),
  conditions: list(CONDITION_CODES, 'Conditions sensed or waiting to be cleared, in their order, or none', ({ sim }) =>
    listed(sim.belief().conditions.map(({ code }) => code)),
  ),
  silenced: reading('count', 'How many alarms are silenced', ({ sim }) => sim.belief().silenced.length),
};

const doseOfDrug = (sim: Simulation, index: number): Value => {
  const drug =
    sim.belief().prescription?.drugs[index]?.name ?? (index === 0 ? sim.truth().solution?.[0]?.name : undefined);
  return drug === undefined ? undefined : (sim.truth().doses[drug] ?? 0);
};
/** How strong a drug really is in the reservoir, by its place in the prescription. */
const strengthInReservoir = (sim: Simulation, index: number): Value => {
  const { solution } = sim.truth();
  const name = sim.belief().prescription?.drugs[index]?.name ?? solution?.[index]?.name;
  const drug = solution?.find((each) => each.name === name);
  return name === undefined || solution === null ? undefined : (drug?.concentration ?? 0);
};
const doseOfPrimary = ({ sim }: View): Value => doseOfDrug(sim, 0);

/** What is physically so. */
export const TRUTH: Readonly<Record<string, Reading>> = {
  reservoir: reading('volume', 'What is in the reservoir', ({ sim }) => sim.truth().reservoir),
  rate: reading('rate', 'What really flows', ({ sim }) => sim.truth().flow),
  delivered: reading('total', 'Everything that ever flowed out of the reservoir', ({ sim }) => sim.truth().delivered),
  dose: reading('mass', 'The drug in that: the primary drug prescribed, or the one in the reservoir', doseOfPrimary),
  dose2: reading('mass', 'The same, of the second drug prescribed', ({ sim }) => doseOfDrug(sim, 1)),
  dose3: reading('mass', 'The same, of the third drug prescribed', ({ sim }) => doseOfDrug(sim, 2)),
  concentration: reading('concentration', 'How strong the primary drug is in the reservoir', ({ sim }) =>
    strengthInReservoir(sim, 0),
  ),
  concentration2: reading('concentration', 'The same, of the second drug prescribed', ({ sim }) =>
    strengthInReservoir(sim, 1),
  ),
  concentration3: reading('concentration', 'The same, of the third drug prescribed', ({ sim }) =>
    strengthInReservoir(sim, 2),
  ),
  aspirated: reading(
    'total',
    'Everything that was ever aspirated from the reservoir',
    ({ sim }) => sim.truth().aspirated,
  ),
  conditions: list(CONDITION_CODES, 'What gets in the way of the fluid, or none', ({ sim }) =>
    listed(sim.truth().conditions),
  ),
  pocket: reading(
    'total',
    'Everything that ever came out under the skin, less what was drawn up again',
    ({ sim }) => sim.truth().places.pocket,
  ),
  outside: reading(
    'total',
    'Everything that ran out of a pump on no catheter',
    ({ sim }) => sim.truth().places.outside,
  ),
};

/** What the teaching model knows of a drug in the body, by its place in the prescription. */
function inBody(sim: Simulation, index: number): DrugInBody | undefined {
  const { drugs } = sim.truth();
  const own = sim.belief().prescription?.drugs[index]?.name;
  const name = own ?? DRUGS.filter((drug) => drug in drugs)[index];
  return name === undefined ? undefined : drugs[name];
}
const PLACES_IN_WORDS: readonly (readonly [keyof DrugInBody, ReadingKind, string])[] = [
  ['csf', 'level', 'Level of the primary drug in the CSF'],
  ['usual', 'level', 'The level of it that the patient has got used to'],
  ['reached', 'mass', 'Everything of it that ever reached the CSF'],
  ['line', 'mass', 'What of it is in tubing and catheter'],
  ['pocket', 'mass', 'What of it is under the skin, and not yet taken up'],
  ['blood', 'mass', 'What of it is in the blood from there, now'],
];
const ORDER = ['', '2', '3'] as const;

/** The patient, by the teaching model: what no device and no clinician sees. */
export const PATIENT: Readonly<Record<string, Reading>> = {
  signs: list(SIGN_CODES, 'What the patient shows, the gravest first, or none', ({ sim }) => listed(sim.truth().signs)),
  ...Object.fromEntries(
    ORDER.flatMap((ordinal, index) =>
      PLACES_IN_WORDS.map(([place, kind, about]) => [
        `${place}${ordinal}`,
        reading(
          kind,
          ordinal === '' ? about : `The same, of the ${index === 1 ? 'second' : 'third'} drug`,
          ({ sim }) => inBody(sim, index)?.[place],
        ),
      ]),
    ),
  ),
};

const fieldOf = (view: View, name: FieldName): Field | undefined =>
  view.sim.screen().fields.find((field) => field.name === name);

/** What the clinician sees: the title, the number of warnings, and every field. */
export const SCREEN: Readonly<Record<string, Reading>> = {
  title: reading('text', 'Title of the screen', ({ sim }) => sim.screen().title),
  warnings: reading('count', 'How many warnings are shown', ({ sim }) => sim.screen().warnings.length),
  changes: reading(
    'count',
    'In how many parts two prescriptions side by side differ',
    ({ sim }) => sim.screen().comparison.filter(({ changed }) => changed).length,
  ),
  ...Object.fromEntries(
    FIELD_NAMES.map((name) => [
      name,
      reading(FIELDS[name].kind, FIELDS[name].label, (view) => fieldOf(view, name)?.value),
    ]),
  ),
};

const doseIn = (entry: HistoryEntry | undefined, { sim }: View): Value =>
  entry === undefined ? undefined : meanDailyDose(entry.prescription, null, sim.profile);

const libraryIn = (entry: HistoryEntry | undefined): Value =>
  entry === undefined ? undefined : entry.library === null ? 'none' : `${entry.library.name} ${entry.library.version}`;

/** What the patient reads. */
export const HANDSET: Readonly<Record<string, Reading>> = {
  display: reading('text', 'What the patient reads', ({ sim }) => sim.display()),
  ...Object.fromEntries(
    (['bolusDose', 'bolusDuration', 'lockout', 'bolusesPerDay', 'refillBy'] as const).map((name) => [
      name,
      reading(
        FIELDS[name].kind,
        FIELDS[name].label,
        ({ sim }) => sim.handsetFields().find((field) => field.name === name)?.value,
      ),
    ]),
  ),
};

/** The prescription history in the pump. */
export const HISTORY: Readonly<Record<string, Reading>> = {
  entries: reading('count', 'How many prescriptions were committed', ({ history }) => history.length),
  dailyDose: reading('doseRate', 'The daily dose of the last, the mean of its week or interval', (view) =>
    doseIn(view.history.at(-1), view),
  ),
  dailyDoseBefore: reading('doseRate', 'The daily dose of the one before', (view) => doseIn(view.history.at(-2), view)),
  by: reading('text', 'Who prescribed last', ({ history }) => history.at(-1)?.by),
  library: reading('text', 'The drug library the last was judged by: name and version, or none', ({ history }) =>
    libraryIn(history.at(-1)),
  ),
};

/** How often the event log has said something since power on. */
export const LOG: Readonly<Record<string, Reading>> = Object.fromEntries(
  LOG_KINDS.map((kind) => [kind, reading('count', `Records of ${kind}`, ({ logged }) => logged.get(kind) ?? 0)]),
);

/** Every reading, by the group under which it is expected. */
export const READINGS = {
  belief: BELIEF,
  truth: TRUTH,
  patient: PATIENT,
  screen: SCREEN,
  handset: HANDSET,
  history: HISTORY,
  log: LOG,
};
