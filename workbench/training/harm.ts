import type { Truth } from '../../firmware-sim/index.ts';
import { DRUGS, type DrugName, type Duration, type Instant, span } from '../../shared/index.ts';

/** How far a level is from what the patient is used to. The bounds are those at which the teaching model shows signs. */
export const BANDS = {
  tooLittle: { says: 'far too little', below: 0.35 },
  little: { says: 'too little', below: 0.7 },
  much: { says: 'too much', above: 1.5 },
  tooMuch: { says: 'far too much', above: 3 },
} as const;
export type Band = keyof typeof BANDS;
export const BAND_NAMES = Object.keys(BANDS) as Band[];

/** What a drug in the CSF did while the learner was at work. */
export interface DrugHarm {
  readonly drug: DrugName;
  /** How long it was at least so far off; what is far too little is too little as well. */
  readonly lasted: Readonly<Record<Band, Duration>>;
  /** Least and most, in shares of what the patient was used to when the learner came in. */
  readonly least: number;
  readonly most: number;
  /** Hours since the learner came in, and the share of the usual level then. */
  readonly curve: readonly (readonly [hour: number, share: number])[];
}

interface Watched {
  readonly usual: number;
  readonly lasted: Record<Band, number>;
  readonly curve: [number, number][];
}

const HOUR = 3_600_000;

const isIn = (share: number, band: Band): boolean => {
  const bounds = BANDS[band];
  return 'below' in bounds ? share < bounds.below : share > bounds.above;
};

/** Watches what is in the CSF, look by look, from the instant at which the learner comes in. */
export class HarmWatch {
  readonly #drugs = new Map<DrugName, Watched>();
  #began: Instant | undefined;
  #last: Instant | undefined;

  /** Begins: what the patient is used to now is what everything is measured by. */
  begin({ drugs }: Truth, now: Instant): void {
    [this.#began, this.#last] = [now, now];
    for (const drug of DRUGS) {
      const usual = drugs[drug]?.usual ?? 0;
      // Whoever is used to none of it has no usual level to be off from.
      if (usual > 0)
        this.#drugs.set(drug, { usual, lasted: { tooLittle: 0, little: 0, much: 0, tooMuch: 0 }, curve: [] });
    }
    this.look({ drugs }, now);
  }

  look({ drugs }: Pick<Truth, 'drugs'>, now: Instant): void {
    if (this.#began === undefined || this.#last === undefined || now < this.#last) return;
    for (const [drug, watched] of this.#drugs) {
      const share = (drugs[drug]?.csf ?? 0) / watched.usual;
      const before = watched.curve.at(-1)?.[1] ?? share;
      // A stretch counts by what was so when it began.
      for (const band of BAND_NAMES) if (isIn(before, band)) watched.lasted[band] += now - this.#last;
      watched.curve.push([(now - this.#began) / HOUR, share]);
    }
    this.#last = now;
  }

  get harm(): readonly DrugHarm[] {
    return [...this.#drugs].map(([drug, { lasted, curve }]) => {
      const shares = curve.map(([, share]) => share);
      return {
        drug,
        lasted: {
          tooLittle: span(lasted.tooLittle),
          little: span(lasted.little),
          much: span(lasted.much),
          tooMuch: span(lasted.tooMuch),
        },
        least: Math.min(...shares),
        most: Math.max(...shares),
        curve,
      };
    });
  }
}
