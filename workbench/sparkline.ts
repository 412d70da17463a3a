const BARS = '▁▂▃▄▅▆▇█';

/** Values as a line of bars, 0 lowest, `most` highest. */
export function sparkline(values: readonly number[], most: number): string {
  return values
    .map((value) => {
      if (value <= 0 || most <= 0) return ' ';
      return BARS[Math.min(BARS.length - 1, Math.floor((value / most) * BARS.length))] ?? ' ';
    })
    .join('');
}
