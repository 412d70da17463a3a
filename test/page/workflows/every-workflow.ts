import { describe } from 'vitest';
import { bolus } from './bolus.ts';
import { dose } from './dose.ts';
import { implant } from './implant.ts';
import { refill } from './refill.ts';
import { running } from './running.ts';
import { takeSeat, type Way } from './seat.ts';

/**
 * Every workflow of the programmer, done as a clinician does it. What was meant is then compared with the pump, read
 * afresh, and with what is true.
 */
export function everyWorkflow(way: Way): void {
  const seat = takeSeat(way);
  describe('implant, first program and replacement', () => implant(seat));
  describe('refill and fluid', () => refill(seat));
  describe('adjust dose', () => dose(seat));
  describe('boluses', () => bolus(seat));
  describe('a pump in service', () => running(seat));
  seat.nothingSaid();
}
