import type { ProfileSheet } from '../profile.ts';
import { likeAnother } from './like.ts';
import { verified } from './lines.ts';
import { synchromedIILike20 } from './synchromed-ii-like.ts';

const RECALL = 'medicaldesignandoutsourcing.com, Faulty sensor forces infusion pump recall (MedStream, 2013)';

export const sensorReservoirLike: ProfileSheet = likeAnother(synchromedIILike20, {
  name: 'sensor-reservoir-like',
  title: 'Sensor-reservoir-like, 20 mL',
  about:
    'A pump that measures what its reservoir holds, after public sources on the MedStream. Not modelled: the sensor and its calibration (the volume is calculated, as in the others), and the flow restrictor.',
  parameters: {
    reservoirCapacity: verified(20, 'mL', `${RECALL}: models of 20 and 40 mL`),
    lowReservoirDefault: verified(3, 'mL', `${RECALL}: the low-reservoir alarm normally sounds at 3 mL`),
  },
});
