/** The most and the fewest strokes in any window of one length. */
export interface Extremes {
  readonly most: number;
  readonly fewest: number;
}

/**
 * Slides a window of so many sample intervals over an analysis period, a sample at a time: windows overlap, and there
 * are (Tx − P) / S + 1 of them. `strokes` counts those of each sample instant from the first on, one more than there
 * are intervals; the window must be no longer than they are.
 */
export function extremes(strokes: readonly number[], intervals: number): Extremes {
  let [most, fewest] = [0, Number.MAX_SAFE_INTEGER];
  for (let end = intervals; end < strokes.length; end++) {
    const within = (strokes[end] ?? 0) - (strokes[end - intervals] ?? 0);
    if (within > most) most = within;
    if (within < fewest) fewest = within;
  }
  return { most, fewest };
}
