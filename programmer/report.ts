import { REFUSALS, showDateTime, type WallClock } from '../shared/index.ts';
import { LOG_NOT_READ } from './conditions.ts';
import { FIELDS, type FieldName, printedOf, type Topic } from './fields.ts';
import { forPeople } from './for-people.ts';
import { type Screen, usageIn } from './screen.ts';
import type { Usage, UsageCount, UsageEvent } from './usage.ts';
import type { VisitContext } from './visit-context.ts';

/** A section that needs a field is there only with it: what a review shows is no part of a report. */
const SECTIONS: readonly (readonly [title: string, topics: readonly Topic[], needs?: FieldName])[] = [
  ['Pump', ['pump', 'stopped']],
  ['Prescription', ['prescription']],
  ['Change of the fluid', ['fluid']],
  ['Before the program', ['opening']],
  ['Single bolus under way', ['singleBolus'], 'singleBolusLeft'],
  ['Patient control', ['patient']],
  ['Reservoir', ['refill', 'reservoir']],
];

/** What is said of it, read or not: who reads a report shall not take silence for nothing. */
const LOGGED: FieldName = 'conditionsLogged';

/** A line of what is printed: a label, and what it says. */
export const printedLine = (label: string, text: string): string => `  ${label.padEnd(40)}${text}`;

/** What stands above everything that is printed. */
export const printedHead = (title: string, now: WallClock): string[] => [
  title,
  `Printed ${showDateTime(now)}. A simulated pump: not for the care of a patient.`,
];

/** The dosing report, as text: what the pump said when it was last read, by section, and how the handset was used. */
export function dosingReport(screen: Screen, now: WallClock, { usage, trend = [] }: Appended = {}): string {
  const { fields, warnings } = forPeople(screen);
  const lines = printedHead('DOSING REPORT', now);
  for (const warning of warnings) lines.push(`! ${warning}`);
  for (const [title, topics, needs] of SECTIONS) {
    if (needs !== undefined && !fields.some(({ name }) => name === needs)) continue;
    const rows = printedOf(topics).flatMap((name) => fields.filter((field) => field.name === name));
    if (rows.length === 0) continue;
    lines.push('', title, ...rows.map(({ label, text }) => printedLine(label, text)));
    if (topics.includes('pump') && !fields.some(({ name }) => name === LOGGED))
      lines.push(printedLine(FIELDS[LOGGED].label, LOG_NOT_READ));
  }
  if (trend.length > 0) lines.push('', ...trendLines(trend));
  if (usage !== undefined) lines.push('', ...usageLines(usage));
  return `${lines.join('\n')}\n`;
}

/** What is printed after the screen. */
interface Appended {
  readonly usage?: Usage | undefined;
  /** Rows of `trendRows`. */
  readonly trend?: readonly (readonly string[])[];
}

const trendLines = (rows: readonly (readonly string[])[]): string[] => [
  'Refills: aspirated minus expected',
  ...[['when', 'expected', 'aspirated', 'difference', 'reason'], ...rows].map((cells) =>
    `  ${cells.map((cell, i) => cell.padEnd([18, 12, 12, 22][i] ?? 0)).join('')}`.trimEnd(),
  ),
];

/** How the handset was used by the log that was read, as the report has it; nothing where none was. */
export function usageText(context: VisitContext): string {
  const usage = usageIn(context);
  return usage === undefined ? '' : usageLines(usage).join('\n');
}

/** A table has the last of them. */
const MOST_EACH = 20;

function eachLine({ wall, kind, why }: UsageEvent): string {
  const when = wall === null ? 'at an unknown time' : showDateTime(wall);
  return `  ${when.padEnd(18)}${kind === 'cutShort' ? 'cut short' : kind}${why === undefined ? '' : `: ${REFUSALS[why]}`}`;
}

/** The use of the handset as a table, and one by one: by local day, and by hour of the day. */
function usageLines({ since, dropped, total, denied, days, hours, each }: Usage): string[] {
  const from = since === null ? 'an unknown time' : showDateTime(since);
  const lost = dropped === 0 ? 'nothing before it was dropped' : `${dropped} older records have been dropped`;
  const reasons = [...denied].map(([code, count]) => `  ${String(count).padStart(6)} denied: ${REFUSALS[code]}`);
  const row = (label: string, ...cells: (string | number)[]) =>
    `  ${label.padEnd(12)}${cells.map((cell) => String(cell).padStart(10)).join('')}`;
  const count = (each: UsageCount) => row(each.label, each.granted, each.denied, each.cutShort);
  const heading = ['Use of the handset', `  Since ${from}; ${lost}.`];
  if (days.length === 0) return [...heading, '  No bolus has been asked for since.'];
  return [
    ...heading,
    row('', 'granted', 'denied', 'cut short'),
    count(total),
    ...reasons,
    '  by day',
    ...days.map(count),
    '  by hour of the day',
    ...hours.map(count),
    each.length > MOST_EACH ? `  the last ${MOST_EACH}, newest first` : '  one by one, newest first',
    ...each.slice(-MOST_EACH).reverse().map(eachLine),
  ];
}
