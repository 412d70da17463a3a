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
