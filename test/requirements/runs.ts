let long = false;

/** Whether this is the long run. */
export const isLong = (): boolean => long;

/** How often a law is tried: a few times every day, many times in the long run. */
export const runs = (everyday: number, longRun: number): number => (long ? longRun : everyday);

export function runLong(): void {
  long = true;
}
