import { HANDSET, TEXT } from '../text.ts';

/** A line on the screen of the handset; whether it says when a dose is possible again. */
export interface HandsetLine {
  readonly text: string;
  readonly isWhen: boolean;
}

const AGAIN = /^possible in (?:(\d+)d ?)?(?:(\d+)h ?)?(?:(\d+)min ?)?(?:([\d.]+)s)?$/;
const MINUTE = 60_000;
/** Where no dose was refused: none was asked for, it runs, or nobody knows. */
const MAY_BE = /^(Ready|Asking|Bolus started|possible)|does not answer|is not known/;

/** What the handset shows, a line each: a wait in whole minutes, never shorter than it is, and the time it ends. */
export function handsetLines(display: string, localTime: number): readonly HandsetLine[] {
  const notGiven = MAY_BE.test(display) ? [] : [{ text: HANDSET.notGiven, isWhen: false }];
  const lines = display.split('; ').map((line) => {
    const wait = AGAIN.exec(line);
    if (wait === null) return { text: line, isWhen: false };
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = wait.slice(1).map((each = '0') => Number(each));
    const ends = Math.ceil((localTime + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000) / MINUTE);
    const left = ends - Math.floor(localTime / MINUTE);
    if (days + hours + minutes + seconds === 0) return { text: HANDSET.now, isWhen: true };
    return { text: HANDSET.again(waitText(left), new Date(ends * MINUTE).toISOString().slice(11, 16)), isWhen: true };
  });
  return [...notGiven, ...lines];
}

/** So many minutes, hours and minutes named: a bare "6:00" has been read as either. */
const waitText = (left: number): string =>
  [[Math.floor(left / 60), TEXT.hours] as const, [left % 60, TEXT.minutes] as const]
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
