import { z } from 'zod';
import { didYouMean } from '../../shared/index.ts';
import { type Fields, fieldsIn } from '../fields.ts';
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
import { neverEntered, type Wanted } from './arguments.ts';

/*
 * A training case as people write it: a scenario up to the moment at which the learner comes in, what the learner is
 * told, and what is looked for in what the learner does.
 */

const told = z.string().min(1);

/** What something of a case is called. */
const word = (example: string) => z.string().regex(/^[a-z][A-Za-z0-9]*$/, `expected a word such as "${example}"`);
const drawnValue = z.union([z.string().min(1), z.number()]);
/** Values that belong together, by the names they stand under. */
const row = z.record(word('dose'), drawnValue);
export type DrawnValue = z.output<typeof drawnValue> | z.output<typeof row>;

/** A value that another seed makes another: one of a list, of rows of such, or of a range in equal steps, ends included. */
const draw = z.union(
  [
    z.array(drawnValue).min(2, { error: () => 'expected at least two values, of which the seed draws one' }),
    z
      .array(row)
      .min(2, { error: () => 'expected at least two rows, of which the seed draws one' })
      .superRefine(ofOneShape),
    keys({ from: z.string().min(1), to: z.string().min(1), step: z.string().min(1) }),
  ],
  {
    error: () =>
      'expected a list of values such as [2 mL, 3 mL], of rows such as [{ dose: 240 mcg/day, raised: 264 mcg/day }, …], or { from: 2 mL, to: 4 mL, step: 0.5 mL }',
  },
);

/** Refuses rows that do not all have the same names. */
function ofOneShape(rows: readonly object[], context: z.core.$RefinementCtx): void {
  const names = Object.keys(rows[0] ?? {});
  for (const [i, row] of rows.entries()) {
    const own = Object.keys(row);
    const isLike = own.length === names.length && names.every((name) => own.includes(name));
    const message = `expected ${names.join(', ') || 'a name'}, as in the first row`;
    if (names.length === 0 || !isLike) context.addIssue({ code: 'custom', path: [i], message });
  }
}
export type Draw = z.output<typeof draw>;
export const drawSchema = z.record(word('bias'), draw);

const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const bound = z.union([z.string().min(1), z.number()]);
const value = z.union([
  z.string().min(1),
  z.number(),
  z.boolean(),
  keys({ atLeast: bound.exactOptional(), atMost: bound.exactOptional() }).refine(
    (given) => Object.keys(given).length > 0,
    'expected atLeast, atMost or both',
  ),
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
  except: names.exactOptional().describe('Of those named, not these: where what is right was drawn'),
  with: z
    .record(z.string(), wanted)
    .exactOptional()
    .describe('What was entered with it, by the names that the act has in a scenario'),
  refused: z
    .union([z.enum(REFUSED), z.literal('any')])
    .exactOptional()
    .describe('It was tried, and refused so; left out: it was done'),
}).superRefine((value, context) => {
  const actors = DOERS.filter((actor) => value[actor] !== undefined);
  if (actors.length !== 1) context.addIssue({ code: 'custom', message: `expected exactly one of ${DOERS.join(', ')}` });
  for (const actor of ['clinician', 'patient', 'hands'] as const)
    for (const name of value[actor] === undefined ? [] : [value[actor], value.except ?? []].flat()) {
      const names = actsOf(actor);
      const message = `"${name}": expected one of ${names.join(', ')}${didYouMean(names, name)}`;
      if (!names.includes(name)) context.addIssue({ code: 'custom', path: [actor], message });
    }
  for (const [name, wanted] of Object.entries(value.with ?? {})) {
    const wrong = neverEnteredIn(value, name, wanted);
    if (wrong !== undefined) context.addIssue({ code: 'custom', path: ['with', name], message: wrong });
  }
});

/** Why nobody can have entered that with any act of a deed; undefined where somebody can. */
function neverEnteredIn(
  value: Readonly<Partial<Record<(typeof DOERS)[number], z.output<typeof names>>>>,
  name: string,
  wanted: Wanted,
): string | undefined {
  for (const actor of DOERS)
    for (const act of [value[actor] ?? []].flat()) {
      // What is no act is told already.
      const isAct = actor === 'measure' || actsOf(actor).includes(act);
      const wrong = isAct ? neverEntered(actor, act, name, wanted) : undefined;
      if (wrong !== undefined) return wrong;
    }
  return undefined;
}
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
/** What only an act brings: there is none of it in the end. */
const OF_AN_ACT = ['refused', 'found', 'turned', 'shortest', 'retryIn'] as const;

/** The ways in which something can be looked for. */
const ways = {
  did: deeds.exactOptional().describe('An act that the learner did'),
  never: z
    .union([deeds, condition])
    .exactOptional()
    .describe('An act that the learner did not do, or what never came to be'),
  reached: expectation.exactOptional().describe('What was so at some instant'),
  finally: expectation.exactOptional().describe('What is so when the case is over'),
  harm: harm.exactOptional(),
};

/** Refuses what is looked for in no way or in two, and in the end what only an act brings. */
const oneOf = (kinds: readonly string[]) => (value: Fields, context: z.core.$RefinementCtx) => {
  const given = kinds.filter((kind) => value[kind] !== undefined);
  if (given.length !== 1) context.addIssue({ code: 'custom', message: `expected exactly one of ${kinds.join(', ')}` });
  for (const key of OF_AN_ACT)
    if (fieldsIn(value['finally'])[key] !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['finally', key],
        message: `"${key}" comes of an act: expected it in "reached"`,
      });
};

const line = keys({
  id: word('comparedVolumes'),
  says: told.describe('What is looked for, in words'),
  expert: told.describe('What an expert does there, and why'),
  must: z.boolean().exactOptional().describe('Whether the case is failed without it; it is unless this says no'),
  points: z.int().min(0).exactOptional(),
  ...ways,
  anyOf: z
    .array(keys(ways).superRefine(oneOf(KINDS)))
    .min(2)
    .exactOptional()
    .describe('Several such, of which any will do'),
  within: span.exactOptional().describe('So soon after the learner came in'),
  before: z.string().exactOptional().describe('Before what another line looks for'),
  after: z.string().exactOptional().describe('After what another line looks for'),
})
  .superRefine(oneOf([...KINDS, 'anyOf']))
  .superRefine((value, context) => {
    const timed = [value, ...(value.anyOf ?? [])].some(
      ({ did, reached }) => did !== undefined || reached !== undefined,
    );
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
    .record(word('callPhysician'), measure)
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
  for (const [i, line] of rubric.entries())
    for (const deed of [line, ...(line.anyOf ?? [])].flatMap(({ did, never }) => [did ?? [], never ?? []].flat()))
      if ('measure' in deed)
        for (const name of [deed.measure ?? [], deed.except ?? []].flat()) wrong(['rubric', i], name);
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
