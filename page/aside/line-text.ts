import { TEXT, TIME } from '../text.ts';
import type { Deed } from '../worker/protocol.ts';

/** What was done, to be read: "Clinician interrogates", "Story: after 1d: patient asks for a bolus"; of a look its line. */
export function deedText({ line, says, isStory, from, to }: Omit<Deed, 'isAct' | 'found' | 'room'>): string {
  if (line === undefined) return TIME.wait(spanText(to - from));
  if (says === undefined) return line;
  return isStory === true ? `${TIME.played}: ${says}` : sentence(says);
}

/** A time to the minute it is in; with the date where it is another day's than now. */
export function clockText(at: number, now: number): string {
  const [text, today] = [at, now].map((time) => new Date(time).toISOString().slice(0, 16).replace('T', ' '));
  return text?.slice(0, 10) === today?.slice(0, 10) ? `${text?.slice(11)}` : `${text}`;
}

/** With a capital. */
export const sentence = (text: string): string => text.replace(/^./, (first) => first.toUpperCase());

/** How long something took, in its two largest units: "20 d 3 h". */
export function spanText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), TEXT.days],
    [Math.floor(seconds / 3600) % 24, TEXT.hours],
    [Math.floor(seconds / 60) % 60, TEXT.minutes],
    [seconds % 60, TEXT.seconds],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(Math.max(0, first)).slice(0, 2);
  return first < 0
    ? `0 ${TEXT.seconds}`
    : shown.flatMap(([count, unit]) => (count > 0 ? `${count} ${unit}` : [])).join(' ');
}

/** A fault as its button has it under its name: "+15 %", "by: +2 %, every: 30d"; a bare word as it is. */
export function faultText(name: string, written: string): string {
  const plain = written.replaceAll(/[{}]/g, '').replaceAll(/\s+/g, ' ').trim();
  return plain.startsWith(`${name}:`) ? plain.slice(name.length + 1).trim() : plain;
}

/** A name of the vocabulary in words: "flowBias" is "flow bias". */
export const spaced = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
