import { PROFILE_NAMES } from '../../shared/index.ts';

/** What names a profile. */
export const PROFILE_EXPECTED = `expected one of ${PROFILE_NAMES.join(', ')}, or a file such as ./my-pump.yaml`;
