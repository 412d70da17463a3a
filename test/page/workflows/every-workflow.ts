import { describe } from 'vitest';
import { bolus } from './bolus.ts';
import { dose } from './dose.ts';
import { implant } from './implant.ts';
import { refill } from './refill.ts';
import { running } from './running.ts';
import { takeSeat, type Way } from './seat.ts';

const WORKFLOWS = { implant, refill, dose, bolus, running } as const;
type Name = keyof typeof WORKFLOWS;

/**
 * Workflows of the programmer, every one unless some are named, done as a clinician does them. What was meant is then
 * compared with the pump, read afresh, and with what is true.
 */
export function everyWorkflow(way: Way, names: readonly Name[] = Object.keys(WORKFLOWS) as Name[]): void {
  const seat = takeSeat(way);
  for (const name of names) describe(name, () => WORKFLOWS[name](seat));
  seat.nothingSaid();
}
