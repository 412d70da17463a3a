import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Json } from '../../shared/index.ts';
import { readBy } from '../scenario/issues.ts';
import { InUse, takeLock } from './directory-lock.ts';
import { makeDirectory, writeLasting } from './lasting-file.ts';
import type { World } from './live-pump.ts';

/** A folder that cannot be that of a pump: what is wrong, and what was expected. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
}

const card = z.strictObject({
  thecal: z.literal('card/1'),
  serial: z.string().min(1).max(40),
  profile: z.string().min(1).max(64),
  /** Of a device that is not shipped: the digest of its values, so that another sheet of that name is noticed. */
  sheet: z
    .string()
    .regex(/^[\da-f]{32}$/)
    .exactOptional(),
  /** 32 bytes in hex: who has it may pair with the pump. */
  key: z.string().regex(/^[\da-f]{64}$/),
});
/** What a clinic is given with a pump: which it is, and the key to pair with it. */
export type Card = z.output<typeof card>;

const json = z.custom<Json>((value) => value !== undefined);
const world = z.strictObject({
  thecal: z.literal('world/2'),
  now: z.int().min(0),
  clock: z.int().min(0),
  localTime: json,
  plant: json,
  last: z.int().min(0),
});

export const newCard = (serial: string, profile: string, key = randomBytes(32).toString('hex')): Card => ({
  thecal: 'card/1',
  serial,
  profile,
  key,
});

/** Reads a card. Throws FolderError. */
export const readCard = (path: string): Card => read(path, card);

/** Where a pump keeps what outlives its process: its card, its memory, and the world around it. */
export class PumpFolder {
  readonly path: string;
  readonly #release: () => void;

  /** Takes a folder for this process alone, making it if need be. Throws FolderError. */
  constructor(path: string) {
    this.path = path;
    try {
      makeDirectory(path, 0o700);
    } catch (error) {
      throw new FolderError(`${path}: cannot be made: ${messageOf(error)}`);
    }
    try {
      this.#release = takeLock(join(realpathSync(path), 'lock'));
    } catch (error) {
      if (error instanceof InUse) throw new FolderError(error.message);
      throw new FolderError(`${path}: cannot be written: ${messageOf(error)}`);
    }
  }

  /** The card that lies in it; undefined in a new folder. Throws FolderError. */
  card(): Card | undefined {
    const path = join(this.path, 'card.json');
    return existsSync(path) ? readCard(path) : undefined;
  }

  keepCard(value: Card): void {
    this.#write('card.json', value);
  }

  /** The world as it was left; undefined in a new folder. Throws FolderError. */
  world(): World | undefined {
    const path = join(this.path, 'world.json');
    return existsSync(path) ? read(path, world) : undefined;
  }

  keepWorld(value: World): void {
    this.#write('world.json', { thecal: 'world/2', ...value });
  }

  /** Lets others have it. */
  release(): void {
    this.#release();
  }

  /** Whole or not at all, also where the power fails. Throws FolderError. */
  #write(name: string, value: object): void {
    const path = join(this.path, name);
    try {
      writeLasting(path, `${JSON.stringify(value)}\n`, 0o600);
    } catch (error) {
      throw new FolderError(`${path}: cannot be written: ${messageOf(error)}`);
    }
  }
}

function read<S extends z.ZodType>(path: string, schema: S): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new FolderError(`${path}: cannot be read: ${messageOf(error)}`);
  }
  const parsed = readBy(schema, value);
  if (parsed.success) return parsed.data;
  throw new FolderError(`${path}: ${parsed.problems[0]?.message ?? 'cannot be read'}`);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
