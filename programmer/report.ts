import { type Instant, showDateTime, type WallClock, wallClockAt } from '../shared/index.ts';
import type { FieldName, Screen } from './screen.ts';

const SECTIONS: readonly (readonly [title: string, fields: readonly FieldName[]])[] = [
  ['Pump', ['serial', 'model', 'mode', 'stoppedFor', 'rate', 'record', 'replaceBy']],
  ['Prescription', ['drug', 'concentration', 'dailyDose', 'basalRate', 'ceiling']],
  [
    'Patient control',
    [
      'bolusDose',
      'bolusVolume',
      'bolusDuration',
      'lockout',
      'bolusesPerDay',
      'dailyDoseAllBoluses',
      'granted',
      'denied',
    ],
  ],
  [
    'Reservoir',
    [
      'refillExpected',
      'refillAspirated',
      'refillDiscrepancy',
      'refillEntered',
      'expectedVolume',
      'lowReservoir',
      'lowReservoirDate',
      'lowReservoirDateAllBoluses',
    ],
  ],
];

/** The dosing report, as text: what the pump said when it was last read, by section. */
export function dosingReport({ fields, warnings }: Screen, clock: WallClock, now: Instant): string {
  const lines = [
    'DOSING REPORT',
    `Printed ${showDateTime(wallClockAt(clock, now))}. A simulated pump: not for the care of a patient.`,
  ];
  for (const warning of warnings) lines.push(`! ${warning}`);
  for (const [title, names] of SECTIONS) {
    const rows = names.flatMap((name) => fields.filter((field) => field.name === name));
    if (rows.length === 0) continue;
    lines.push('', title, ...rows.map(({ label, text }) => `  ${label.padEnd(34)}${text}`));
  }
  return `${lines.join('\n')}\n`;
}
