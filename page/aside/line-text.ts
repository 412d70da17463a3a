import { TIME } from '../text.ts';
import type { Deed } from '../worker/protocol.ts';

/** What was done, to be read: "clinician: interrogate", "story: after: 1d, patient: requestBolus". */
export function deedText({ line, step }: Pick<Deed, 'line' | 'step'>): string {
  if (line === undefined) return TIME.wait;
  if (step !== undefined) return `${TIME.played}: ${stepLine(step)}`;
  return line
    .replaceAll(/["{}]/g, '')
    .replaceAll(/([:,])(?=\S)/g, '$1 ')
    .trim();
}

/** A step on one line, without what was expected of it. */
const stepLine = (step: string): string =>
  step
    .replace(/^\s*- /, '')
    .split(/\n\s*/)
    .filter((line) => !line.startsWith('expect:'))
    .join(', ');

/** A fault as its button has it under its name: "+15 %", "by: +2 %, every: 30d"; a bare word as it is. */
export function faultText(name: string, written: string): string {
  const plain = written.replaceAll(/[{}]/g, '').replaceAll(/\s+/g, ' ').trim();
  return plain.startsWith(`${name}:`) ? plain.slice(name.length + 1).trim() : plain;
}

/** A name of the vocabulary in words: "flowBias" is "flow bias". */
export const spaced = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
