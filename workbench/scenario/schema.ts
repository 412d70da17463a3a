import { z } from 'zod';
import { FINDINGS, HANDS_REFUSALS, SIGN_CODES } from '../../firmware-sim/index.ts';
import { type DrugLibrary, PROGRAMMER_REFUSALS } from '../../programmer/index.ts';
import {
  ALARM_CODES,
  type Branded,
  concentration,
  didYouMean,
  doseRate,
  INFUSION_STATES,
  type Kind,
  LOG_KINDS,
  level,
  mass,
  PROFILE_NAMES,
  type ProfileSheet,
  REFUSAL_CODES,
  RESERVOIR_STATES,
  rate,
  volume,
} from '../../shared/index.ts';
import type { Refused } from '../act.ts';
import type { Hazard } from '../hazards.ts';
import { profileExpected } from '../profile/reference.ts';
import { clinicianAct, fluid, handsAct, part, patientAct, worldAct } from './acts.ts';
import { prescribe } from './entries.ts';
import { LIBRARY_EXPECTED, LIBRARY_REFERENCE } from './library.ts';
import { FILE_PATH } from './named-file.ts';
import { BELIEF, HANDSET, HISTORY, LOG, PATIENT, type Reading, SCREEN, TRUTH } from './readings.ts';
import { keys, span, wallClock, written, writtenJsonSchema, writtenSpan, writtenTotal } from './text.ts';

/** Everything an act can be refused with, by whoever refuses. */
export const REFUSED = [
  ...REFUSAL_CODES,
  ...Object.keys(PROGRAMMER_REFUSALS),
  ...Object.keys(HANDS_REFUSALS),
  'notMeasured',
] as [Refused, ...Refused[]];

const bounds = <T extends z.ZodType>(value: T) =>
  keys({ atLeast: value.exactOptional(), atMost: value.optional() }).superRefine((given, context) => {
    const [least, most] = [given.atLeast, given.atMost].map(amountOf);
    if (least === undefined && most === undefined)
      context.addIssue({ code: 'custom', message: 'expected atLeast, atMost or both' });
    if (least === undefined || most === undefined || least <= most) return;
    context.addIssue({ code: 'custom', path: ['atMost'], message: 'atMost is less than atLeast: nothing can be both' });
  });

/** The number behind a bound; undefined where there is none. */
function amountOf(bound: unknown): bigint | undefined {
  if (typeof bound === 'number') return BigInt(bound);
  if (typeof bound !== 'object' || bound === null || !('value' in bound)) return undefined;
  const { value } = bound;
  return typeof value === 'number' || typeof value === 'bigint' ? BigInt(value) : undefined;
}

const leaf = <T extends z.ZodType>(value: T, example: string) =>
  z.union([value, bounds(value)], {
    error: () => `expected a value such as ${example}, or a bound { atLeast: …, atMost: … }`,
  });
const unit = <T extends Branded<string>>(kind: Kind<T>) => leaf(written(kind), `"${kind.example}"`);
const time = () => leaf(writtenSpan, '"62d 4h"');

const LEAVES = {
  volume: unit(volume),
  total: leaf(writtenTotal(volume), `"${volume.example}"`),
  rate: unit(rate),
  doseRate: unit(doseRate),
  mass: unit(mass),
  concentration: unit(concentration),
  level: unit(level),
  duration: time(),
  count: leaf(z.int(), '3'),
  text: z.string(),
} as const;

/** Refuses what expects nothing: it would be met whatever happens. */
function atLeastOne(value: object, context: z.core.$RefinementCtx): void {
  if (Object.keys(value).length === 0)
    context.addIssue({ code: 'custom', message: 'empty: expected at least one expectation' });
}

/** Refuses a list that has a word which none of these is. */
const someOf = (words: readonly string[]) => (text: string, context: z.core.$RefinementCtx) => {
  const unknown = text.split(', ').find((each) => !words.includes(each));
  if (unknown === undefined) return;
  const message = `"${unknown}": expected some of ${words.join(', ')}${didYouMean(words, unknown)}`;
  context.addIssue({ code: 'custom', message });
};

const FOUND: readonly string[] = [...Object.keys(FINDINGS), ...SIGN_CODES];

/** One optional key a reading. */
function readings(table: Readonly<Record<string, Reading>>, about: string) {
  const shape = Object.entries(table).map(([name, { kind, choices, some, about }]) => {
    const schema =
      choices !== undefined
        ? z.enum(choices as [string, ...string[]])
        : some !== undefined
          ? z.string().superRefine(someOf([...some, 'none']))
          : LEAVES[kind];
    return [name, schema.exactOptional().describe(about)];
  });
  return keys(Object.fromEntries(shape) as Record<string, z.ZodOptional<z.ZodType>>)
    .superRefine(atLeastOne)
    .describe(about);
}

