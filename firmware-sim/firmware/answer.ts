import {
  type Answer,
  type Refusal,
  type Request,
  type RequestOf,
  type Role,
  refusal,
  type Status,
} from '../../shared/index.ts';
import { prepare } from './commands.ts';
import { LIMIT_LOGS, limitRecords } from './limit-notes.ts';
import type { Processor } from './processor.ts';

/** What a pump says of itself. */
interface Itself {
  readonly serial: string;
  status(): Status;
}

/**
 * Carries out what a station of a role asks for inside its session, or refuses and logs it. Throws where the request
 * is about the session itself: that is the radio's own.
 */
export function answerTo(request: Request, role: Role, processor: Processor, itself: Itself): Answer {
  switch (request.name) {
    case 'openSession':
    case 'authenticate':
    case 'recall':
    case 'closeSession':
      throw new Error(`${request.name} is the radio's own`);
    case 'interrogate':
      return { reply: { name: 'interrogate', payload: itself.status() } };
    case 'readHistory':
      return { reply: { name: 'readHistory', payload: processor.historyFrom(request.payload.from) } };
    case 'readLog':
      return { reply: { name: 'readLog', payload: processor.logFrom(request.payload.from) } };
    case 'noteLimit':
      return noteLimits(request.payload, role, processor, itself);
    default: {
      const wrongPump = 'serial' in request.payload && request.payload.serial !== itself.serial;
      const { event, refused, reply } = prepare(processor.state.context, request, processor.now, role);
      const others = refused === undefined ? [] : [refused.code, ...refused.also];
      const against = wrongPump
        ? ({ code: 'wrongSerial', also: others, until: null, shortest: null } as const)
        : refused;
      // The chart sees a refused request for a bolus too: it counts and logs the denial itself.
      if (against === undefined || request.name === 'requestBolus') processor.handle(event);
      else processor.refused(role, request.name, against.code, against.also);
      return against === undefined
        ? { reply: reply(processor.state.context) }
        : { refused: { ...against, also: [...against.also] } };
    }
  }
}

/** Handles a request for a bolus without an answer to it: what stands against it. */
export function requestBolus(processor: Processor, role: Role): Refusal | undefined {
  const { event, refused } = prepare(processor.state.context, REQUEST, processor.now, role);
  processor.handle(event);
  return refused;
}
const REQUEST = { name: 'requestBolus', payload: {} } as const;

/** Writes down what was asked about the limits of the programmer's drug library, or refused for them. */
function noteLimits(
  { serial, ...note }: RequestOf<'noteLimit'>,
  role: Role,
  processor: Processor,
  itself: Itself,
): Answer {
  if (serial !== itself.serial) {
    processor.refused(role, 'noteLimit', 'wrongSerial');
    return refusal('wrongSerial');
  }
  for (const data of limitRecords(note)) processor.write(processor.now, LIMIT_LOGS[note.answer], data);
  return { reply: { name: 'noteLimit', payload: {} } };
}
