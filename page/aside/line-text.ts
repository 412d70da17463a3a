import { TIME } from '../text.ts';
import type { Deed } from '../worker/protocol.ts';

/** What was done, to be read: "clinician: interrogate", "story: after: 1d, patient: requestBolus". */
export function deedText({ line, step }: Pick<Deed, 'line' | 'step'>): string {
  if (line === undefined) return TIME.wait;
  if (step !== undefined) return `${TIME.played}: ${step.replace(/^\s*- /, '').replaceAll(/\n\s*/g, ', ')}`;
  return line
    .replaceAll(/["{}]/g, '')
    .replaceAll(/([:,])(?=\S)/g, '$1 ')
    .trim();
}
