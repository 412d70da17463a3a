import type { Visit } from '../visit.ts';

/** The unit in which doses of a drug are written; mL of a diluent. */
export const unitIn = ({ drugs }: Pick<Visit, 'drugs'>, name: string | undefined): string =>
  name === undefined ? 'mL' : (drugs.find((drug) => drug.name === name)?.unit ?? 'mcg');
