import type { Allotted, PatientBolus } from './prescription.ts';

/* Patient bolus by part of the day, by its own plain means. Times of day are ms after local midnight. */

const DAY = 86_400_000;

/** Everything a patient may be given. */
export const allOf = (bolus: PatientBolus): readonly Allotted[] => [
  bolus,
  ...bolus.parts.map((part) => part.bolus).filter((each) => each !== null),
];

export const longestOf = (bolus: PatientBolus): number => Math.max(...allOf(bolus).map(({ duration }) => duration));
export const longestWait = (bolus: PatientBolus): number => Math.max(...allOf(bolus).map(({ lockout }) => lockout));

/** The stretches of a day a part covers: two where it goes on over midnight. */
function stretchesOf({ from, to }: PatientBolus['parts'][number]): readonly (readonly [number, number])[] {
  if (from < to) return [[from, to]];
  return [
    [from, DAY],
    [0, to],
  ];
}

/** Whether no two parts share a time of day. */
export function areApart({ parts }: PatientBolus): boolean {
  if (parts.some(({ from, to }) => from >= DAY || to >= DAY)) return false;
  const stretches = parts.flatMap(stretchesOf).sort(([a], [b]) => a - b);
  return stretches.every(([from], i) => i === 0 || from >= (stretches[i - 1]?.[1] ?? 0));
}

/** What may be had at a local time, or at nobody knows which: then the least and the rarest of the day. */
export function allottedAt(bolus: PatientBolus, wall: number | null): Allotted | null {
  if (wall === null) {
    if (bolus.parts.some((part) => part.bolus === null)) return null;
    const least = [...allOf(bolus)].sort((a, b) => a.rate * a.duration - b.rate * b.duration)[0] ?? bolus;
    return { ...least, lockout: longestWait(bolus) };
  }
  const time = wall % DAY;
  for (const part of bolus.parts) {
    if (stretchesOf(part).some(([from, to]) => from <= time && time < to)) return part.bolus;
  }
  return bolus;
}

/** The next local time after `wall` at which that may change; undefined where it never does. */
export function changeAfter({ parts }: PatientBolus, wall: number): number | undefined {
  const midnight = wall - (wall % DAY);
  const times = parts.flatMap(({ from, to }) => [from, to]).flatMap((time) => [midnight + time, midnight + DAY + time]);
  const later = times.filter((time) => time > wall);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** How long after a grant at a local time the next may be asked for; the longest where there is none then. */
export const waitAfter = (bolus: PatientBolus, wall: number | null): number =>
  allottedAt(bolus, wall)?.lockout ?? longestWait(bolus);
