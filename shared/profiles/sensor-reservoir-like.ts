import type { ProfileSheet } from '../profile.ts';
import { likeAnother } from './like.ts';
import { assumed, verified } from './lines.ts';
import { synchromedIILike20 } from './synchromed-ii-like.ts';

const RECALL = 'medicaldesignandoutsourcing.com, Faulty sensor forces infusion pump recall (MedStream, 2013)';

export const sensorReservoirLike: ProfileSheet = likeAnother(synchromedIILike20, {
  name: 'sensor-reservoir-like',
  title: 'Sensor-reservoir-like, 20 mL',
  about:
    'A pump that measures what its reservoir holds, after public sources on the MedStream. What a calibration that is off does to it is a fault (`fillSensor`). Not modelled: the flow restrictor.',
  parameters: {
    reservoirCapacity: verified(20, 'mL', `${RECALL}: models of 20 and 40 mL`),
    reservoirGauge: verified('sensed', 'choice', `${RECALL}: a fill-level sensor measures the content`),
    gaugeInterval: assumed(6, 'h', 'no figure found; four times a day'),
    lowReservoirDefault: verified(3, 'mL', `${RECALL}: the low-reservoir alarm normally sounds at 3 mL`),
  },
});
