/** Why there is no trumpet curve of a run, and what was expected. */
export class TrumpetError extends Error {
  override readonly name = 'TrumpetError';
}
