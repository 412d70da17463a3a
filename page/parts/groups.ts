import type { TEXT } from '../text.ts';
import type { Field } from '../worker/protocol.ts';

type Group = keyof typeof TEXT.groups;

const REST: Group = 'drug';
/** Under which heading a field of the screen stands; the others under that of the drug. */
const NAMES: Readonly<Record<Exclude<Group, 'drug'>, readonly Field['name'][]>> = {
  delivery: [
    'mode',
    'rate',
    'singleBolusLeft',
    'singleBolusEnds',
    'singleBolusWaits',
    'openingUnderway',
    'openingLeft',
    'openingEnds',
    'openingWaits',
    'program',
    'periodicDose',
    'periodicInterval',
    'periodicNext',
    'basalRate',
    'meanDose',
  ],
  patient: [
    'bolusDose',
    'bolusParts',
    'bolusVolume',
    'bolusDuration',
    'lockout',
    'bolusesPerDay',
    'bolusesGiven',
    'granted',
    'denied',
    'nextBolus',
    'patientBolusLeft',
    'patientBolusEnds',
    'usageSince',
    'usageGranted',
    'usageDenied',
    'usageCutShort',
    'usageDropped',
  ],
  reservoir: [
    'expectedVolume',
    'gaugeVolume',
    'reservoir',
    'timeToEmpty',
    'lowReservoir',
    'lowReservoirDate',
    'lowReservoirDateAllBoluses',
    'refillExpected',
    'refillAspirated',
    'refillDiscrepancy',
    'refillShare',
    'refillDirection',
    'refillCauses',
    'refillNote',
    'refillEntered',
    'refillBy',
    'refillByDecided',
    'discrepancyTrend',
    'discrepancyReason',
    'residualHolds',
  ],
  pump: [
    'serial',
    'model',
    'clock',
    'clockDifference',
    'clockChange',
    'clockDoseChange',
    'clockStepsSkipped',
    'replaceBy',
    'criticalInterval',
    'record',
  ],
  read: ['historyEntries', 'logRecords', 'conditionsLogged'],
};

const GROUP_OF = new Map(
  Object.entries(NAMES).flatMap(([group, names]) => names.map((name) => [name, group] as const)),
);
const ORDER: readonly Group[] = ['delivery', 'drug', 'patient', 'reservoir', 'pump', 'read'];
/** What the banners say. */
const TOP: readonly Field['name'][] = [
  'notDelivering',
  'stoppedFor',
  'stoppedSince',
  'doseMissed',
  'resumeNot',
  'pendingEdits',
];

/** The fields of a screen under their headings, in the order a clinician reads them. */
export function grouped(fields: readonly Field[]): readonly (readonly [Group, readonly Field[]])[] {
  const shown = fields.filter(({ name }) => !TOP.includes(name));
  const groupOf = ({ name }: Field) => GROUP_OF.get(name) ?? REST;
  return ORDER.map((group) => [group, shown.filter((field) => groupOf(field) === group)] as const).filter(
    ([, list]) => list.length > 0,
  );
}
