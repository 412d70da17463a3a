import { HANDSET, TEXT } from '../text.ts';
import { clockText, sentence } from './line-text.ts';

/** A line on the screen of the handset; whether it says when a dose is possible again. */
export interface HandsetLine {
  readonly text: string;
  readonly isWhen: boolean;
}

const AGAIN = /^possible in (?:(\d+)d ?)?(?:(\d+)h ?)?(?:(\d+)min ?)?(?:([\d.]+)s)?$/;
const MINUTE = 60_000;
/** Where no dose was refused: none was asked for, it runs or ran, or nobody knows. */
const MAY_BE =
  /^(Ready|Asking|Bolus started|Your dose|The last dose|a bolus is already running|possible)|does not answer|is not known/;

/**
 * What the handset shows, a line each. A wait is in whole minutes and never shorter than it is; the time it ends is the
 * minute it ends in, as dates are everywhere.
 */
export function handsetLines(display: string, localTime: number): readonly HandsetLine[] {
  const notGiven = MAY_BE.test(display) ? [] : [{ text: HANDSET.notGiven, isWhen: false }];
  const lines = display.split('; ').map((line) => {
    if (line === 'Ready') return { text: HANDSET.ready, isWhen: false };
    const wait = AGAIN.exec(line);
    if (wait === null) return { text: sentence(line), isWhen: false };
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = wait.slice(1).map((each = '0') => Number(each));
    const left = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
    if (left < MINUTE) return { text: HANDSET.soon, isWhen: true };
    const at = clockText(localTime + left, localTime);
    return { text: HANDSET.again(waitText(Math.ceil(left / MINUTE)), at), isWhen: true };
  });
  return [...notGiven, ...lines];
}

/** When it was asked, to the minute. */
export const askedText = (at: number, localTime: number): string => HANDSET.asked(clockText(at, localTime));

/** So many minutes, hours and minutes named: a bare "6:00" has been read as either. */
const waitText = (left: number): string =>
  [[Math.floor(left / 60), TEXT.hours] as const, [left % 60, TEXT.minutes] as const]
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
