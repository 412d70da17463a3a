import { PROFILE_NAMES } from '../../shared/index.ts';

/** The path of a profile file: no shipped profile has such a name. */
export const PROFILE_PATH = /\.(yaml|yml|json)$/;

/** Whether what names a profile is the path of a file. */
export const isProfilePath = (reference: string): boolean => PROFILE_PATH.test(reference);

/** What names a profile. */
export const PROFILE_EXPECTED = `expected one of ${PROFILE_NAMES.join(', ')}, or a file such as ./my-pump.yaml`;
