import type { Answer, Request, Role } from '../../shared/index.ts';
import { plainChart } from './chart/pump.chart.ts';
import { accepted, prepare } from './commands.ts';
import type { Processor } from './processor.ts';
import { statusOf } from './status.ts';

/** What a pump of a serial number says of itself now. */
export const statusNow = (processor: Processor, serial: string) =>
  statusOf(processor.state, serial, processor.now, accepted(plainChart, processor.state, processor.now));

/**
 * Carries out what a station of a role asks for inside its session, or refuses and logs it. Throws where the request
 * is about the session itself: that is the radio's own.
 */
export function answerTo(request: Request, role: Role, processor: Processor, serial: string): Answer {
  switch (request.name) {
    case 'openSession':
    case 'authenticate':
    case 'recall':
    case 'closeSession':
      throw new Error(`${request.name} is the radio's own`);
    case 'interrogate':
      return { reply: { name: 'interrogate', payload: statusNow(processor, serial) } };
    case 'readHistory':
      return { reply: { name: 'readHistory', payload: processor.historyFrom(request.payload.from) } };
    case 'readLog':
      return { reply: { name: 'readLog', payload: processor.logFrom(request.payload.from) } };
    default: {
      const { now } = processor;
      const wrongPump = 'serial' in request.payload && request.payload.serial !== serial;
      const { event, refused, reply } = prepare(processor.state.context, request, now, role);
      const others = refused === undefined ? [] : [refused.code, ...refused.also];
      const refusal = wrongPump
        ? ({ code: 'wrongSerial', also: others, until: null, shortest: null } as const)
        : refused;
      // The chart sees a refused request for a bolus too: it counts and logs the denial itself.
      if (refusal === undefined || request.name === 'requestBolus') processor.handle(event);
      else {
        const { code, also } = refusal;
        processor.write(now, 'commandRefused', { command: request.name, code, also: [...also] });
      }
      return refusal === undefined
        ? { reply: reply(processor.state.context) }
        : { refused: { ...refusal, also: [...refusal.also] } };
    }
  }
}
