import { InvalidArgumentError, Option } from 'commander';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import {
  type Duration,
  expectedOne,
  parseDuration,
  parseWallClock,
  ROLES,
  type WallClock,
} from '../../shared/index.ts';
import { type Break, BreakError, parseBreak } from '../index.ts';
import { type Address, parseAddress } from '../node/address.ts';

/** Reads one of a few names. */
const among =
  <T extends string>(names: readonly T[]) =>
  (value: string): T => {
    const name = names.find((each) => each === value);
    if (name === undefined) throw new InvalidArgumentError(`${expectedOne(names, value)}.`);
    return name;
  };

/** Options that several commands share. */
export const executorOption = () =>
  new Option('--executor <name>', 'what runs the chart')
    .choices(EXECUTOR_NAMES)
    .argParser(among(EXECUTOR_NAMES))
    .default('xstate');

export const seedOption = () => new Option('--seed <n>', 'overrides the seed of every scenario').argParser(seed);

function seed(value: string): number {
  const number = Number(value);
  if (/^\d{1,10}$/.test(value) && number <= 0x7fffffff) return number;
  throw new InvalidArgumentError('expected a whole number from 0 to 2147483647.');
}

export const jobsOption = (about = 'runs scenarios in so many threads; as many as pay unless given') =>
  new Option('--jobs <n>', about).argParser(jobs);

const MOST_JOBS = 64;

function jobs(value: string): number {
  const number = Number(value);
  if (/^\d{1,2}$/.test(value) && number >= 1 && number <= MOST_JOBS) return number;
  throw new InvalidArgumentError(`expected a whole number from 1 to ${MOST_JOBS}.`);
}

export const breakOption = () =>
  new Option('--break <fault>', 'adds a fault, from the start or at a time: "flowBias=+60%@30d"; may be repeated')
    .argParser(oneMore)
    .default([], 'none');

function oneMore(text: string, before: readonly Break[]): readonly Break[] {
  try {
    return [...before, parseBreak(text)];
  } catch (error) {
    if (error instanceof BreakError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

export const libraryOption = () =>
  new Option(
    '--library <file>',
    'the drug library of the programmer, or none; the one that comes with Thecal unless given',
  );

/** Who a programmer is to a pump in another process, and what it may do there. */
export const cardOption = () =>
  new Option('--card <file>', 'the card of the pump, which lies in its folder: any other pump is refused').env(
    'THECAL_CARD',
  );
export const roleOption = () =>
  new Option('--role <role>', 'what the programmer may do; in an emergency read and stop, without a card')
    .choices(PROGRAMMER_ROLES)
    .argParser(among(PROGRAMMER_ROLES))
    .default('clinician');
const PROGRAMMER_ROLES = ROLES.filter((role) => role !== 'patient');
export type ProgrammerRole = (typeof PROGRAMMER_ROLES)[number];

/** Where to listen. */
export function address(text: string): Address {
  const read = parseAddress(text);
  if (read !== undefined) return read;
  throw new InvalidArgumentError('expected a host and port such as 127.0.0.1:7100, or a port.');
}

/** Where somebody listens: "ws://127.0.0.1:7100". */
export function url(text: string): string {
  if (/^wss?:\/\//.test(text) && URL.canParse(text) && !text.includes('#')) return text;
  throw new InvalidArgumentError('expected an address such as ws://127.0.0.1:7100.');
}

/** A span of time, or a time since the simulation began. */
export function time(text: string): Duration {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

export function wallClock(text: string): WallClock {
  const read = parseWallClock(text);
  if (read !== undefined) return read;
  throw new InvalidArgumentError('expected a date and time such as "2026-01-05 08:00".');
}
