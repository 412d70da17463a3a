import { z } from 'zod';
import { digestOf } from '../../shared/index.ts';
import { readBy } from '../scenario/issues.ts';
import { MEASURE_NAMES } from './measures.ts';
import { tallySchema } from './summary.ts';

/** Results that cannot be used, or do not belong together; where in a text, counted from 1. */
export class ResultError extends Error {
  override readonly name = 'ResultError';
  readonly line: number;
  readonly column: number;

  constructor(message: string, { line, column } = { line: 1, column: 1 }) {
    super(message);
    [this.line, this.column] = [line, column];
  }
}

const resultSchema = z.strictObject({
  thecal: z.literal('campaign-result/1'),
  /** Of Thecal: another may have lived the same pumps otherwise. */
  version: z.string(),
  /** The digest of the plan. */
  plan: z.string(),
  title: z.string(),
  seed: z.int(),
  pumps: z.int(),
  span: z.int(),
  shard: z
    .strictObject({ number: z.int().min(1), of: z.int().min(1) })
    .refine(({ number, of }) => number <= of, 'expected one of so many'),
  arms: z.array(z.string()).min(1),
  columns: z.array(z.enum(MEASURE_NAMES)),
  /** The number of a pump, that of its arm, counted from 0, and a value for each column. */
  rows: z.array(z.array(z.int().nullable()).min(2)),
  /** How many lives were held against the always-true rules, and which of them broke one, in words. */
  watched: z.int(),
  breaches: z.array(z.string()),
  /** For each arm, a tally for each column. */
  summary: z.array(z.array(tallySchema)),
});

/** What became of the pumps of one shard of so many; of a whole campaign it is shard 1 of 1. */
export type CampaignResult = Readonly<z.output<typeof resultSchema>>;

/** Longest result that is read, in characters. */
export const MOST_RESULT = 500_000_000;

/** A result as the text of a file, a line for each life; a digest of the rest stands first. */
export function resultText(result: CampaignResult): string {
  const { rows, summary, ...head } = result;
  const lines = (values: readonly unknown[]) => `[\n${values.map((each) => JSON.stringify(each)).join(',\n')}\n]`;
  const rest = `${JSON.stringify(head).slice(1, -1)},\n"summary":${lines(summary)},\n"rows":${lines(rows)}}\n`;
  return `{"digest":"${digestOf(rest)}",\n${rest}`;
}

const BEGINS = '{"digest":"';
const ENDS = ']}\n';
const WITH_DIGEST = /^\{"digest":"([0-9a-f]+)",\n/;

/** Reads a result from the text of a file. Throws ResultError, also where a file was changed after it was written. */
export function readResult(text: string): CampaignResult {
  const [head = '', digest] = WITH_DIGEST.exec(text) ?? [];
  const rest = text.slice(head.length);
  const parsed = readBy(resultSchema, digest === undefined ? parsedJson(text, 0) : parsedJson(text, head.length));
  if (!parsed.success) throw new ResultError(`no result of a campaign: ${parsed.problems[0]?.message ?? ''}`);
  if (digest !== digestOf(rest)) throw new ResultError(`changed after it was written: ${AS_LEFT}`);
  return parsed.data;
}

const AS_LEFT = 'expected a result as "thecal campaign run" or "merge" left it';

/** What a text says, without so many characters of its head, after which its keys go on. */
function parsedJson(text: string, head: number): unknown {
  const json = head === 0 ? text : `{${text.slice(head)}`;
  try {
    return JSON.parse(json);
  } catch (error) {
    if (!text.startsWith(BEGINS))
      throw new ResultError('no result of a campaign: expected a file that "thecal campaign run" or "merge" wrote');
    if (!text.endsWith(ENDS))
      throw new ResultError('a result that is cut short here: expected the rest of it', placeIn(text, text.length));
    const [, offset = 0] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
    const place = placeIn(text, Number(offset) + text.length - json.length);
    throw new ResultError(`a result that is garbled here: ${AS_LEFT}`, place);
  }
}

/** Where a character of a text stands. */
function placeIn(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
