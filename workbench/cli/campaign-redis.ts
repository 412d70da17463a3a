import { setTimeout as wait } from 'node:timers/promises';
import type { Redis, RedisOptions } from 'ioredis';
import { Unusable } from './exit.ts';
import { note } from './print.ts';

/*
 * The Redis that a campaign is shared out over. What speaks to it is loaded where it is wanted, and need not be installed.
 */

/** Longest that Redis may take to answer the first time, where nobody waits for it, in ms. */
const PATIENCE_MS = 10_000;
/** Longest that it may be silent while something is expected of it, in ms. */
const SILENCE_MS = 30_000;
/** How long a worker waits before it tries again, in ms: longer each time, up to the most. */
const AGAIN_MS = { step: 200, most: 2000 };

/** The packages of the queue. Throws Unusable where they are not installed. */
export async function queuePackages() {
  try {
    const [{ Queue, UnrecoverableError, Worker }, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { Queue, Redis, UnrecoverableError, Worker };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Unusable('--redis: needs the packages bullmq and ioredis: expected "npm install bullmq ioredis" before');
  }
}

/** An address as it is shown: without its password. */
export function shownAddress(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

/** Does something with a Redis that is there; ends the connection. Throws Unusable where it is not, or says no. */
export async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const packages = await queuePackages();
  const options = { lazyConnect: true, maxRetriesPerRequest: 0, socketTimeout: SILENCE_MS, retryStrategy: () => null };
  const redis = new packages.Redis(url, options satisfies RedisOptions);
  // The first says why; what follows, that it is so.
  const told: Error[] = [];
  redis.on('error', (error: Error) => told.push(error));
  try {
    await Promise.race([redis.connect(), late()]);
    // It goes on with another database where there is none of that number.
    if (told.length > 0) throw unusable(url, told[0]);
    return await work(redis);
  } catch (error) {
    throw error instanceof Unusable || !(told.length > 0 || isOfRedis(error)) ? error : unusable(url, told[0] ?? error);
  } finally {
    redis.disconnect();
  }
}

/** What ioredis says of a connection that is gone, and of an answer that never came. */
const GONE = /^(Connection is closed|Socket timeout|Command timed out|Reached the max retries)/;

const isOfRedis = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'ReplyError' || error instanceof Late || GONE.test(error.message));

class Late extends Error {}

async function late(): Promise<never> {
  await wait(PATIENCE_MS, undefined, { ref: false });
  throw new Late(`did not answer for ${PATIENCE_MS / 1000} s`);
}

/** What is wrong with a Redis, by its address. */
const unusable = (url: string, error: unknown) => new Unusable(`${shownAddress(url)}: ${reason(error)}`);

/** What Redis says no to, as Unusable; anything else as it is. */
export const asUnusable = (url: string, error: unknown): unknown =>
  error instanceof Error && error.name === 'ReplyError' ? unusable(url, error) : error;

/** What a person can do about it, where that is known. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : `${error}`;
  if (/^(NOAUTH|WRONGPASS)/.test(message))
    return `${message.startsWith('NOAUTH') ? 'wants a password' : 'refuses this user or password'}: expected an address such as redis://user:password@host:6379`;
  if (message.includes('WRONGTYPE'))
    return 'holds something else where campaigns are to be: expected another database, such as redis://host:6379/1';
  if (message.startsWith('Unknown RESP type')) return 'is no Redis: expected its host and port';
  return /ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ETIMEDOUT|did not answer/.test(message)
    ? `cannot be reached: ${message}`
    : message;
}

/** What Redis refuses to a connection as such; that it is still reading its data, or has too many others, passes. */
const isRefused = (error: Error): boolean =>
  error.name === 'ReplyError' && !/^(LOADING|BUSY|MASTERDOWN|ERR max number of clients)/.test(error.message);

/** A connection that outlasts those of Redis, and says so where it has to wait. */
export interface Lasting {
  readonly redis: Redis;
  /** Rejects with Unusable once Redis refuses the connection as such. */
  readonly refused: Promise<never>;
  end(): void;
}

/** Why a connection is gone, where nothing went wrong before. */
const CLOSED = 'the connection was closed';

/** Reaches a Redis, however long that takes. */
export async function lastingRedis(url: string): Promise<Lasting> {
  const packages = await queuePackages();
  const redis = new packages.Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * AGAIN_MS.step, AGAIN_MS.most),
  });
  let refuse: (error: Unusable) => void = () => undefined;
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  // It is raced against what is waited for, time and again: by itself it is no error that nobody minds.
  refused.catch(() => undefined);
  let [isThere, isWanted, why] = [true, true, CLOSED];
  redis.on('error', (error: Error) => {
    why = error.message;
    if (isRefused(error)) refuse(unusable(url, error));
  });
  redis.on('close', () => {
    if (isThere && isWanted) note(`${shownAddress(url)}: is not there: ${why}; waiting for it to return`);
    isThere = false;
  });
  // Nothing that goes wrong before is the end of it, as it would be to `events.once`.
  const ready = new Promise((resolve) => redis.once('ready', resolve));
  redis.on('ready', () => {
    if (!isThere) note(`${shownAddress(url)}: is back`);
    [isThere, why] = [true, CLOSED];
  });
  const end = () => {
    isWanted = false;
    redis.disconnect();
  };
  try {
    await Promise.race([ready, refused]);
  } catch (error) {
    end();
    throw error;
  }
  return { redis, refused, end };
}
