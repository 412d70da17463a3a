import { expect, test } from 'vitest';
import { bytesToHex, hexToBytes, instant, span } from '../../../shared/index.ts';
import { Flights, inBytes } from '../../../workbench/link/in-flight.ts';

const [START, LATENCY] = [instant(0), span(200)];

/** Frames on their way to the pump; the next that arrives, by its bytes. */
function onTheirWay() {
  const flights = new Flights();
  const send = (hex: string, held = false) => {
    const frame = { from: 'programmer', to: 'pump', frame: hexToBytes(hex), crash: null, because: 1 } as const;
    flights.add({ ...frame, held, noted: true }, START, LATENCY);
  };
  const next = () => {
    const frame = flights.take();
    return frame && bytesToHex(inBytes(frame.frame));
  };
  return { flights, send, next };
}

test('frames arrive in the order sent, and one held back right behind the next', () => {
  const { flights, send, next } = onTheirWay();
  for (const [bytes, held] of [
    ['aa', false],
    ['bb', true],
    ['cc', false],
    ['dd', false],
  ] as const)
    send(bytes, held);
  expect(flights.due()).toBe(200);
  expect([next(), next(), next(), next(), next()]).toEqual(['aa', 'cc', 'bb', 'dd', undefined]);
  expect(flights.due()).toBeUndefined();
});

test('what was saved is not moved by what is sent and arrives afterwards', () => {
  const { flights, send, next } = onTheirWay();
  send('aa', true);
  const saved = flights.save();
  const restored = new Flights();
  restored.load(saved);
  send('bb');
  next();
  expect(saved.frames).toMatchObject([{ bytes: 'aa', held: true, arrives: 5200 }]);
  restored.take();
  expect(saved.frames).toHaveLength(1);
});
