import { type Command, InvalidArgumentError, Option } from 'commander';
import { MOST_PUMPS, type Shard } from '../index.ts';
import type {
  MergeFlags,
  ReplayFlags,
  RunFlags,
  ShowFlags,
  StatusFlags,
  SubmitFlags,
  WorkFlags,
} from './campaign-flags.ts';
import { jobsOption, time } from './options.ts';

/** Each is loaded where it is wanted: what lives thousands of pumps no other command needs. */
export function campaignCommand(program: Command): void {
  const campaign = program
    .command('campaign')
    .description('live thousands of pumps by a plan, and see what came of them');
  campaign
    .command('run')
    .description('live every pump of a plan; begun again in the same folder, it goes on where it was')
    .argument('<plan>', 'the file of a plan')
    .option('--out <path>', 'the folder of its results; with --shard, the file of that one')
    .addOption(jobsOption('lives pumps in so many threads; as many as there are cores unless given'))
    .option('--shard <i/N>', 'live one of N parts of the pumps, and write it whole or not at all', shard)
    .option('--pumps <n>', 'so many pumps instead of what the plan says', pumps)
    .option('--span <time>', 'so long instead of what the plan says', time)
    .action(async (plan: string, flags: RunFlags) => {
      const { runCampaign } = await import('./campaign-run.ts');
      await runCampaign(plan, flags);
    });
  campaign
    .command('show')
    .description('print what a campaign came to, or what there is of it so far')
    .argument('<path>', 'the folder of a campaign, or a file that "run --shard" or "merge" wrote')
    .option('--csv <file>', 'write a row for each life')
    .option('--parquet <file>', 'write the same in columns')
    .option('--report <file>', 'write one page with a plot and a table of every measure, to open in a browser or print')
    .action(async (path: string, flags: ShowFlags) => {
      const { showCampaign } = await import('./campaign-show.ts');
      await showCampaign(path, flags);
    });
  campaign
    .command('merge')
    .description('make one result of those of all shards, as if one process had lived every pump')
    .argument('<files...>', 'the result of each shard; with --redis the plan, or the name of the campaign')
    .requiredOption('--out <file>', 'the result of the whole')
    .addOption(
      new Option('--redis [url]', 'take the results from there; where THECAL_REDIS says unless given')
        .argParser(redisUrl)
        .preset(process.env[REDIS_VARIABLE] ?? ''),
    )
    .option('--pumps <n>', 'with --redis: as the campaign was submitted', pumps)
    .option('--span <time>', 'with --redis: as the campaign was submitted', time)
    .action(async (files: string[], flags: MergeFlags) => {
      const { mergeCampaign } = await import('./campaign-merge.ts');
      await mergeCampaign(files, flags);
    });
  campaign
    .command('replay')
    .description('live one pump of a plan alone: the very same row, with every always-true rule held against it')
    .argument('<plan>', 'the file of a plan')
    .requiredOption('--pump <n>', 'its number, counted from 1', pumps)
    .option('--arm <name>', 'in one arm; in all unless given')
    .option('--trace <file>', 'write its trace')
    .option('--pumps <n>', 'as the campaign was run', pumps)
    .option('--span <time>', 'as the campaign was run', time)
    .action(async (plan: string, flags: ReplayFlags) => {
      const { replayPump } = await import('./campaign-replay.ts');
      process.exitCode = replayPump(plan, flags);
    });
  campaign
    .command('submit')
    .description('put the shards of a campaign into a queue; done again, it is still the same campaign')
    .argument('<plan>', 'the file of a plan')
    .addOption(redisOption())
    .option('--shards <n>', 'into so many; as many as there are pumps, at most 200, unless given', pumps)
    .option('--pumps <n>', 'so many pumps instead of what the plan says', pumps)
    .option('--span <time>', 'so long instead of what the plan says', time)
    .action(async (plan: string, flags: SubmitFlags) => {
      const { submitCampaign } = await import('./campaign-submit.ts');
      await submitCampaign(plan, flags);
    });
  campaign
    .command('work')
    .description('live shards from a queue, until it is stopped; killed at any moment, it leaves them to another')
    .addOption(redisOption())
    .addOption(jobsOption('lives shards in so many threads; as many as there are cores unless given'))
    .option('--until-done', 'end once no shard waits or is under way anywhere')
    .option('--lock-seconds <n>', 'a worker not heard of for so long has lost its shards', lockSeconds, 30)
    .action(async (flags: WorkFlags) => {
      const { work } = await import('./campaign-work.ts');
      await work(flags);
    });
  campaign
    .command('status')
    .description('tell how far campaigns in a queue are')
    .argument('[campaign]', 'the file of its plan, or its name; all unless given')
    .addOption(redisOption())
    .option('--json', 'print one JSON document')
    .option('--pumps <n>', 'as the campaign was submitted', pumps)
    .option('--span <time>', 'as the campaign was submitted', time)
    .action(async (of: string | undefined, flags: StatusFlags) => {
      const { campaignStatus } = await import('./campaign-status.ts');
      await campaignStatus(of, flags);
    });
}

const REDIS_VARIABLE = 'THECAL_REDIS';

/** Passwords do not belong into command lines, which others on a machine can see. */
const redisOption = () =>
  new Option('--redis <url>', 'where the queue is, such as redis://127.0.0.1:6379')
    .argParser(redisUrl)
    .env(REDIS_VARIABLE)
    .makeOptionMandatory();

function redisUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRedis = url !== undefined && ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '';
  if (isRedis && /^\/?\d{0,4}$/.test(url.pathname) && url.search === '' && url.hash === '') return text;
  throw new InvalidArgumentError('expected an address such as redis://127.0.0.1:6379, or redis://host:6379/1.');
}

function lockSeconds(value: string): number {
  const number = Number(value);
  if (/^\d{1,4}$/.test(value) && number >= 1 && number <= 3600) return number;
  throw new InvalidArgumentError('expected a whole number from 1 to 3600.');
}

function pumps(value: string): number {
  const number = Number(value);
  if (/^\d{1,7}$/.test(value) && number >= 1 && number <= MOST_PUMPS) return number;
  throw new InvalidArgumentError(`expected a whole number from 1 to ${MOST_PUMPS}.`);
}

function shard(value: string): Shard {
  const [number = 0, of = 0] = (/^(\d{1,7})\/(\d{1,7})$/.exec(value) ?? []).slice(1).map(Number);
  if (number >= 1 && number <= of && of <= MOST_PUMPS) return { number, of };
  throw new InvalidArgumentError('expected i/N, the shard i from 1 to N, such as 3/100.');
}
