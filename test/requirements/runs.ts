let isLong = false;

/** How often a law is tried: a few times every day, many times in the long run. */
export const runs = (everyday: number, long: number): number => (isLong ? long : everyday);

export function runLong(): void {
  isLong = true;
}
