import { fromBytes, fromJson, type Json, type ReplyOf, type Role, toBytes } from '../../../shared/index.ts';
import type { Store } from '../hardware.ts';
import { isLater } from './session-number.ts';

/** A command that was carried out or refused: the frame it came in, and its answer. */
export interface Carried {
  readonly session: number;
  readonly sequence: number;
  readonly answer: NonNullable<ReplyOf<'recall'>['answer']>;
}

const cellOf = (role: Role): string => `radio/${role}`;
const FORGOTTEN = 'radio/forgotten';
/** Stations that come back to ask. */
const ASKING: readonly Role[] = ['patient', 'refill', 'clinician'];

/**
 * The last command of each role and its answer, written together with what the command changed: a station that lost
 * the answer, or whose pump lost its power, learns whether to send the command again.
 */
export class LastCommands {
  readonly #store: Store;
  #carried: ReadonlyMap<Role, Carried> = new Map();
  #forgotten = false;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The memory has failed: of commands that are not known it cannot be said that they never arrived. */
  forget(): void {
    this.#forgotten = true;
    this.#store.write(FORGOTTEN, () => toBytes(true));
  }

  keep(role: Role, carried: Carried): void {
    if (!ASKING.includes(role)) return;
    this.#carried = new Map([...this.#carried, [role, carried]]);
    this.#store.write(cellOf(role), () => toBytes({ ...carried }));
  }

  /** What became of a command; unknown where one of a later session has taken its place. */
  recall(role: Role, { session, sequence }: Pick<Carried, 'session' | 'sequence'>): ReplyOf<'recall'> {
    const last = this.#carried.get(role);
    if (last?.session === session && last.sequence === sequence) return { became: 'answered', answer: last.answer };
    const isPast =
      last !== undefined && (isLater(last.session, session) || (last.session === session && last.sequence > sequence));
    return { became: isPast || this.#forgotten ? 'unknown' : 'neverArrived', answer: null };
  }

  /** As the store holds them. */
  restart(): void {
    this.#forgotten = this.#store.read(FORGOTTEN) !== undefined;
    this.#carried = new Map(
      ASKING.flatMap((role) => {
        const cell = this.#store.read(cellOf(role));
        return cell === undefined ? [] : [[role, fromJson<Carried>(fromBytes(cell) as Json)]];
      }),
    );
  }

  save(): Json {
    const carried = ASKING.flatMap((role) => {
      const last = this.#carried.get(role);
      return last === undefined ? [] : [{ role, carried: { ...last } }];
    });
    return { forgotten: this.#forgotten, carried };
  }

  load(json: Json): void {
    const { forgotten, carried } = fromJson<{ forgotten: boolean; carried: { role: Role; carried: Carried }[] }>(json);
    this.#carried = new Map();
    this.#forgotten = false;
    if (forgotten) this.forget();
    for (const each of carried) this.keep(each.role, each.carried);
  }
}
