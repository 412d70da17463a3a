import { z } from 'zod';
import { span } from '../../shared/index.ts';
import { readBy } from '../scenario/issues.ts';
import type { NamedFile, OpenFile } from '../scenario/named-file.ts';
import { FileError } from '../scenario/problem.ts';
import { type Instead, loadPlan, type Plan } from './plan.ts';
import { ResultError } from './result.ts';
import { MOST_PUMPS, pumpsSchema } from './schema.ts';

/*
 * A campaign as it waits in a queue, for workers that have nothing else of it.
 */

/** What the digest of a plan looks like. */
export const DIGEST = /^[0-9a-f]{32}$/;
export const shardNumber = z.int().min(1).max(MOST_PUMPS);

const submittedSchema = z.strictObject({
  thecal: z.literal('campaign-queue/1'),
  /** Of Thecal: workers of another leave it alone. */
  version: z.string(),
  /** The digest of the plan, which is the name of the campaign. */
  plan: z.string().regex(DIGEST),
  title: z.string(),
  /** Into how many shards its pumps are parted. */
  shards: shardNumber,
  /** The plan as it is written, and what is asked for in place of what it says: the time in ms. */
  text: z.string(),
  instead: z.strictObject({
    pumps: pumpsSchema.exactOptional(),
    span: z.int().min(1).transform(span).exactOptional(),
  }),
  /** The files that it names, by the paths that it names them by. */
  files: z.record(z.string(), z.string()),
});
export type Submitted = Readonly<z.output<typeof submittedSchema>>;

/** What is written of a plan. */
export interface WrittenPlan {
  readonly text: string;
  readonly instead: Instead;
  readonly files: ReadonlyMap<string, NamedFile>;
}

export function submittedOf(plan: Plan, written: WrittenPlan, shards: number, version: string): Submitted {
  const { pumps, span: lasting } = written.instead;
  return {
    thecal: 'campaign-queue/1',
    version,
    plan: plan.digest,
    title: plan.title,
    shards,
    text: written.text,
    instead: { ...(pumps !== undefined && { pumps }), ...(lasting !== undefined && { span: lasting }) },
    files: Object.fromEntries([...written.files].map(([path, { text }]) => [path, text])),
  };
}

/** Opens files as another does, and keeps what was found. */
export function keeping(open: OpenFile): { readonly open: OpenFile; readonly files: ReadonlyMap<string, NamedFile> } {
  const files = new Map<string, NamedFile>();
  return {
    files,
    open: (path) => {
      const found = open(path);
      files.set(path, found);
      return found;
    },
  };
}

export const submittedText = (submitted: Submitted): string => JSON.stringify(submitted);

/** Reads a campaign that was submitted. Throws ResultError. */
export function readSubmitted(text: string): Submitted {
  const parsed = readBy(submittedSchema, parsedJson(text));
  if (parsed.success) return parsed.data;
  throw new ResultError(`no campaign as "thecal campaign submit" leaves it: ${parsed.problems[0]?.message ?? ''}`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The plan of a campaign that was submitted. Throws FileError, and ResultError where it is read as another than it was. */
export function planOf({ text, files, instead, plan: digest }: Submitted): Plan {
  const found = new Map(Object.entries(files));
  const plan = loadPlan(
    text,
    (path) => {
      const named = found.get(path);
      if (named === undefined)
        throw new FileError([{ line: 1, column: 1, message: `${path}: was not submitted with it` }]);
      return { file: path, text: named };
    },
    instead,
  );
  if (plan.digest === digest) return plan;
  throw new ResultError(`its plan is read as another than it was submitted as, ${plan.digest}`);
}
