import { z } from 'zod';
import {
  type Branded,
  concentration,
  DRUGS,
  digestOf,
  doseRate,
  type Json,
  type Kind,
  keys,
  type LibraryStamp,
  mass,
  onlyKeys,
  parseDuration,
  proportion,
  STATUSES,
  toJson,
  UnitError,
} from '../../shared/index.ts';

/*
 * A drug library as a file has it: what a clinic thinks usual and what it thinks too much, each number with its
 * source. The programmer judges by it; a pump never does.
 */

/** A number as it is written: with its unit, how well it is known, and where it comes from. */
const written = {
  value: z.number().min(0).describe('The number'),
  unit: z.string().describe('Its unit'),
  status: z.enum(STATUSES).describe('How well it is known'),
  source: z.string().min(1).describe('Where it comes from'),
};

/** A number as people write it. */
export type WrittenNumber = z.input<z.ZodObject<typeof written>>;

/** A number of one kind: `amount` is what it comes to. */
const number = <T>(parse: (text: string) => T) =>
  keys(written).transform((line, context) => {
    try {
      return { ...line, amount: parse(`${line.value} ${line.unit}`) };
    } catch (error) {
      if (!(error instanceof UnitError)) throw error;
      context.issues.push({ code: 'custom', message: error.message, input: line });
      return z.NEVER;
    }
  });
const of = <T extends Branded<string>>(kind: Kind<T>) => number(kind.parse);

/** Above soft a clinician is asked, above hard the programmer refuses; as much as either is not above it. */
const limit = <T extends { readonly amount: number }>(schema: z.ZodType<T>, about: string) =>
  keys({
    soft: schema.exactOptional().describe('Above it the clinician is asked'),
    hard: schema.exactOptional().describe('Above it the programmer refuses'),
  })
    .superRefine(({ soft, hard }, context) => {
      if (soft === undefined && hard === undefined)
        context.addIssue({ code: 'custom', message: 'expected soft, hard or both' });
      if (soft !== undefined && hard !== undefined && soft.amount > hard.amount)
        context.addIssue({ code: 'custom', path: ['hard'], message: 'hard is less than soft: nobody would be asked' });
    })
    .describe(about);

/** A step is a dose per day, or a share of the dose before. */
const step = keys({
  soft: number((text) =>
    text.endsWith('%') ? { share: proportion.parse(text), dose: null } : { share: null, dose: doseRate.parse(text) },
  ).describe('Above it the clinician is asked'),
}).describe('How much more a day may bring than before, as a dose per day or in % of the dose before');

const drugSchema = keys({
  unit: z.enum(['mcg', 'mg']).describe('The unit its doses are shown in'),
  approved: keys({
    value: z.enum(['on-label', 'off-label']),
    status: z.enum(STATUSES).describe('How well it is known'),
    source: z.string().min(1).describe('Where it comes from'),
  }).describe('Whether it is approved for intrathecal use from a pump'),
  concentrations: z.array(of(concentration)).describe('The concentrations that are sold'),
  limits: keys({
    dailyDose: limit(of(doseRate), 'The most any 24 h can bring, all allotted boluses included').exactOptional(),
    startingDose: limit(of(doseRate), 'The same, where the pump had another drug before, or none').exactOptional(),
    step: step.exactOptional(),
    concentration: limit(of(concentration), 'How strong it may be').exactOptional(),
    patientBolus: limit(of(mass), 'One bolus of the patient').exactOptional(),
    clinicianBolus: limit(of(mass), 'One bolus of a program, or by a clinician').exactOptional(),
  }).describe('What the programmer asks about or refuses'),
  stability: number(parseDuration).exactOptional().describe('How long it may stay in the pump, from the day of fill'),
});

export const librarySchema = keys({
  thecal: z.literal('drug-library/1'),
  name: z
    .string()
    .min(1)
    .max(60)
    .regex(/^\P{Cc}+$/u, 'expected a name on one line'),
  version: z
    .string()
    .min(1)
    .max(20)
    .regex(/^\P{Cc}+$/u, 'expected a version such as "1.0"'),
  about: z.string().min(1).exactOptional().describe('Whose it is, and what it is for'),
  refillInterval: number(parseDuration).exactOptional().describe('The longest a pump may go without a refill'),
  drugs: z.partialRecord(z.enum(DRUGS), drugSchema, onlyKeys(DRUGS)).describe('The drugs, by name'),
});

type Read = z.output<typeof librarySchema>;
/** A drug library as people write it. */
export type WrittenLibrary = z.input<typeof librarySchema>;
export type LibraryDrug = z.output<typeof drugSchema>;
/** A drug library that has been read, and the stamp by which a pump's history names it. */
export type DrugLibrary = Omit<Read, 'thecal'> & { readonly stamp: LibraryStamp };

/** The library behind what was parsed. */
export function libraryOf(read: Read): DrugLibrary {
  const { thecal: _, ...library } = read;
  const { name, version } = library;
  return { ...library, stamp: { name, version, digest: digestOf(contentOf(toJson(library))) } };
}

/** Numbers as texts: a digest is of whole numbers and texts alone. */
function contentOf(value: Json): Json {
  if (typeof value === 'number') return `${value}`;
  if (Array.isArray(value)) return value.map(contentOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, contentOf(each)]));
}
