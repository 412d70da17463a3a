import {
  type DeviceProfile,
  length,
  type Proportion,
  proportion,
  type Volume,
  volumeAlong,
} from '../../shared/index.ts';
import type { Transfer } from './compartments.ts';

/** Where the tip of a catheter lies. */
export const TIPS = ['intrathecal', 'epidural', 'subdural', 'dislodged'] as const;
export type Tip = (typeof TIPS)[number];

/** Where a catheter leaks: at the connector on the pump, or half way along. */
export const LEAK_PLACES = ['connector', 'catheter'] as const;
export type LeakPlace = (typeof LEAK_PLACES)[number];

/** What carries the drug from the pump into the patient, as it is. */
export interface Catheter {
  /** What it holds. */
  readonly volume: Volume;
  readonly tip: Tip;
  /** Whether it is on the pump; what leaves a pump that is on no catheter leaves the patient, too. */
  readonly connected: boolean;
  /** The share of the flow that leaves it beside the way, and where; null where it is tight. */
  readonly leak: { readonly share: Proportion; readonly at: LeakPlace } | null;
  /** The share of what comes out of the tip that a granuloma keeps from the CSF. */
  readonly granuloma: Proportion;
}

/** A catheter is 89 cm long (InDura 1P, 8709SC) and trimmed: no figure found for what is left. Assumed. */
const LEFT = length.parse('60 cm');

/** The catheter a patient comes with, its tip where it should be. */
export const catheterOf = ({ catheterVolumePerLength }: Pick<DeviceProfile, 'catheterVolumePerLength'>): Catheter => ({
  volume: volumeAlong(LEFT, catheterVolumePerLength),
  tip: 'intrathecal',
  connected: true,
  leak: null,
  granuloma: proportion.of(0),
});

/*
 * Tubing and catheter are a row of well-mixed cells. Twelve in all spread a front as slow flow in a narrow tube does
 * (the quickest fluid of a laminar flow is out when half of what the tube holds has gone in): a drug comes early and
 * thinned, as the recall of priming boluses tells. Their number is assumed.
 */
const CELLS = { tubing: 6, catheter: 6 } as const;
const FIRST = { tubing: 0, catheter: CELLS.tubing, middle: CELLS.tubing + CELLS.catheter / 2 } as const;
export const LINE_CELLS = CELLS.tubing + CELLS.catheter;

const MILLION = 1_000_000;

/** Where a flow through the catheter may end. */
export interface Ends {
  readonly csf: number;
  readonly epidural: number;
  readonly depot: number;
  readonly outside: number;
}

/** Shares of a flow into the catheter that end in the patient, under the skin and outside, in parts per million. */
export interface Split {
  readonly patient: number;
  readonly pocket: number;
  readonly outside: number;
}

const ALL: Split = { patient: MILLION, pocket: 0, outside: 0 };

/** Where a flow ends that comes in at the pump, or by hand at its access port, which lies before the connector too. */
export function splitOf({ connected, leak, tip }: Catheter): Split {
  if (!connected) return { ...ALL, patient: 0, outside: MILLION };
  if (tip === 'dislodged') return { ...ALL, patient: 0, pocket: MILLION };
  const leaks = leak?.share ?? 0;
  return { ...ALL, patient: MILLION - leaks, pocket: leaks };
}

const escaping = ({ leak }: Catheter, at: LeakPlace): number => (leak?.at === at ? leak.share / MILLION : 0);

/** The share of what comes to the connector that goes on into the catheter; the rest gathers around the pump. */
export const entering = (catheter: Catheter): number => (catheter.connected ? 1 - escaping(catheter, 'connector') : 0);

/** How a flow moves what the cells hold, for each unit of volume that flows in at the pump or at the access port. */
export function transfersAlong(catheter: Catheter, tubing: Volume, from: 'pump' | 'port', ends: Ends): Transfer[] {
  const { connected, tip, granuloma } = catheter;
  const transfers: Transfer[] = [];
  let through = 1;
  const pass = (cell: number, holds: number, to: readonly (readonly [number, number])[]) => {
    for (const [end, part] of to) transfers.push({ from: cell, to: end, share: (through * part) / holds });
  };
  const enters = entering(catheter);
  if (from === 'pump') {
    const holds = tubing / CELLS.tubing;
    for (let cell = FIRST.tubing; cell < FIRST.catheter - 1; cell++) pass(cell, holds, [[cell + 1, 1]]);
    pass(FIRST.catheter - 1, holds, [
      [connected ? ends.depot : ends.outside, 1 - enters],
      [FIRST.catheter, enters],
    ]);
  }
  through *= enters;
  const holds = catheter.volume / CELLS.catheter;
  for (let cell = FIRST.catheter; cell < LINE_CELLS - 1; cell++) {
    const out = cell + 1 === FIRST.middle ? escaping(catheter, 'catheter') : 0;
    pass(cell, holds, [
      [ends.depot, out],
      [cell + 1, 1 - out],
    ]);
    through *= 1 - out;
  }
  const kept = granuloma / MILLION;
  const last = LINE_CELLS - 1;
  // Under the dura slow flow stays; a push by hand breaks through.
  const isOutside = tip === 'epidural' || (tip === 'subdural' && from === 'pump');
  if (tip === 'dislodged') pass(last, holds, [[ends.depot, 1]]);
  else if (isOutside) pass(last, holds, [[ends.epidural, 1]]);
  else
    pass(last, holds, [
      [ends.epidural, kept],
      [ends.csf, 1 - kept],
    ]);
  return transfers;
}

/** How the cells move where fluid is drawn out at the access port: CSF comes in at the tip. */
export function transfersBack(
  { volume, tip }: Pick<Catheter, 'volume' | 'tip'>,
  { csf, drawn, csfVolume }: { readonly csf: number; readonly drawn: number; readonly csfVolume: number },
): Transfer[] {
  const holds = volume / CELLS.catheter;
  const transfers: Transfer[] = [{ from: FIRST.catheter, to: drawn, share: 1 / holds }];
  for (let cell = FIRST.catheter + 1; cell < LINE_CELLS; cell++)
    transfers.push({ from: cell, to: cell - 1, share: 1 / holds });
  if (tip === 'intrathecal') transfers.push({ from: csf, to: LINE_CELLS - 1, share: 1 / csfVolume });
  return transfers;
}

/** The cells of a row that are the pump's own: a new pump comes with new ones. */
export const isTubing = (cell: number): boolean => cell < FIRST.catheter;
export const CATHETER_INLET = FIRST.catheter;
