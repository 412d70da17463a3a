import {
  bolusVolume,
  type Drug,
  type DrugName,
  type Opening,
  type Status,
  type Volume,
  volume,
} from '../shared/index.ts';

/*
 * What tubing and catheter hold, as far as the programmer knows it from changes of the fluid: what is nearest to the
 * tip comes out first, whatever moves it.
 */

/** A fluid, and how much of it. */
export interface Held {
  readonly drugs: readonly Drug[];
  readonly left: Volume;
}

/**
 * What a prescription finds in the path that is not its own fluid: what a change before has left, and behind it the
 * fluid of the prescription in force where that is another. What fills the path moves no more than the path holds.
 */
export function heldBefore(
  before: Held | null,
  changeover: { readonly old: readonly Drug[]; readonly path: Volume } | undefined,
  opening: Opening | null,
): readonly Held[] {
  const first = before === null ? [] : [before];
  if (changeover === undefined) return first;
  const filled = opening === null || opening.type === 'delayed' ? 0 : bolusVolume(opening);
  const rest = Math.max(changeover.path, filled) - (before?.left ?? 0);
  return rest > 0 ? [...first, { drugs: changeover.old, left: volume.of(rest) }] : first;
}

/** What so much of a flow brings: first what is held, then what follows. */
export function broughtBy(amount: Volume, held: readonly Held[], follows: readonly Drug[]): readonly Held[] {
  const brought: Held[] = [];
  let rest: number = amount;
  for (const { drugs, left } of held) {
    const part = Math.min(rest, left);
    if (part > 0) brought.push({ drugs, left: volume.of(part) });
    rest -= part;
  }
  return rest > 0 ? [...brought, { drugs: follows, left: volume.of(rest) }] : brought;
}

/** The names of all drugs in some fluids, each once, in their order. */
export const drugsIn = (fluids: readonly Held[]): readonly DrugName[] => [
  ...new Set(fluids.flatMap(({ drugs }) => drugs.map(({ name }) => name))),
];

/** The mass of a drug in some fluids, times the volume that a concentration is of. */
export const massAmong = (fluids: readonly Held[], name: DrugName): bigint =>
  fluids.reduce(
    (sum, { drugs, left }) => sum + BigInt(left) * BigInt(drugs.find((drug) => drug.name === name)?.concentration ?? 0),
    0n,
  );

/** What a prime or a bridge moves out, as far as it is known: nothing of the rest of a bridge of which nothing is. */
export function movedOut(
  opening: Opening | null,
  status: Pick<Status, 'prescription' | 'opening'>,
  held: readonly Held[],
  drugs: readonly Drug[],
): readonly Held[] {
  if (opening === null || opening.type === 'delayed') return [];
  // Of the rest of a bridge the pump tells the new fluid alone.
  if (held.length === 0 && opening.type === 'bridge' && status.opening !== null) return [];
  return broughtBy(bolusVolume(opening), held, status.prescription?.drugs ?? drugs);
}
