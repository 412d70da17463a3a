import { fromBytes, toBytes } from '../canonical.ts';
import type { FrameError } from '../codes.ts';
import type { Json } from '../json.ts';
import {
  type Answer,
  MESSAGE_NAMES,
  MESSAGES,
  type MessageName,
  REFUSAL_OPCODE,
  REPLY_BIT,
  type Refusal,
  type ReplyOf,
  type ReplyTo,
  type Request,
  refusalSchema,
} from './registry.ts';

const BY_OPCODE = new Map<number, MessageName>(MESSAGE_NAMES.map((name) => [MESSAGES[name].opcode, name]));

export function requestBytes(request: Request): { type: number; payload: Uint8Array } {
  return { type: MESSAGES[request.name].opcode, payload: toBytes(request.payload as Json) };
}

export function answerBytes(answer: Answer): { type: number; payload: Uint8Array } {
  if ('refused' in answer) return { type: REFUSAL_OPCODE, payload: toBytes(answer.refused) };
  const { name, payload } = answer.reply;
  return { type: MESSAGES[name].opcode | REPLY_BIT, payload: toBytes(payload as Json) };
}

/** The request of a frame's type and payload, or which of the two no pump could read. */
export function readRequest(type: number, payload: Uint8Array): Request | { readonly error: FrameError } {
  const name = BY_OPCODE.get(type);
  if (name === undefined) return { error: 'type' };
  const value = read(payload);
  const parsed = MESSAGES[name].request.safeParse(value);
  // The registry ties name and payload together; TypeScript cannot follow it through the look-up.
  return parsed.success ? ({ name, payload: parsed.data } as Request) : { error: 'payload' };
}

/** The answer to `name`, or which part of it could not be read. */
export function readAnswer<N extends MessageName>(
  name: N,
  type: number,
  payload: Uint8Array,
): { readonly reply: ReplyTo<N> } | { readonly refused: Refusal } | { readonly error: FrameError } {
  const value = read(payload);
  if (type === REFUSAL_OPCODE) {
    const parsed = refusalSchema.safeParse(value);
    return parsed.success ? { refused: parsed.data } : { error: 'payload' };
  }
  if (type !== (MESSAGES[name].opcode | REPLY_BIT)) return { error: 'type' };
  const parsed = MESSAGES[name].reply.safeParse(value);
  return parsed.success ? { reply: { name, payload: parsed.data as ReplyOf<N> } } : { error: 'payload' };
}

/** The name of a frame's type, for people and traces. */
export function typeName(type: number): string {
  if (type === REFUSAL_OPCODE) return 'refusal';
  return BY_OPCODE.get(type & ~REPLY_BIT) ?? `unknown ${type}`;
}

function read(payload: Uint8Array): unknown {
  try {
    return fromBytes(payload);
  } catch {
    return undefined;
  }
}
