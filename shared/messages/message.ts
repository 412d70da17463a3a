import type { Key } from '../keys.ts';
import { answerBytes, requestBytes } from './codec.ts';
import { encodeFrame, type Frame, MOST_PAYLOAD } from './frame.ts';
import { type Answer, type MessageName, type Request, refusal } from './registry.ts';

/** What a frame says: a request or an answer, and the key that vouches for it; null where there is none. */
export interface Message<S extends Request | Answer = Request | Answer> {
  readonly session: number;
  readonly sequence: number;
  readonly says: S;
  readonly key: Key | null;
}

/** The frame of a message. Throws RangeError where a request does not fit one. */
export const messageBytes = ({ session, sequence, says, key }: Message): Uint8Array =>
  encodeFrame({ session, sequence, ...bodyOf(says) }, key);

/** Type and payload of what is said; an answer that does not fit a frame is a refusal instead. */
export function bodyOf(says: Request | Answer): Pick<Frame, 'type' | 'payload'> {
  if ('name' in says) return requestBytes(says);
  const body = answerBytes(says);
  return body.payload.length > MOST_PAYLOAD ? answerBytes(refusal('tooLong')) : body;
}

/** Whether both are the same key, or none. */
export const sameKey = (a: Key | null, b: Key | null): boolean => a === b || (a !== null && a.hex === b?.hex);

/** Requests that fit a frame whatever they say, and so do their answers. */
const SHORT: readonly MessageName[] = [
  'openSession',
  'authenticate',
  'interrogate',
  'enterReservoir',
  'resume',
  'closeSession',
];

/** Whether a request may be handed over: neither it nor its answer can be too long for a frame. */
export const isShort = ({ name }: Request): boolean => SHORT.includes(name);
