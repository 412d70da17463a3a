import {
  bytesToHex,
  crc32,
  type Json,
  Key,
  type Prescription,
  prescriptionDigest,
  simulatedPairing,
} from '../../shared/index.ts';
import { PRESCRIPTION, PROGRAMS, REPLIES } from '../shared/examples.ts';
import { BAD, KNOWN } from './bad-frames.ts';
import { FRAMES, KEYS, PAIRING, SERIAL, SESSION } from './frames.ts';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const filled = (byte: number, length: number): Uint8Array => new Uint8Array(length).fill(byte);
/** To HMAC a short key and the same filled up with zeros are one. */
const keyOf = (bytes: Uint8Array): Key => new Key(Uint8Array.from({ length: 32 }, (_, i) => bytes[i] ?? 0));

/** Cases 1 to 4 of RFC 4231, section 4: key, data. The others' keys are longer than any here. */
const RFC_4231: readonly (readonly [Uint8Array, Uint8Array])[] = [
  [filled(0x0b, 20), ascii('Hi There')],
  [ascii('Jefe'), ascii('what do ya want for nothing?')],
  [filled(0xaa, 20), filled(0xdd, 50)],
  [Uint8Array.from({ length: 25 }, (_, i) => i + 1), filled(0xcd, 50)],
];

const digests: readonly { readonly what: string; readonly value: Json; readonly digest: string }[] = [
  ...Object.values(PROGRAMS).map((program) => {
    const prescription: Prescription = { ...PRESCRIPTION, program };
    return {
      what: `a prescription with a program of type ${program.type}`,
      value: prescription as Json,
      digest: prescriptionDigest(prescription),
    };
  }),
  ...REPLIES.readHistory.payload.entries.map(({ digest, ...body }) => ({
    what: 'a history entry without its digest',
    value: body as Json,
    digest,
  })),
];

const ofSimulated = [SERIAL, '', 'Gerät № 7'].map((serial) => ({ serial, pairing: simulatedPairing(serial).hex }));

/** All vectors, by what they are of. */
export const made = {
  about: 'Vectors of the protocol in docs/protocol.md. `npm run vectors` writes this file.',
  pump: { serial: SERIAL, pairing: PAIRING.hex, ...SESSION },
  crc: [ascii('123456789'), filled(0, 4), filled(0xff, 32), ascii('')].map((bytes) => ({
    bytes: bytesToHex(bytes),
    crc: crc32(bytes).toString(16).padStart(8, '0'),
  })),
  hmac: RFC_4231.map(([key, data]) => ({
    key: bytesToHex(key),
    bytes: bytesToHex(data),
    hmac: bytesToHex(keyOf(key).mac(data)),
  })),
  keys: KEYS,
  simulated: ofSimulated,
  digests,
  frames: FRAMES,
  known: KNOWN,
  bad: BAD,
};

/** One line for each vector. */
export function fileText(): string {
  const lines = Object.entries(made).map(([name, value]) => {
    if (!Array.isArray(value)) return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    return `${JSON.stringify(name)}: [\n${value.map((each) => JSON.stringify(each)).join(',\n')}\n]`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}
