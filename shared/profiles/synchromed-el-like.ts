import type { ProfileSheet } from '../profile.ts';
import { likeAnother } from './like.ts';
import { assumed, secondary, verified } from './lines.ts';
import { synchromedIILike20 } from './synchromed-ii-like.ts';

const RATES = 'hospital procedure for the SynchroMed pump, February 1991 (findmedarticle.com): 0.025 to 0.9 mL/h';

const sheet = (millilitres: number): ProfileSheet =>
  likeAnother(synchromedIILike20, {
    name: `synchromed-el-like-${millilitres}`,
    title: `SynchroMed-EL-like, ${millilitres} mL`,
    about:
      'The generation before the SynchroMed II: at the end of its service it alarms and delivers on. Its motor stalls without an alarm.',
    parameters: {
      reservoirCapacity: verified(
        millilitres,
        'mL',
        'FDA recall notice of 2013 (models 8626 and 8627 with 10 and 18 mL reservoirs)',
      ),
      rateMaximum: secondary(0.9, 'mL/h', RATES),
      primeRate: assumed(0.9, 'mL/h', 'no figure found; the largest rate of the pump'),
      basalMinimum: secondary(0.025, 'mL/h', RATES),
      basalMaximum: secondary(0.9, 'mL/h', RATES),
      lowReservoirDefault: secondary(
        2,
        'mL',
        'Neurosurgery 2004 study on residual volume and withdrawal: what the manufacturer recommended',
      ),
      sensors: verified(
        'none',
        'sensors',
        'Drug Topics on the recall of motors made before September 1999: it stops without warning',
      ),
      atEndOfService: assumed('alarmOnly', 'choice', 'no source found; the built-in shutdown is of its successor'),
    },
  });

export const synchromedElLike10: ProfileSheet = sheet(10);
export const synchromedElLike18: ProfileSheet = sheet(18);
