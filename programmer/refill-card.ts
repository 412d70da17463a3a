import { type DeviceProfile, formatDuration, type Status, type WallClock } from '../shared/index.ts';
import type { FieldName } from './fields.ts';
import { printedHead, printedLine } from './report.ts';
import type { Screen } from './screen.ts';

/** How a pump sounds, and who tells of a low reservoir. */
export type Tones = Pick<
  DeviceProfile,
  'criticalTonePattern' | 'criticalToneLength' | 'toneInterval' | 'toneLength' | 'lowReservoirBy'
>;

/** What a patient takes home, in the order it is read. */
const ROWS: readonly FieldName[] = [
  'serial',
  'model',
  'drug',
  'concentration',
  'dailyDose',
  'drug2',
  'concentration2',
  'dailyDose2',
  'drug3',
  'concentration3',
  'dailyDose3',
  'bolusDose',
  'bolusDuration',
  'lockout',
  'bolusesPerDay',
  'bolusParts',
  'refillEntered',
  'expectedVolume',
  'lowReservoir',
  'lowReservoirDate',
  'lowReservoirDateAllBoluses',
  'lowReservoirDateAsFlowed',
  'refillBy',
  'refillByDecided',
  'replaceBy',
];

/** The refill card, as text: what the patient's clinic hands out after a refill, of the pump as it was last read. */
export function refillCard(
  { fields }: Pick<Screen, 'fields'>,
  { criticalInterval }: Pick<Status, 'criticalInterval'>,
  now: WallClock,
  tones?: Tones,
): string {
  const textOf = (name: FieldName) => fields.find((field) => field.name === name)?.text;
  const stopped = textOf('stoppedSince');
  const told = textOf('stillProgrammed');
  const flow = textOf('flowFound');
  // What has just been filled is what is expected in it.
  const names = textOf('refillEntered') === undefined ? ROWS : ROWS.filter((name) => name !== 'expectedVolume');
  const rows = names.flatMap((name) => fields.filter((field) => field.name === name));
  return `${[
    ...printedHead('REFILL CARD', now),
    ...(stopped === undefined ? [] : [`! THE PUMP IS STOPPED since ${stopped}: it gives no drug`]),
    ...(told === undefined ? [] : [`! STILL PROGRAMMED FOR ${told}, and filled with another fluid`]),
    ...(flow === undefined ? [] : [`! ${flow}`]),
    '',
    ...rows.map(({ label, text }) => printedLine(label, text)),
    printedLine('Next appointment', '______________________'),
    ...(tones === undefined ? [] : ['', 'What the pump sounds', ...toneLines(tones, criticalInterval)]),
  ].join('\n')}\n`;
}

const CRITICAL: Readonly<Record<Tones['criticalTonePattern'], string>> = {
  twoTone: 'Two tones, high and low',
  fourThenDouble: 'Four tones, or four double tones',
};

function toneLines(
  { criticalTonePattern, criticalToneLength, toneInterval, toneLength, lowReservoirBy }: Tones,
  criticalInterval: Status['criticalInterval'],
): string[] {
  const sound = (what: string, length: Tones['toneLength'], interval: Tones['toneLength']) =>
    `  ${what}, for ${formatDuration(length)}, every ${formatDuration(interval)}:`;
  return [
    sound(CRITICAL[criticalTonePattern], criticalToneLength, criticalInterval),
    '    the drug may not be given as it should. Call the clinic at once, by day or night.',
    sound('One tone', toneLength, toneInterval),
    '    the pump must soon be filled, replaced or checked. Call the clinic.',
    ...(lowReservoirBy === 'handset' ? ['  A low reservoir is told by the handset, not by the pump.'] : []),
  ];
}
