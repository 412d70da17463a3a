import { formatDuration, MS_PER_DAY, span } from '../shared/index.ts';
import { FIELDS, type Field, type FieldName } from './fields.ts';
import type { Screen } from './screen.ts';

/*
 * Figures as a syringe or a prescription has them. Records, and whoever computes, have every digit; who reads a screen or
 * a report takes digits for accuracy, and what a mixture brings is known to a few.
 */

/** What is estimated: of a mixture, and of what flows while it lasts. */
const ESTIMATES: ReadonlySet<FieldName> = new Set<FieldName>([
  'mixedConcentration',
  'mixedDose',
  'rinsedConcentration',
  'rinsedDose',
  'oldFluidDose',
  'oldFluidLasts',
  'withBridge',
  'withoutBridge',
  'openingAfter',
  'opening',
]);

/** What somebody has prescribed or set is shown as it is. */
const EXACT: ReadonlySet<FieldName> = new Set<FieldName>([
  'criticalInterval',
  'periodicInterval',
  'doseLimitWindow',
  'singleBolusDuration',
  'bolusDuration',
  'lockout',
]);
/** Nobody is told to come before the time. */
const WAITS: ReadonlySet<FieldName> = new Set<FieldName>(['nextBolus', 'nextBolusAfter']);

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Times of the parts of a duration, as it is written. */
const PARTS = [MS_PER_DAY, HOUR, MINUTE, 1000] as const;

/** "1901.863 mcg" has four digits that count: "1902 mcg". */
const inFour = (text: string): string =>
  text.replace(/(\d+\.\d+)(?= m?c?g\b)/g, (number) => {
    const value = Number(number);
    return `${value >= 1000 ? Math.round(value) : Number(value.toPrecision(4))}`;
  });

/** Of an hour or more nobody counts the seconds. */
const toTheMinute = (text: string, whole: (minutes: number) => number = Math.round): string =>
  text.replace(/(?:(\d+)d )?(?:(\d+)h )?(?:(\d+)min )?(\d+(?:\.\d+)?)s\b/g, (found: string, ...parts: string[]) => {
    const time = PARTS.reduce((sum, part, i) => sum + Number(parts[i] ?? 0) * part, 0);
    return time < HOUR ? found : formatDuration(span(whole(time / MINUTE) * MINUTE));
  });

function fieldForPeople(field: Field): Field {
  const isEstimate = ESTIMATES.has(field.name);
  if (EXACT.has(field.name) || (!isEstimate && FIELDS[field.name].kind !== 'duration')) return field;
  const whole = WAITS.has(field.name) ? Math.ceil : Math.round;
  return { ...field, text: toTheMinute(isEstimate ? inFour(field.text) : field.text, whole) };
}

/** A screen as people read it. Less than a day is not told as what a day would bring: nobody commanded that. */
export function forPeople<S extends Pick<Screen, 'fields' | 'warnings'>>(screen: S): S {
  const isLess = screen.fields.some(({ name }) => name === 'commandedSince');
  const isCheck = (text: string) => text.startsWith('Check: ');
  return {
    ...screen,
    fields: screen.fields.filter(({ name }) => name !== 'meanDose' || !isLess).map(fieldForPeople),
    warnings: screen.warnings.map((text) => (isCheck(text) ? toTheMinute(inFour(text)) : text)),
  };
}
