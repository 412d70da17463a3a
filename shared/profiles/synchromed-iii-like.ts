import type { ProfileSheet } from '../profile.ts';
import { likeAnother } from './like.ts';
import { assumed } from './lines.ts';
import { synchromedIILike40 } from './synchromed-ii-like.ts';

export const synchromedIIILike40: ProfileSheet = likeAnother(synchromedIILike40, {
  name: 'synchromed-iii-like-40',
  title: 'SynchroMed-III-like, 40 mL',
  about:
    'The successor of the SynchroMed II, of which public sources tell no numbers: every line but its safe state is that of its predecessor. Not modelled: the visit that only refills, and firmware that is replaced after the implant.',
  parameters: {
    safeState: assumed(
      'defaultSchedule',
      'choice',
      'US patent 8612055 (Medtronic): on an error a stored default schedule in place of a stop; of this pump it is not said',
    ),
  },
});
