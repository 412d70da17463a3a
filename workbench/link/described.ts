import { decodeFrame, fromBytes, type Json, typeName } from '../../shared/index.ts';

/** What a frame says, for the trace. */
export function described(bytes: Uint8Array): { readonly [key: string]: Json } {
  const frame = decodeFrame(bytes);
  if ('error' in frame) return { unreadable: frame.error };
  const { session, sequence, type, payload } = frame;
  return { name: typeName(type), answer: type >= 0x80, session, sequence, payload: payloadOf(payload) };
}

function payloadOf(payload: Uint8Array): Json {
  try {
    return fromBytes(payload) as Json;
  } catch {
    return null;
  }
}
