import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { formatDuration, merge, missingIn, type Plan, pumpsOf, resultText, type Shard } from '../index.ts';
import {
  assertOf,
  CampaignFolder,
  mindEmpty,
  type PlanSource,
  planIn,
  planSource,
  shardsOf,
  usable,
} from './campaign-files.ts';
import type { RunFlags } from './campaign-flags.ts';
import { live } from './campaign-lives.ts';
import { Progress } from './campaign-progress.ts';
import { mindBreaches, tell } from './campaign-show.ts';
import type { WorkerTask } from './campaign-worker.ts';
import { Unusable } from './exit.ts';
import { mustBeWritable, shown, writeWhole } from './files.ts';
import { note, word } from './print.ts';
import { YOUNG_MB } from './side-by-side.ts';

/** Lives the pumps of a plan: one shard into a file, or all of them into a folder. */
export async function runCampaign(path: string, flags: RunFlags): Promise<void> {
  const source = planSource(path, flags);
  const plan = planIn(source, true);
  if (flags.shard !== undefined) return runOneShard(source, plan, flags.shard, flags);
  const folder = new CampaignFolder(flags.out ?? `${basename(path).replace(/\.[^.]+$/, '')}.campaign`);
  const before = folder.result();
  if (before !== undefined) {
    assertOf(plan, [before]);
    note(`${before.file}: is there already, of this very plan`);
    return tell(before.result);
  }
  const result = await wholeResult(source, plan, folder, flags.jobs);
  folder.finish(result);
  tell(result);
  note(
    `\n${shown(folder.path)}: result.json, pumps.csv and pumps.parquet. Again: thecal campaign show ${word(shown(folder.path))}`,
  );
}

/** The result of all shards. Where another run in the same folder has finished first, and put them away, it is that one's. */
async function wholeResult(source: PlanSource, plan: Plan, folder: CampaignFolder, jobs: number | undefined) {
  try {
    await runAll(source, plan, folder, jobs);
    return usable(() => merge(folder.shards()));
  } catch (error) {
    const finished = folder.result();
    if (finished === undefined) throw error;
    assertOf(plan, [finished]);
    return finished.result;
  }
}

async function runOneShard({ path }: PlanSource, plan: Plan, shard: Shard, { out: file, jobs }: RunFlags) {
  if (file === undefined || file === '-') throw new Unusable('--shard: expected --out with the file of its result');
  if (jobs !== undefined) throw new Unusable('--jobs is for a whole campaign: expected it without --shard');
  mustBeWritable([file], [path], 'the plan');
  mindEmpty(plan, shard.of);
  const progress = new Progress(pumpsOf(plan, shard).length * plan.arms.length);
  const result = await live(plan, shard, () => progress.add());
  progress.end();
  writeWhole(file, resultText(result));
  note(
    `${shown(file)}: ${result.rows.length} lives of ${formatDuration(plan.span)}, shard ${shard.number} of ${shard.of}`,
  );
  mindBreaches(result);
}

/** Lives what no run before has lived. */
async function runAll(source: PlanSource, plan: Plan, folder: CampaignFolder, jobs: number | undefined): Promise<void> {
  const of = shardsOf(plan);
  const there = folder.shards();
  assertOf(plan, there, of);
  folder.make();
  const missing = there.length === 0 ? Array.from({ length: of }, (_, i) => i + 1) : missingIn(there);
  const shards = missing.map((number): Shard => ({ number, of }));
  const livesIn = (shard: Shard) => pumpsOf(plan, shard).length * plan.arms.length;
  const all = plan.pumps * plan.arms.length;
  const progress = new Progress(all, all - shards.reduce((sum, shard) => sum + livesIn(shard), 0));
  const threads = Math.min(jobs ?? availableParallelism(), shards.length);
  const interrupted = () => {
    progress.end();
    note(
      `stopped: ${folder.done} of ${of} parts are done, in ${shown(folder.path)}: the same command goes on from there`,
    );
    process.kill(process.pid, 'SIGINT');
  };
  process.once('SIGINT', interrupted);
  try {
    if (threads > 1)
      await inThreads({ source, folder: folder.path }, shards, threads, (shard) => progress.add(livesIn(shard)));
    else for (const shard of shards) folder.write(await live(plan, shard, () => progress.add()));
  } finally {
    process.off('SIGINT', interrupted);
    progress.end();
  }
}

async function inThreads(
  task: WorkerTask,
  shards: readonly Shard[],
  threads: number,
  onDone: (shard: Shard) => void,
): Promise<void> {
  const { Piscina } = await import('piscina');
  const pool = new Piscina<Shard, string | undefined>({
    filename: new URL('./campaign-worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    workerData: task,
  });
  try {
    await Promise.all(
      shards.map(async (shard) => {
        const unusable = await pool.run(shard);
        if (unusable !== undefined) throw new Unusable(unusable);
        onDone(shard);
      }),
    );
  } finally {
    await pool.destroy();
  }
}
