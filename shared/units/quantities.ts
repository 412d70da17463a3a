import type { Branded } from './brand.ts';
import { defineKind } from './kind.ts';

/**
 * A volume, as an integer count of 1/86 400 000 nL (there are 86 400 000 ms in a day): a rate in nL/day
 * times milliseconds is then the exact volume, one product and no remainder. 100 mL is 8.64e15, below 2^53.
 */
export type Volume = Branded<'Volume'>;
/** A flow, as a whole number of nL per day. */
export type Rate = Branded<'Rate'>;
/** A concentration, as a whole number of ng per mL. */
export type Concentration = Branded<'Concentration'>;
/** A level of drug in the body, as a whole number of pg per mL. */
export type Level = Branded<'Level'>;
/** A dose per time, as a whole number of ng per day. */
export type DoseRate = Branded<'DoseRate'>;
/** A mass of drug, as a whole number of ng. */
export type Mass = Branded<'Mass'>;
/** A length, as a whole number of millimetres. */
export type Length = Branded<'Length'>;
/** The strength of a magnetic field, as a whole number of hundredths of a tesla. */
export type FieldStrength = Branded<'FieldStrength'>;
/** What a tube holds along its length, as a whole number of nL per mm. */
export type VolumePerLength = Branded<'VolumePerLength'>;
/** A proportion, as a whole number of parts per million. */
export type Proportion = Branded<'Proportion'>;

/** Units of volume in one nL. */
export const VOLUME_PER_NL = 86_400_000n;
/** Units of volume in one mL. */
export const VOLUME_PER_ML = VOLUME_PER_NL * 1_000_000n;
/** nL in one mL. */
export const NL_PER_ML = 1_000_000n;

/** The largest volume that can be stored: the next whole mL would reach 2^53. */
const MOST_VOLUME = 104n * VOLUME_PER_ML;

export const volume = defineKind<Volume>({
  name: 'a volume',
  example: '2.5 mL',
  units: { mL: VOLUME_PER_ML, mcL: VOLUME_PER_NL * 1000n, nL: VOLUME_PER_NL },
  decimals: 3,
  most: MOST_VOLUME,
});

export const rate = defineKind<Rate>({
  name: 'a rate',
  example: '0.4 mL/day',
  units: {
    'mL/day': NL_PER_ML,
    'mL/h': NL_PER_ML * 24n,
    'mcL/day': 1000n,
    'mcL/h': 24_000n,
    'nL/day': 1n,
  },
  decimals: 4,
  most: 10_000_000_000n,
});

const MASS_UNITS = { mcg: 1000n, mg: 1_000_000n, ng: 1n };
const DOSE_UNITS = {
  'mcg/day': 1000n,
  'mg/day': 1_000_000n,
  'ng/day': 1n,
  'mcg/h': 24_000n,
  'mg/h': 24_000_000n,
};

export const concentration = defineKind<Concentration>({
  name: 'a concentration',
  example: '500 mcg/mL',
  units: { 'mcg/mL': 1000n, 'mg/mL': 1_000_000n, 'ng/mL': 1n },
  decimals: 3,
  most: 1_000_000_000n,
});

export const level = defineKind<Level>({
  name: 'a level',
  example: '0.99 mcg/mL',
  units: { 'mcg/mL': 1_000_000n, 'ng/mL': 1000n, 'pg/mL': 1n },
  decimals: 3,
  most: 1_000_000_000_000n,
});

export const doseRate = defineKind<DoseRate>({
  name: 'a dose per day',
  example: '200 mcg/day',
  units: DOSE_UNITS,
  decimals: 2,
  most: 10_000_000_000_000n,
});

export const mass = defineKind<Mass>({
  name: 'a mass',
  example: '0.75 mg',
  units: MASS_UNITS,
  decimals: 2,
  most: 10_000_000_000_000n,
});

export const fieldStrength = defineKind<FieldStrength>({
  name: 'the strength of a field',
  example: '1.5 T',
  units: { T: 100n },
  decimals: 2,
  most: 10_000n,
});

export const length = defineKind<Length>({
  name: 'a length',
  example: '60 cm',
  units: { cm: 10n, mm: 1n },
  decimals: 1,
  most: 10_000n,
});

export const volumePerLength = defineKind<VolumePerLength>({
  name: 'a volume per length',
  example: '0.0022 mL/cm',
  units: { 'mL/cm': 100_000n },
  decimals: 5,
  most: 100_000n,
});

/** The volume of so much of a tube. Exact. */
export const volumeAlong = (tube: Length, holds: VolumePerLength): Volume =>
  volume.of(Number(BigInt(tube) * BigInt(holds) * VOLUME_PER_NL));

export const proportion = defineKind<Proportion>({
  name: 'a proportion',
  example: '+15 %',
  units: { '%': 10_000n },
  decimals: 2,
  most: 100_000_000n,
  signed: true,
});