export const expectation = keys({
  time: time().exactOptional().describe('Time since the story began'),
  belief: readings(BELIEF, 'What the pump believes').exactOptional(),
  truth: readings(TRUTH, 'What is physically so').exactOptional(),
  patient: readings(PATIENT, 'The patient, as the teaching model of the body has it').exactOptional(),
  screen: readings(SCREEN, 'What the clinician sees').exactOptional(),
  handset: readings(HANDSET, 'What the patient sees on the handset').exactOptional(),
  history: readings(HISTORY, 'The prescription history in the pump').exactOptional(),
  log: readings(LOG, 'How many records of a kind the event log has had').exactOptional(),
  alarms: z
    .array(z.enum(ALARM_CODES), { error: () => 'expected a list of alarms such as [lowReservoir], [] for none' })
    .exactOptional()
    .describe('Exactly the alarms that are active'),
  refused: z.enum(REFUSED).exactOptional().describe('Why the act of this step is refused'),
  found: z
    .string()
    .superRefine(someOf(FOUND))
    .exactOptional()
    .describe(`What hands found, in order, such as "spasticity": ${FOUND.join(', ')}`),
  turned: LEAVES.count.exactOptional().describe('How far the rotor has turned since the film before, in degrees'),
  shortest: time().exactOptional().describe('The shortest duration of a bolus that would have been taken'),
  retryIn: time().exactOptional().describe('How long until the refusal ends by itself'),
}).superRefine(atLeastOne);

export const condition = keys({
  alarm: z.enum(ALARM_CODES).exactOptional().describe('The alarm is active'),
  infusion: z.enum(INFUSION_STATES).exactOptional().describe('The pump is in this mode'),
  level: z.enum(RESERVOIR_STATES).exactOptional().describe('The calculated reservoir is at this level'),
  refused: z.enum(REFUSED).exactOptional().describe('An act or a press is refused so'),
  log: z.enum(LOG_KINDS).exactOptional().describe('The pump logs this'),
  truth: z.enum(['dry']).exactOptional().describe('The true reservoir runs dry'),
}).superRefine((value, context) => {
  const given = Object.keys(value);
  if (given.length !== 1)
    context.addIssue({ code: 'custom', message: 'expected exactly one condition', path: given.slice(1, 2) });
});
export type Condition = z.output<typeof condition>;

export const TIMES = ['at', 'after', 'until', 'every'] as const;
export const ACTORS = ['clinician', 'patient', 'hands', 'world'] as const;

export const step = keys({
  at: span.exactOptional().describe('Time since the story began'),
  after: span.exactOptional().describe('Time since the step before'),
  until: condition.exactOptional(),
  atMost: span.exactOptional().describe('How long `until` may take'),
  every: span.exactOptional().describe('A habit: again and again from here on'),
  jitter: span.exactOptional().describe('Most an occurrence lies before or after its even time'),
  for: span.exactOptional().describe('How long the habit lasts'),
  clinician: clinicianAct.exactOptional(),
  patient: patientAct.exactOptional(),
  hands: handsAct.exactOptional(),
  world: worldAct.exactOptional(),
  expect: expectation.exactOptional(),
}).superRefine((value, context) => {
  const wrong = (message: string, key?: string) =>
    context.addIssue({ code: 'custom', message, path: key === undefined ? [] : [key] });
  const given = (names: readonly (keyof typeof value)[]) => names.filter((name) => value[name] !== undefined);
  const [times, actors] = [given(TIMES), given(ACTORS)];
  if (times[1] !== undefined) wrong(`one time a step, not both "${times[0]}" and "${times[1]}"`, times[1]);
  if (actors[1] !== undefined) wrong(`one act a step, not both "${actors[0]}" and "${actors[1]}"`, actors[1]);
  if (value.until !== undefined && value.atMost === undefined) wrong('"until" needs "atMost", such as "60d"', 'until');
  if (value.atMost !== undefined && value.until === undefined) wrong('"atMost" belongs to "until"', 'atMost');
  if (value.every !== undefined) {
    if (value.every === 0) wrong('a habit needs a time above 0', 'every');
    if (value.patient === undefined) wrong('only a patient has habits: "every" needs "patient"', 'every');
    if (value.for === undefined) wrong('"every" needs "for", such as "30d"', 'every');
    if (value.expect !== undefined)
      wrong('expectations belong to a later step, when the habit has done something', 'expect');
    if ((value.jitter ?? 0) * 2 > value.every) wrong('at most half of "every"', 'jitter');
  }
  for (const key of ['jitter', 'for'] as const) {
    if (value[key] !== undefined && value.every === undefined) wrong(`"${key}" belongs to "every"`, key);
  }
  const seen = value.expect?.found ?? value.expect?.turned;
  if (seen !== undefined && value.hands === undefined)
    wrong('no hands do anything in this step that could find it', 'expect');
  const refusal = value.expect?.refused ?? value.expect?.retryIn ?? value.expect?.shortest;
  if (refusal !== undefined && actors.length === 0)
    wrong('nothing is done in this step, so nothing can be refused', 'expect');
  if (times.length + actors.length === 0 && value.expect === undefined)
    wrong('an empty step: expected a time, an act or an expectation');
});
export type Step = z.output<typeof step>;
export type WrittenStep = z.input<typeof step>;

