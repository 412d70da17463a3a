import { FileError } from '../scenario/problem.ts';

/** A profile that cannot be used. */
export class ProfileError extends FileError {
  override readonly name = 'ProfileError';
}
