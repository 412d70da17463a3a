import { type CampaignResult, ResultError } from './result.ts';
import { merged } from './summary.ts';

/** A result, and where it was read. */
export interface Read {
  readonly file: string;
  readonly result: CampaignResult;
}

/** The result of a whole campaign from those of all its shards, in any order. Throws ResultError where they are not that. */
export function merge(parts: readonly Read[]): CampaignResult {
  const [first] = parts;
  if (first === undefined) throw new ResultError('nothing to merge: expected the result of every shard');
  const problems = [...strangers(first, parts), ...twice(parts)];
  if (problems.length > 0) throw new ResultError(problems.join('\n'));
  const missing = missingIn(parts);
  const { of } = first.result.shard;
  if (missing.length > 0) {
    const shown = missing.slice(0, 20).join(', ');
    throw new ResultError(
      `${missing.length} of ${of} shards are missing: expected ${missing.length === 1 ? 'shard' : 'shards'} ${shown}${missing.length > 20 ? ', …' : ''} as well`,
    );
  }
  return together(parts, { number: 1, of: 1 });
}

/** Those of shards that are there so far, for whoever looks while others are still at work. */
export const together = (parts: readonly Read[], shard: CampaignResult['shard']): CampaignResult => {
  const sorted = parts.map(({ result }) => result).sort((a, b) => a.shard.number - b.shard.number);
  const [head] = sorted;
  if (head === undefined) throw new ResultError('no shard is done yet');
  return {
    ...head,
    shard,
    rows: sorted.flatMap(({ rows }) => rows),
    watched: sorted.reduce((sum, { watched }) => sum + watched, 0),
    breaches: sorted.flatMap(({ breaches }) => breaches),
    summary: head.arms.map((_, arm) =>
      head.columns.map((__, column) => merged(sorted.flatMap(({ summary }) => summary[arm]?.[column] ?? [])).save()),
    ),
  };
};

/** Shards that are not there. */
export function missingIn(parts: readonly Read[]): readonly number[] {
  const there = new Set(parts.map(({ result }) => result.shard.number));
  const of = parts[0]?.result.shard.of ?? 0;
  return Array.from({ length: of }, (_, i) => i + 1).filter((number) => !there.has(number));
}

/** Results that are of something else than the first. */
function strangers({ file: first, result: head }: Read, parts: readonly Read[]): string[] {
  return parts.flatMap(({ file, result }) => {
    const wrong = (what: string) => [`${file}: ${what} than ${first}`];
    if (result.plan !== head.plan) return wrong(`of another plan, "${result.title}", with other pumps or another span`);
    if (result.version !== head.version) return wrong(`by another version of Thecal, ${result.version},`);
    if (result.shard.of !== head.shard.of) return wrong(`one of ${result.shard.of} shards, which is another number`);
    return [];
  });
}

/** Results of a shard that another is of, too. */
function twice(parts: readonly Read[]): string[] {
  const seen = new Map<number, string>();
  return parts.flatMap(({ file, result: { shard } }) => {
    const other = seen.get(shard.number);
    seen.set(shard.number, other ?? file);
    if (other === undefined) return [];
    return [
      `${file}: of shard ${shard.number}, ${other === file ? 'and given twice' : `as ${other} is`}: expected each shard once`,
    ];
  });
}
