import { z } from 'zod';
import { didYouMean } from '../../shared/index.ts';
import {
  condition,
  expectation,
  isWrittenStep,
  REFUSED,
  scenarioSchema,
  step,
  type WrittenStep,
} from '../scenario/schema.ts';
import { keys, span, writtenJsonSchema } from '../scenario/text.ts';
import { actsOf } from '../session/vocabulary.ts';

/*
 * A training case as people write it: a scenario up to the moment at which the learner comes in, what the learner is
 * told, and what is looked for in what the learner does.
 */

const told = z.string().min(1);

/** A value that another seed makes another: one of a list, or of a range in equal steps, ends included. */
const draw = z.union(
  [
    z
      .array(z.union([z.string().min(1), z.number()]))
      .min(2, { error: () => 'expected at least two values, of which the seed draws one' }),
    keys({ from: z.string().min(1), to: z.string().min(1), step: z.string().min(1) }),
  ],
  { error: () => 'expected a list of values such as [2 mL, 3 mL], or { from: 2 mL, to: 4 mL, step: 0.5 mL }' },
);
export type Draw = z.output<typeof draw>;
export const drawSchema = z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'expected a word such as "bias"'), draw);

const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const value = z.union([
  z.string().min(1),
  z.number(),
  z.boolean(),
  keys({ atLeast: z.string().min(1).exactOptional(), atMost: z.string().min(1).exactOptional() }),
]);
/** A value that was entered: itself, a quantity within bounds, or any of several such. */
const wanted = z.union([value, z.array(value).min(1)]);

export const DOERS = ['clinician', 'patient', 'hands', 'measure'] as const;
/** An act, by who did it and what it is called; `with` is what was entered with it. */
const deed = keys({
  clinician: names.exactOptional(),
  patient: names.exactOptional(),
  hands: names.exactOptional(),
  measure: names.exactOptional().describe('Something the case offers beside the pump, by its name'),
  with: z.record(z.string(), wanted).exactOptional().describe('What was entered with it, by its names in the trace'),
  refused: z
    .union([z.enum(REFUSED), z.literal('any')])
    .exactOptional()
    .describe('It was tried, and refused so; left out: it was done'),
}).superRefine((value, context) => {
  const actors = DOERS.filter((actor) => value[actor] !== undefined);
  if (actors.length !== 1) context.addIssue({ code: 'custom', message: `expected exactly one of ${DOERS.join(', ')}` });
  for (const actor of ['clinician', 'patient', 'hands'] as const)
    for (const name of [value[actor] ?? []].flat()) {
      const names = actsOf(actor);
      const message = `"${name}": expected one of ${names.join(', ')}${didYouMean(names, name)}`;
      if (!names.includes(name)) context.addIssue({ code: 'custom', path: [actor], message });
    }
});
export type Deed = z.output<typeof deed>;

const deeds = z.union([deed, z.array(deed).min(1)], {
  error: () => 'expected an act such as { hands: drain }, or a list of them, of which any will do',
});

/** Longest that a drug was at a level that shows, and at one that is dangerous, too little and too much. */
const harm = keys({
  little: span.exactOptional().describe('Below 70 % of the usual level'),
  tooLittle: span.exactOptional().describe('Below 35 % of it'),
  much: span.exactOptional().describe('Above 1.5 times the usual level'),
  tooMuch: span.exactOptional().describe('Above 3 times the usual level'),
}).describe('The longest each may last in all, by the teaching model of the CSF');

const KINDS = ['did', 'never', 'reached', 'finally', 'harm'] as const;

const line = keys({
  id: z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'expected a word such as "comparedVolumes"'),
  says: told.describe('What is looked for, in words'),
  expert: told.describe('What an expert does there, and why'),
  must: z.boolean().exactOptional().describe('Whether the case is failed without it; it is unless this says no'),
  points: z.int().min(0).exactOptional(),
  did: deeds.exactOptional().describe('An act that the learner did'),
  never: z
    .union([deeds, condition])
    .exactOptional()
    .describe('An act that the learner did not do, or what never came to be'),
  reached: expectation.exactOptional().describe('What was so at some instant'),
  finally: expectation.exactOptional().describe('What is so when the case is over'),
  harm: harm.exactOptional(),
  within: span.exactOptional().describe('So soon after the learner came in'),
  before: z.string().exactOptional().describe('Before what another line looks for'),
  after: z.string().exactOptional().describe('After what another line looks for'),
}).superRefine((value, context) => {
  const given = KINDS.filter((kind) => value[kind] !== undefined);
  if (given.length !== 1) context.addIssue({ code: 'custom', message: `expected exactly one of ${KINDS.join(', ')}` });
  const timed = value.did !== undefined || value.reached !== undefined;
  for (const key of ['within', 'before', 'after'] as const)
    if (value[key] !== undefined && !timed)
      context.addIssue({ code: 'custom', path: [key], message: `"${key}" belongs to "did" or "reached"` });
});
export type RubricLine = z.output<typeof line>;

