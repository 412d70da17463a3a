import { expect } from 'vitest';
import type { RunningPump } from '../../workbench/vitest.ts';

/** Checked by the compiler alone: without an error here, the line above it would be one. */
export function whatDoesNotCompile(pump: RunningPump): void {
  // @ts-expect-error: no such reason
  expect(pump.press()).toBeRefused('lokedOut');
  // @ts-expect-error: an alarm is no reason
  expect(pump.press()).toBeRefused('stoppedPump');
  // @ts-expect-error: no such alarm
  expect(pump).toHaveAlarm('lowReservior');
  // @ts-expect-error: no such alarm to wait for
  pump.until({ alarm: 'lowReservior' }, '3d');
  // @ts-expect-error: no such refusal to wait for
  pump.until({ refused: 'lokedOut' }, '3d');
  // @ts-expect-error: no such act
  pump.clinician('interogate');
  // @ts-expect-error: no such drug
  pump.hands({ inject: { volume: '20 mL', baclofn: '500 mcg/mL' } });
  // @ts-expect-error: an act without its value
  pump.hands({ inject: undefined });
  // @ts-expect-error: an act without its value
  pump.world({ reset: undefined });
  // @ts-expect-error: refused for no reason at all
  expect(pump.press()).toBeRefused();
  // @ts-expect-error: no such key
  expect(pump.press()).toBeRefused('lockedOut', { retyIn: '5h' });
  // @ts-expect-error: a time without its key
  expect(pump.press()).toBeRefused('lockedOut', '5h');
  // @ts-expect-error: an amount is written with its unit
  expect(pump).toHaveDelivered(3.9);
}
