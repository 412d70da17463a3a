import { merge, type Read, resultText } from '../index.ts';
import { resultIn, usable } from './campaign-files.ts';
import type { MergeFlags } from './campaign-flags.ts';
import { mindBreaches } from './campaign-show.ts';
import { Unusable } from './exit.ts';
import { mustBeWritable, shown, writeWhole } from './files.ts';
import { counted, note } from './print.ts';

/** Makes one result of those of all shards. */
export async function mergeCampaign(files: readonly string[], flags: MergeFlags): Promise<void> {
  const { out: file, redis, pumps, span } = flags;
  if (redis === undefined && (pumps !== undefined || span !== undefined))
    throw new Unusable('--pumps and --span say which campaign of a queue is meant: expected --redis with them');
  mustBeWritable([file], files, redis === undefined ? 'the result of a shard' : 'the plan');
  const parts = redis === undefined ? files.map(resultIn) : await inQueue(files, { ...flags, redis });
  const result = usable(() => merge(parts));
  writeWhole(file, resultText(result));
  note(`${shown(file)}: ${result.rows.length} lives of ${counted(parts.length, 'shard')}`);
  mindBreaches(result);
}

/** The results of a campaign in a queue. Throws Unusable, also where a shard came to two of them. */
async function inQueue(
  [of = '', ...others]: readonly string[],
  flags: MergeFlags & { readonly redis: string },
): Promise<readonly Read[]> {
  if (others.length > 0) throw new Unusable('--redis: expected one campaign: the file of its plan, or its name');
  const { resultsInQueue } = await import('./campaign-status.ts');
  return resultsInQueue(of, flags);
}
