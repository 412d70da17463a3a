import { didYouMean, PROFILE_NAMES } from '../../shared/index.ts';

/** What names a profile, and the names nearest to what was given for one. */
export const profileExpected = (given?: unknown): string =>
  `expected one of ${PROFILE_NAMES.join(', ')}, or a file such as ./my-pump.yaml${didYouMean(PROFILE_NAMES, given)}`;
