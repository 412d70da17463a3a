import {
  fromBytes,
  fromJson,
  type Json,
  Key,
  nonceOf,
  type ReplyOf,
  type Role,
  roleKey,
  sessionKey,
  toBytes,
} from '../../../shared/index.ts';
import type { Store } from '../hardware.ts';
import { nextSession } from './session-number.ts';

/** A station that asked for a session and has not proved yet who it is. */
export interface Greeting {
  /** The number its session will have. */
  readonly session: number;
  readonly role: Role;
  /** The station's nonce. */
  readonly from: string;
  /** The pump's nonce: the challenge. */
  readonly nonce: string;
  readonly key: Key | null;
}

const CELL = 'radio/sessions';
/** As many as one station can have asked for while its old questions are still under way. */
const MOST = 4;

/**
 * Stations that have asked for a session, the newest few of each role. The number of the last session
 * outlives a loss of power; with the noise of the hardware in it no challenge is put twice, not even by a pump that has lost its memory.
 */
export class Greetings {
  readonly #store: Store;
  #last = 0;
  #open: readonly Greeting[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  find(session: number): Greeting | undefined {
    return this.#open.find((each) => each.session === session);
  }

  /**
   * A challenge for a station; the same one where it asks again because the answer was lost. Its session gets a number
   * that neither an open session nor another challenge has.
   */
  greet(
    { role, nonce: from }: { readonly role: Role; readonly nonce: string },
    pairing: Key,
    random: () => string,
    isOpen: (session: number) => boolean,
  ): Pick<ReplyOf<'openSession'>, 'session' | 'nonce'> {
    const again = this.#open.find((each) => each.role === role && each.from === from);
    if (again !== undefined) return again;
    do this.#last = nextSession(this.#last);
    while (isOpen(this.#last) || this.find(this.#last) !== undefined);
    this.#keep();
    const session = this.#last;
    const nonce = nonceOf(pairing, `${session} ${random()}`);
    const key = sessionKey(roleKey(pairing, role), { session, station: from, pump: nonce });
    const others = this.#open.filter((each) => each.role !== role);
    const same = this.#open.filter((each) => each.role === role).slice(1 - MOST);
    this.#open = [...others, ...same, { session, role, from, nonce, key }];
    return { session, nonce };
  }

  /** Forgets the questions of a role, one of which has been answered. */
  settle(role: Role): void {
    this.#open = this.#open.filter((each) => each.role !== role);
  }

  /** Forgets who asked; the count is what the store holds. */
  restart(): void {
    this.#open = [];
    const cell = this.#store.read(CELL);
    this.#last = cell === undefined ? 0 : fromJson<number>(fromBytes(cell) as Json);
  }

  #keep(): void {
    const last = this.#last;
    this.#store.write(CELL, () => toBytes(last));
  }

  save(): Json {
    return { last: this.#last, open: this.#open.map((each) => ({ ...each, key: each.key?.hex ?? null })) };
  }

  load(json: Json): void {
    const { last, open } = fromJson<{ last: number; open: (Greeting & { key: string | null })[] }>(json);
    this.#last = last;
    this.#keep();
    this.#open = open.map((each) => ({ ...each, key: each.key === null ? null : Key.parse(each.key) }));
  }
}
