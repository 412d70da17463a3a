import type { ProfileSheet } from '../profile.ts';
import { likeAnother } from './like.ts';
import { assumed, secondary, unverified, verified } from './lines.ts';
import { synchromedIILike20 } from './synchromed-ii-like.ts';

const D = 'MiniMed 2007D physician’s manual (MMT-3160)';
const C = 'MiniMed 2007C physician’s manual, chapter 9';

export const minimed2007Like: ProfileSheet = likeAnother(synchromedIILike20, {
  name: 'minimed-2007-like',
  title: 'MiniMed-2007-like, 15 mL',
  about:
    'An implanted insulin pump with a basal rate for every half hour, after public sources on the MiniMed 2007; 1 mL is 400 units. Not modelled: insulin, the tones of its communicator, auto-off, and the fill of a reservoir under negative pressure.',
  parameters: {
    reservoirCapacity: secondary(15, 'mL', `${D}, p. 81: about 6000 units, here of 400 units/mL`),
    minimumRate: verified(0.5, 'mcL/h', `${D}, p. 66: a suspended pump still delivers about 0.2 units/h`),
    basalMinimum: assumed(0.5, 'mcL/h', 'no figure found; what a suspended pump delivers'),
    basalMaximum: assumed(100, 'mcL/h', 'no figure found; 40 units/h'),
    strokeVolume: unverified(0.5, 'mcL', 'general knowledge: 0.2 units a stroke; the manual prints it, not read'),
    lowReservoirDefault: verified(2, 'mL', `${D}, p. 81: 800 units, calculated`),
    lowReservoirBy: verified('handset', 'choice', `${D}, p. 81: worked out by the communicator, not by the pump`),
    emptyAt: verified(1, 'mL', `${D}, p. 81: 400 units, calculated`),
    hourlyMaximum: assumed(
      150,
      'mcL',
      `${D}, p. 104: "hourly maximum exceeded" is an alarm; no figure found, 60 units`,
    ),
    stepsPerDay: verified(48, 'count', `${D}, p. 43: a pattern has up to 48 half-hour rates`),
    scheduleSteps: assumed(48, 'count', 'no figure found; one pattern for all days'),
    criticalToneInterval: verified(1, 'min', `${C}: tones each minute in a severe condition`),
    criticalTonePattern: verified(
      'fourThenDouble',
      'choice',
      `${C}: 4 tones each minute for 10 min, then 4 double tones each minute for 10 min, repeated`,
    ),
    toneInterval: secondary(30, 'min', `${C}: every 30 min, of the communicator`),
  },
});
