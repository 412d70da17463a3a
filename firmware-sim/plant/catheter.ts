import {
  type DeviceProfile,
  length,
  type Proportion,
  proportion,
  VOLUME_PER_ML,
  type Volume,
  volumeAlong,
} from '../../shared/index.ts';
import type { Inlet, Transfer } from './compartments.ts';

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
export const LINE_CELLS = CELLS.tubing + CELLS.catheter;
/**
 * Least that a cell holds: 5 mcL, assumed. A piece that holds less has none and lets fluid through at once, for one of
 * next to nothing fills in no time.
 */
const LEAST_CELL = Number(VOLUME_PER_ML) / 200;

/** A piece of the row: its cells in the order of the flow, and what each of them holds. */
interface Piece {
  readonly cells: readonly number[];
  readonly holds: number;
}

function piece(first: number, most: number, volume: Volume): Piece {
  const count = Math.min(most, Math.floor(volume / LEAST_CELL));
  return { cells: Array.from({ length: count }, (_, i) => first + i), holds: volume / count };
}
const tubingOf = (tubing: Volume): Piece => piece(0, CELLS.tubing, tubing);
const catheterRow = ({ volume }: Pick<Catheter, 'volume'>): Piece => piece(CELLS.tubing, CELLS.catheter, volume);

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

/** How a flow goes: where it comes in, and how it moves what the cells hold, for each unit of volume that flows in. */
export interface Way {
  readonly inlets: readonly Inlet[];
  readonly transfers: readonly Transfer[];
}

/** The way of a flow that comes in at the pump, or by hand at its access port. */
export function wayAlong(catheter: Catheter, tubing: Volume, from: 'pump' | 'port', ends: Ends): Way {
  const { connected, tip } = catheter;
  const inlets: Inlet[] = [];
  const transfers: Transfer[] = [];
  /** The cell it has come to, undefined where it has met none, and the share of the flow that has come so far. */
  let [at, holds, through]: [number | undefined, number, number] = [undefined, 1, 1];
  const give = (to: number, part: number) => {
    if (at === undefined) inlets.push({ to, share: through * part });
    else transfers.push({ from: at, to, share: (through * part) / holds });
  };
  const pass = (piece: Piece, cells = piece.cells) => {
    for (const cell of cells) {
      give(cell, 1);
      [at, holds] = [cell, piece.holds];
    }
  };
  const lose = (to: number, part: number) => {
    give(to, part);
    through *= 1 - part;
  };
  if (from === 'pump') pass(tubingOf(tubing));
  if (connected) lose(ends.depot, escaping(catheter, 'connector'));
  else lose(ends.outside, 1);
  const row = catheterRow(catheter);
  const middle = Math.floor(row.cells.length / 2);
  pass(row, row.cells.slice(0, middle));
  lose(ends.depot, escaping(catheter, 'catheter'));
  pass(row, row.cells.slice(middle));
  // Under the dura slow flow stays; a push by hand breaks through.
  const isOutside = tip === 'epidural' || (tip === 'subdural' && from === 'pump');
  if (tip === 'dislodged') give(ends.depot, 1);
  else if (isOutside) give(ends.epidural, 1);
  else {
    const kept = catheter.granuloma / MILLION;
    give(ends.epidural, kept);
    give(ends.csf, 1 - kept);
  }
  return { inlets, transfers };
}

/** How the cells move where fluid is drawn out at the access port: CSF comes in at the tip. */
export function transfersBack(
  catheter: Pick<Catheter, 'volume' | 'tip'>,
  { csf, drawn, csfVolume }: { readonly csf: number; readonly drawn: number; readonly csfVolume: number },
): Transfer[] {
  const { cells, holds } = catheterRow(catheter);
  const behind = catheter.tip === 'intrathecal' ? [{ from: csf, share: 1 / csfVolume }] : [];
  const row = [...cells.map((from) => ({ from, share: 1 / holds })), ...behind];
  return row.map((each, i) => ({ ...each, to: row[i - 1]?.from ?? drawn }));
}

/** The cells of a row that are the pump's own: a new pump comes with new ones. */
export const isTubing = (cell: number): boolean => cell < CELLS.tubing;