/** Something that can be done beside the pump, in words; what it answers is told to who has done it. */
const measure = z.union(
  [
    told.transform((says): Measure => ({ says })),
    keys({ says: told, answer: told.exactOptional().describe('What the learner is told once it is done') }),
  ],
  { error: () => 'expected a text, or { says: The pharmacy is asked, answer: "It was 2000 mcg/mL" }' },
);
export interface Measure {
  readonly says: string;
  readonly answer?: string;
}

/** A step of a scenario, or something the case offers beside the pump. */
const taken = z.union([step, keys({ measure: told })], {
  error: () => 'expected a step such as { hands: drain }, or { measure: … }',
});
const script = z.array(taken);

const hint = keys({
  say: told,
  after: span.describe('So long after the learner came in'),
  unless: z.string().exactOptional().describe('Not once this line of the rubric is met'),
});

const learners = keys({
  expert: script.min(1).describe('What somebody does who passes'),
  passive: script.exactOptional().describe('What somebody does who only waits; nothing unless given'),
  mistaken: keys({ error: told, does: script.min(1), misses: z.array(z.string()).min(1) }).describe(
    'The error this case is known for: what it is, what is done, and the lines it misses',
  ),
}).describe('Three who take the case, for its own test');

const beginning = scenarioSchema.pick({
  profile: true,
  library: true,
  clock: true,
  start: true,
  faults: true,
  hazards: true,
  story: true,
}).shape;

/** What a case is called; whatever else stands there. */
export const headSchema = z.looseObject({ title: told });

export const caseSchema = keys({
  thecal: z.literal('case/1'),
  title: told,
  about: told.exactOptional().describe('For whoever teaches: what happens, and the arithmetic'),
  source: z.array(told).min(1).describe('Where the numbers come from'),
  draw: drawSchema.exactOptional().describe('Values that the seed decides; each stands as $name wherever it is needed'),
  briefing: told.describe('What the learner is told: who, where, what for'),
  complaint: told.describe('What the patient says and shows'),
  hidden: told.describe('What the learner could not know; told in the debrief'),
  ends: span.describe('How long after the learner came in the case is over'),
  begins: keys(beginning).describe('A scenario up to the instant at which the learner comes in'),
  measures: z
    .record(z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'expected a word such as "callPhysician"'), measure)
    .exactOptional()
    .describe(
      'What can be done beside the pump, such as calling somebody: noted and judged, without effect on pump or patient',
    ),
  hints: z.array(hint).exactOptional(),
  rubric: z.array(line).min(1),
  learners,
}).superRefine(({ rubric, hints = [], measures = {}, learners }, context) => {
  const ids = rubric.map(({ id }) => id);
  const known = (id: string, path: (string | number)[]) => {
    if (!ids.includes(id))
      context.addIssue({ code: 'custom', path, message: `"${id}": expected a line of the rubric: ${ids.join(', ')}` });
  };
  for (const [i, { id, before, after }] of rubric.entries()) {
    if (ids.indexOf(id) < i)
      context.addIssue({ code: 'custom', path: ['rubric', i, 'id'], message: `"${id}" stands here twice` });
    if (before !== undefined) known(before, ['rubric', i, 'before']);
    if (after !== undefined) known(after, ['rubric', i, 'after']);
  }
  const wrong = (path: (string | number)[], given: string) => {
    const names = Object.keys(measures);
    const message = `"${given}": expected one of measures: ${names.join(', ')}${didYouMean(names, given)}`;
    if (!names.includes(given)) context.addIssue({ code: 'custom', path, message });
  };
  for (const [i, { did, never }] of rubric.entries())
    for (const deed of [did ?? [], never ?? []].flat())
      if ('measure' in deed) for (const name of [deed.measure ?? []].flat()) wrong(['rubric', i], name);
  for (const [who, script] of scriptsIn(learners))
    for (const [i, each] of script.entries()) if ('measure' in each) wrong(['learners', ...who, i], each.measure);
  for (const [i, { unless }] of hints.entries()) if (unless !== undefined) known(unless, ['hints', i, 'unless']);
  for (const [i, id] of learners.mistaken.misses.entries()) {
    const path = ['learners', 'mistaken', 'misses', i];
    known(id, path);
    // Missed is what makes a case not passed.
    if (rubric.some((line) => line.id === id && line.must === false))
      context.addIssue({ code: 'custom', path, message: `"${id}" says must: false: expected a line that must be met` });
  }
});
/** Every script, and where it stands. */
const scriptsIn = ({ expert, passive = [], mistaken }: z.output<typeof learners>) =>
  [
    [['expert'], expert],
    [['passive'], passive],
    [['mistaken', 'does'], mistaken.does],
  ] as const;

export type CaseFile = z.output<typeof caseSchema>;

/** A step of somebody who takes the case, as it is written. */
export type ScriptStep = WrittenStep | { readonly measure: string };

const isMeasure = (value: unknown): value is Extract<ScriptStep, { readonly measure: string }> =>
  typeof value === 'object' && value !== null && 'measure' in value && typeof value.measure === 'string';

export const isWrittenScript = (value: unknown): value is readonly ScriptStep[] =>
  Array.isArray(value) && value.every((each) => isMeasure(each) || isWrittenStep(each));

/** The JSON Schema of a case file, for editors. */
export function caseJsonSchema(): unknown {
  return { title: 'Thecal training case', ...writtenJsonSchema(caseSchema, 'ref') };
}
