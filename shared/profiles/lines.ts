import type { Line } from '../profile.ts';

/* Lines of a data sheet, by how well their number is known. */

const as =
  (status: Line['status']) =>
  (value: number | string, unit: string, source: string): Line => ({ value, unit, status, source });

/** Read in a source that speaks of this device. */
export const verified = as('verified');
/** Read, but at second hand, or of a part of the system that is not this one. */
export const secondary = as('secondary');
export const unverified = as('unverified');
/** Chosen, because nothing was found. */
export const assumed = as('assumed');
