import { z } from 'zod';
import { type Debrief, MODES } from './debrief.ts';

const text = z.string();
const whole = z.int();
const evidence = z.object({ n: whole, localTime: whole, text });
const line = z.object({
  id: text,
  says: text,
  met: z.boolean(),
  must: z.boolean(),
  points: whole,
  why: text,
  evidence: evidence.nullable(),
  expert: text,
});
const moment = z.object({
  t: whole,
  localTime: whole,
  decision: z.boolean(),
  happened: z.array(text),
  believed: text,
  true: text,
});
const harm = z.object({
  drug: text,
  lasted: z.object({ tooLittle: whole, little: whole, much: whole, tooMuch: whole }),
  least: z.number(),
  most: z.number(),
  curve: z.array(z.tuple([z.number(), z.number()])),
});

const debrief = z.object({
  debrief: z.literal('thecal.debrief/1'),
  thecal: text,
  case: z.object({ id: text, title: text }),
  seed: whole,
  mode: z.enum(MODES),
  learner: text.nullable(),
  passed: z.boolean(),
  points: whole,
  of: whole,
  began: whole,
  lasted: whole,
  saidDone: whole.nullable(),
  hints: z.array(text),
  values: z.record(text, z.union([text, z.number()])),
  hidden: text,
  rubric: z.array(line),
  timeline: z.array(moment),
  harm: z.array(harm),
});

/** Whether a value has the shape of a debrief, as it was exported. */
export const isDebrief = (value: unknown): value is Debrief => debrief.safeParse(value).success;

/** Whether a text says of itself that it is an exported debrief, whatever else may be wrong with it. */
export const isDebriefText = (text: string): boolean => /^\s*\{\s*"debrief"\s*:\s*"thecal\.debrief\//.test(text);
