import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { TraceHeader, TraceRecord } from './trace.ts';

/** SHA-256 over the bytes of a trace as it is written to a file, which need not be kept for that. */
export class TraceDigest {
  readonly #hash = sha256.create();

  /** Takes the next line. */
  take(line: TraceHeader | TraceRecord): void {
    this.#hash.update(utf8ToBytes(`${JSON.stringify(line)}\n`));
  }

  /** The digest of the lines so far, as hex. */
  get hex(): string {
    return bytesToHex(this.#hash.clone().digest());
  }
}
