import type { Duration } from '../../shared/index.ts';
import type { Shard } from '../index.ts';

/* What the commands of a campaign are told, as it was read. */

/** What is asked for in place of what the plan says. */
interface InsteadFlags {
  readonly pumps?: number;
  readonly span?: Duration;
}

export interface RunFlags extends InsteadFlags {
  readonly out?: string;
  readonly jobs?: number;
  readonly shard?: Shard;
}

export interface ShowFlags {
  readonly csv?: string;
  readonly parquet?: string;
  readonly report?: string;
}

export interface ReplayFlags extends InsteadFlags {
  readonly pump: number;
  readonly arm?: string;
  readonly trace?: string;
}

/** Where the Redis is that a campaign is shared out over. */
export interface RedisFlags {
  readonly redis: string;
}

export interface SubmitFlags extends InsteadFlags, RedisFlags {
  readonly shards?: number;
}

export interface WorkFlags extends RedisFlags {
  readonly jobs?: number;
  readonly untilDone?: true;
  readonly lockSeconds: number;
}

export interface StatusFlags extends InsteadFlags, RedisFlags {
  readonly json?: true;
}

export interface MergeFlags extends InsteadFlags {
  readonly out: string;
  readonly redis?: string;
}