/** Whether a value has the shape of a step as people write it. */
export const isWrittenStep = (value: unknown): value is WrittenStep => step.safeParse(value).success;

const start = keys({
  fill: fluid.describe('Injected into the reservoir and entered at the programmer'),
  prescribe: prescribe.exactOptional(),
}).describe(
  'Short for: inject, enter the volume, implant, prescribe, with soft limits of the drug library accepted, end the session',
);

const told = z.string().min(1);
const record = keys({
  of: z
    .array(z.string().regex(/^(F-\d{2}|SC\d{1,2}|C-\d{2})$/, 'expected an id such as "F-21", "SC5" or "C-03"'))
    .min(1)
    .describe('Ids in the record of failures (docs/failures.md) that this replays'),
  belief: told.describe('What the pump believed and did'),
  truth: told.describe('What was true'),
  seen: told.describe('What clinician and patient saw'),
  lesson: told,
}).describe('A failure on record, or what a clinic does, that this scenario replays');

const hazard = keys({
  world: worldAct,
  share: part.describe('Of how many pumps it comes to within that time, evenly spread'),
  unapproved: part
    .exactOptional()
    .describe('The same of pumps with an unapproved drug, or a mixture; as share unless given'),
  within: span.refine((within) => within > 0, 'expected a time above 0'),
}).transform(
  ({ world, share, unapproved, within }): Hazard => ({ act: world, share, unapproved: unapproved ?? share, within }),
);

const ofProfile = { error: ({ input }: { readonly input?: unknown }) => profileExpected(input) };

export const scenarioSchema = keys({
  thecal: z.literal('scenario/1'),
  title: z.string().min(1),
  about: z.string().exactOptional().describe('What happens, and the arithmetic'),
  source: z.array(z.string().min(1)).exactOptional().describe('Where the numbers come from'),
  record: record.exactOptional(),
  profile: z
    .union([z.enum(PROFILE_NAMES), z.string().regex(FILE_PATH, ofProfile)], ofProfile)
    .describe('The device: a shipped profile, or the file of one, from the folder of this file'),
  library: z
    .string()
    .regex(LIBRARY_REFERENCE, LIBRARY_EXPECTED)
    .exactOptional()
    .describe(
      'The drug library of the programmer: a file, from the folder of this one, or none; else the one that is shipped',
    ),
  clock: wallClock.describe('Local date and time at the start'),
  seed: z.int().min(0).max(0x7fffffff).exactOptional(),
  start: start.exactOptional(),
  faults: z.array(worldAct).exactOptional().describe('Faults that are there from the beginning'),
  hazards: z.array(hazard).min(1).exactOptional().describe('Faults that come by chance, drawn from the seed'),
  story: z.array(step).min(1),
  never: z.array(condition).exactOptional().describe('What must not happen'),
});
/** What a scenario names rather than says. */
export interface NamedParts {
  /** The data sheet of its device. */
  readonly profile: ProfileSheet;
  /** The drug library of the programmer; null is none, left out the one that is shipped. */
  readonly library?: DrugLibrary | null;
}
/** A scenario as it is played, with what it names. */
export type Scenario = Omit<z.output<typeof scenarioSchema>, keyof NamedParts> & NamedParts;
/** A scenario as people write it: quantities are texts with their units. */
export type WrittenScenario = z.input<typeof scenarioSchema>;

/** Whether a value has the shape of a scenario as people write it. */
export const isWritten = (value: unknown): value is WrittenScenario => scenarioSchema.safeParse(value).success;

/** The JSON Schema of a scenario file, for editors. */
export function scenarioJsonSchema(): unknown {
  return { title: 'Thecal scenario', ...writtenJsonSchema(scenarioSchema) };
}
