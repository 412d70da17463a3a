import { z } from 'zod';
import { scenarioSchema } from '../scenario/schema.ts';
import { keys, oneWordOf, span, wallClock, writtenJsonSchema } from '../scenario/text.ts';
import { distributionSchema } from './distribution.ts';
import { GROUPS } from './measures.ts';

/*
 * The plan of a campaign as people write it: what a pump and its patient are is said as in a scenario, and any value may
 * stand for many.
 */

export const MOST_PUMPS = 1_000_000;
const seed = z.int().min(0).max(0x7fffffff);
export const pumpsSchema = z.int().min(1).max(MOST_PUMPS);

const above = (least: string) => {
  const bound = span.parse(least);
  return span.refine((given) => given >= bound, `expected at least "${least}"`);
};

const requests = z.union(
  [
    z.literal('none').transform(() => null),
    keys({
      every: above('1min'),
      jitter: span.exactOptional().describe('Most that a request lies before or after its even time'),
    }).superRefine(({ every, jitter = 0 }, context) => {
      if (jitter * 2 > every)
        context.addIssue({ code: 'custom', path: ['jitter'], message: 'at most half of "every"' });
    }),
  ],
  { error: () => 'expected { every: 3h, jitter: 30min }, or none' },
);

/** What is drawn anew at each visit, not once for each pump. */
export const PER_VISIT = ['late', 'afterAlarm'] as const;
const clinic = keys({
  margin: span.prefault('7d').describe('So long before the refill-by date its appointment lies'),
  late: span.prefault('0d').describe('So long after its appointment a patient comes; drawn for each visit'),
  afterAlarm: above('1h')
    .prefault('2d')
    .describe('So long after an alarm a patient comes who has no appointment before; drawn for each alarm'),
});

const { profile, library, start, faults, hazards } = scenarioSchema.shape;

/** One pump, its patient and its clinic, with every value drawn. */
export const settingSchema = keys({
  profile,
  library,
  start: start.unwrap(),
  faults,
  hazards,
  requests: requests.exactOptional().describe('How often the patient asks for a bolus; none unless given'),
  clinic: clinic.prefault({}),
});
export type Setting = z.output<typeof settingSchema>;

/** The keys of a pump, before anything is drawn. */
const undrawn = Object.fromEntries(
  Object.keys(settingSchema.shape).map((key) => [key, z.unknown().optional()]),
) as Record<keyof typeof settingSchema.shape, z.ZodOptional<z.ZodUnknown>>;

const armName = z.string().regex(/^[^\p{Cc}]{1,40}$/u, 'expected a name of at most 40 characters');

/** A plan, its pumps as they are written. */
export const planSchema = keys({
  thecal: z.literal('campaign/1'),
  title: z.string().min(1),
  about: z.string().exactOptional().describe('What is asked, and what is varied for it'),
  source: z.array(z.string().min(1)).exactOptional().describe('Where the numbers come from'),
  seed,
  pumps: pumpsSchema.describe('How many; each lives once in every arm'),
  span: above('1d').describe('How long each is lived with, at most'),
  clock: wallClock.describe('Local date and time at the start'),
  ...undrawn,
  measure: z
    .array(oneWordOf(GROUPS))
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'expected each once')
    .describe('What is measured of each life'),
  arms: z
    .record(armName, keys(undrawn))
    .refine((arms) => Object.keys(arms).length > 1, 'expected at least two arms, or none')
    .exactOptional()
    .describe('Variants to compare: each says what is other in it, and is lived by the same pumps'),
});
export type PlanFile = z.output<typeof planSchema>;

/** The JSON Schema of a plan, for editors: every value of a pump may stand for many. */
export function campaignJsonSchema(): unknown {
  const { properties: ofPump = {}, $defs: shared = {} } = writtenJsonSchema(settingSchema, 'ref');
  // Written out whole: what is shared goes by number, and the numbers are those of a pump's.
  const plan = writtenJsonSchema(planSchema);
  const { $schema: _, ...drawn } = writtenJsonSchema(distributionSchema);
  const pump = drawable(ofPump);
  const arms = plan.properties?.['arms'];
  if (typeof arms !== 'object') throw new Error('the schema of a plan has no arms');
  return {
    title: 'Thecal campaign',
    ...plan,
    properties: {
      ...plan.properties,
      ...pump,
      arms: { ...arms, additionalProperties: { type: 'object', properties: pump, additionalProperties: false } },
    },
    $defs: { ...(drawable(shared) as object), drawn },
  };
}

/** Schemas by name, each of which a distribution may stand in for, and so for each within; of an overlay nothing is required. */
function drawable(schemas: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, { anyOf: [within(schema), { $ref: '#/$defs/drawn' }] }]),
  );
}

function within(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(within);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { required: _, ...others } = schema as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(others).map(([key, value]) => [
      key,
      key === 'properties' ? drawable(value as Record<string, unknown>) : key === 'examples' ? value : within(value),
    ]),
  );
}
