/** What `thecal` ends with. An interruption (SIGINT) ends it at once; a shell then says 130. */
export const EXIT = { met: 0, failed: 1, unusable: 2, broken: 3 } as const;

/** Input that cannot be used. Printed as it is, without a stack; nothing has been written. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}
