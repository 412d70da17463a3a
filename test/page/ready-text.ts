import { stringify } from 'yaml';
import { READY as SETTING } from '../../page/ready.ts';

/** The patient with whom the page opens, as a file: a scenario has a step. */
export const READY = stringify({ ...SETTING, story: [{ clinician: 'interrogate' }] });
