import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Role } from './codes.ts';

/*
 * Keys of the link, all 32 bytes, all HMAC-SHA-256 (RFC 2104):
 *
 *   pairing key                                      made with the pump, printed on the patient's card
 *   role key     = HMAC(pairing key, "role " + role)         what a station of that role is paired with
 *   session key  = HMAC(role key, "session " + nonce of the station + " " + nonce of the pump + " " + session)
 *   tag          = HMAC(session key, frame up to the tag), its first 8 bytes
 *
 * Nonces are told as 32 hexadecimal digits, a session's number in decimals.
 */

/** Length of an authentication tag, in bytes. */
export const TAG = 8;

const PLACE = hmac.create(sha256, new Uint8Array(32));

/** A secret that tags are made with. */
export class Key {
  readonly #bytes: Uint8Array;
  /** HMAC with this key, begun: made when it is first needed. */
  #mac: ReturnType<typeof hmac.create> | undefined;
  readonly #derived = new Map<string, Key>();

  /** Throws RangeError where the bytes are not 32. */
  constructor(bytes: Uint8Array) {
    if (bytes.length !== 32) throw new RangeError(`a key of ${bytes.length} bytes: expected 32`);
    this.#bytes = bytes;
  }

  /** From 64 hexadecimal digits. Throws where they are not. */
  static parse(hex: string): Key {
    return new Key(hexToBytes(hex));
  }

  get hex(): string {
    return bytesToHex(this.#bytes);
  }

  /** The key derived under a label. */
  derive(label: string): Key {
    return new Key(this.mac(utf8ToBytes(label)));
  }

  /** The key derived under one of few labels, worked out once. */
  deriveOnce(label: string): Key {
    const known = this.#derived.get(label) ?? this.derive(label);
    this.#derived.set(label, known);
    return known;
  }

  /** The tag of some bytes. */
  tag(bytes: Uint8Array): Uint8Array {
    return this.mac(bytes).subarray(0, TAG);
  }

  /** HMAC-SHA-256 of some bytes. */
  mac(bytes: Uint8Array): Uint8Array {
    this.#mac ??= hmac.create(sha256, this.#bytes);
    const digest = new Uint8Array(32);
    // Taken up in the same place each time, as Hash of @noble/hashes documents it: a new place, which is what `clone`
    // makes, costs half as much again.
    this.#mac._cloneInto(PLACE).update(bytes).digestInto(digest);
    return digest;
  }
}

/** What a station of a role is paired with. The emergency role has no key: whoever is near may use it. */
export const roleKey = (pairing: Key, role: Role): Key | null =>
  role === 'emergency' ? null : pairing.deriveOnce(`role ${role}`);

/** A session's own key, which neither end alone decides. */
export const sessionKey = (
  role: Key | null,
  { session, station, pump }: { readonly session: number; readonly station: string; readonly pump: string },
): Key | null => role?.derive(`session ${station} ${pump} ${session}`) ?? null;

/** A number used once: the first 16 bytes of an HMAC with a secret, as hexadecimal digits. */
export const nonceOf = (secret: Key, count: number | string): string =>
  bytesToHex(secret.mac(utf8ToBytes(`nonce ${count}`)).subarray(0, 16));

/** A secret of a simulation. It keeps nothing secret: whoever knows its name can work it out. */
export const simulatedSecret = (name: string): Key => new Key(sha256(utf8ToBytes(`simulated ${name}`)));
/** The pairing key of a simulated pump with a serial number. */
export const simulatedPairing = (serial: string): Key => PUMPS.deriveOnce(serial);
const PUMPS = simulatedSecret('pumps');
