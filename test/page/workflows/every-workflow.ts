import { describe } from 'vitest';
import { bolus } from './bolus.ts';
import { dose } from './dose.ts';
import { implant } from './implant.ts';
import { refill } from './refill.ts';
import { running } from './running.ts';
import { takeSeat, type Way } from './seat.ts';

const WORKFLOWS = { implant, refill, dose, bolus, running } as const;

/**
 * Every workflow of the programmer, done as a clinician does it. What was meant is then compared with the pump, read
 * afresh, and with what is true.
 */
export function everyWorkflow(way: Way): void {
  const seat = takeSeat(way);
  for (const [name, workflow] of Object.entries(WORKFLOWS)) describe(name, () => workflow(seat));
  seat.nothingSaid();
}
