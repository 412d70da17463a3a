import { aspiratedFields, type Simulation, UnitError, volume } from '../../workbench/index.ts';
import type { Field } from './protocol.ts';

/** What the programmer says of a volume in the syringe, by the pump as it was last read; nothing of what is no volume. */
export function aspiratedIn({ knows }: Pick<Simulation, 'knows'>, text: string): readonly Field[] {
  try {
    return aspiratedFields(knows, volume.parse(text));
  } catch (error) {
    if (error instanceof UnitError) return [];
    throw error;
  }
}

/** What cannot be aspirated from the reservoir of this model. */
export const residualOf = ({ profile }: Pick<Simulation, 'profile'>): string => volume.format(profile.residualVolume);
