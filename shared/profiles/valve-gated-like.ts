import type { ProfileSheet } from '../profile.ts';
import { likeAnother } from './like.ts';
import { assumed, secondary, verified } from './lines.ts';
import { synchromedIILike20 } from './synchromed-ii-like.ts';

const HANDSET = 'Flowonix, Patient Therapy Controller guide, p. 5';

const sheet = (millilitres: number): ProfileSheet =>
  likeAnother(synchromedIILike20, {
    name: `valve-gated-like-${millilitres}`,
    title: `Valve-gated-like, ${millilitres} mL`,
    about:
      'A pressurised reservoir behind two valves that open in turn, after public sources on the Prometra II. What a magnet does to the valves is a fault (`valvesOpen`). Not modelled: the single strokes of the valves.',
    parameters: {
      reservoirCapacity: verified(
        millilitres,
        'mL',
        'Flowonix, MRI safety information for Prometra pumps (REF 13827, 20 mL; REF 16827, 40 mL)',
      ),
      safetyValve: verified(
        'flowActivated',
        'choice',
        'Flowonix, Prometra II pump manual, p. 14: no more than 10 mcL escape in a field, and it stays shut until reset',
      ),
      flowAccuracy: verified(
        15,
        '%',
        'Flowonix, Prometra II pump manual, p. 22: 85 to 115 % accepted in the pivotal study, 96.8 % seen',
      ),
      lowReservoirDefault: secondary(3, 'mL', `${HANDSET}: the refill date is when 3.0 mL are left`),
      sensors: assumed('none', 'sensors', 'no source found; two valves and no rotor to watch'),
      bolusParts: secondary(1, 'count', `${HANDSET}: one dose, one lockout and one number of boluses are shown`),
      handsetDrugs: verified(
        'morphine',
        'drugs',
        'Flowonix, Patient Therapy Controller guide, p. 6: for boluses of Infumorph only, not for baclofen',
      ),
      refillForecast: verified(
        'allAllottedBoluses',
        'choice',
        `${HANDSET}: worked out anew at the start of each bolus, as if all allotted were used, for when 3.0 mL are left`,
      ),
      lockoutOrigin: assumed('end', 'choice', `${HANDSET}: the wait between bolus deliveries, read as from an end on`),
      countWindow: assumed(
        'rolling24h',
        'choice',
        `${HANDSET}: most boluses within 24 hours, of which day is not said`,
      ),
    },
  });

export const valveGatedLike20: ProfileSheet = sheet(20);
export const valveGatedLike40: ProfileSheet = sheet(40);

/** The generation before it: nothing shuts where a field opens both of its valves. */
export const valveGatedFirstLike20: ProfileSheet = likeAnother(valveGatedLike20, {
  name: 'valve-gated-first-like-20',
  title: 'Valve-gated-like, first generation, 20 mL',
  about:
    'The generation before the valve-gated-like pumps, after public sources on the first Prometra, without their safety valve. What a magnet does to its valves is a fault (`valvesOpen`). Not modelled: the single strokes of the valves.',
  parameters: {
    reservoirCapacity: verified(20, 'mL', 'Flowonix, MRI safety information for Prometra pumps (REF 11827, 20 mL)'),
    safetyValve: verified(
      'none',
      'choice',
      'Flowonix, urgent field safety notice of 8 October 2019 on the first Prometra: in a field reservoir and catheter may be discharged',
    ),
  },
});
