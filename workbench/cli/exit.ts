/** What `thecal` ends with. */
export const EXIT = { met: 0, failed: 1, unusable: 2, broken: 3, interrupted: 130 } as const;

/** Input that cannot be used. Printed as it is, without a stack; nothing has been written. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}
