export { answerBytes, readAnswer, readRequest, requestBytes, typeName } from './codec.ts';
export {
  decodeFrame,
  encodeFrame,
  FRAME_PARTS,
  type Frame,
  isTagged,
  MOST_FRAME,
  MOST_NUMBER,
  MOST_PAYLOAD,
} from './frame.ts';
export { bodyOf, isShort, type Message, messageBytes, sameKey } from './message.ts';
export {
  type Answer,
  isCommand,
  MESSAGE_NAMES,
  MESSAGES,
  type MessageName,
  mayAsk,
  REFUSAL_OPCODE,
  REPLY_BIT,
  type Refusal,
  type Reply,
  type ReplyOf,
  type ReplyTo,
  type Request,
  type RequestOf,
  refusal,
  refusalSchema,
} from './registry.ts';
