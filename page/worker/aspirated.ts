import { aspiratedFields, length, type Simulation, UnitError, volume, volumeAlong } from '../../workbench/index.ts';
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

/** What there is between reservoir and tip, as the programmer reckons it. */
export function pathOf({ knows }: Pick<Simulation, 'knows'>): { readonly tubing: number; readonly perCm: number } {
  const { tubingVolume, catheterVolumePerLength } = knows.settings.deadSpace;
  // Of a metre, which loses no digit.
  const metre = volumeAlong(length.parse('100 cm'), catheterVolumePerLength);
  const [tubing, along] = [tubingVolume, metre].map((held) => Number.parseFloat(volume.format(held, 6)));
  return { tubing: tubing ?? 0, perCm: (along ?? 0) / 100 };
}
