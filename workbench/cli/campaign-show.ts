import { type CampaignResult, campaignHtml, missingIn, resultHead, resultTable, together } from '../index.ts';
import { CampaignFolder, isFolder, resultIn, usable, writeRows } from './campaign-files.ts';
import type { ShowFlags } from './campaign-flags.ts';
import { EXIT, Unusable } from './exit.ts';
import { mustBeWritable, shown, writeWhole } from './files.ts';
import { counted, note, out } from './print.ts';

/** Prints what a campaign, or a part of one, came to. */
export function showCampaign(path: string, flags: ShowFlags): void {
  const { csv, parquet, report } = flags;
  for (const [flag, file] of Object.entries({ csv, parquet, report }))
    if (file === '-') throw new Unusable(`--${flag} - is no file: expected the name of one`);
  mustBeWritable(
    [csv, parquet, report].flatMap((file) => file ?? []),
    isFolder(path) ? new CampaignFolder(path).files : [path],
    'the result',
  );
  const result = isFolder(path) ? inFolder(path) : resultIn(path).result;
  writeRows(result, flags);
  if (report !== undefined) writeWhole(report, campaignHtml(result));
  tell(result);
}

/** Prints what a campaign came to. Where a life broke an always-true rule, that is said, and it is not well. */
export function tell(result: CampaignResult): void {
  out(resultWords(result));
  mindBreaches(result);
}

export function mindBreaches({ breaches }: CampaignResult): void {
  for (const breach of breaches) note(breach);
  if (breaches.length > 0) process.exitCode = EXIT.broken;
}

/** Of a folder in which others are still at work, what there is. */
function inFolder(path: string): CampaignResult {
  const folder = new CampaignFolder(path);
  const whole = folder.result();
  if (whole !== undefined) return whole.result;
  const parts = folder.shards();
  if (parts.length === 0)
    throw new Unusable(
      folder.isBegun
        ? `${shown(path)}: nothing of its campaign is done yet: begin it again to go on`
        : `${shown(path)}: no campaign in it: expected what "thecal campaign run" wrote`,
    );
  const of = parts[0]?.result.shard.of ?? 1;
  note(`${of - missingIn(parts).length} of ${counted(of, 'shard')} done: begin it again to go on`);
  return usable(() => together(parts, { number: 1, of: 1 }));
}

/** What a campaign came to, in words. */
const resultWords = (result: CampaignResult): string =>
  `${result.title}\n${resultHead(result)}\n\n${resultTable(result)}`;
