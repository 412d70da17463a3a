import {
  basalRates,
  formatDuration,
  highestBasal,
  highestDailyDose,
  type RefusalCode,
  rate,
  volume,
} from '../shared/index.ts';
import { inUnitOf } from './drug-units.ts';
import type { VisitContext } from './visit-context.ts';

/** What was asked for and the most or least there may be, where a pump refused it; undefined where no figure says more. */
export function figuresOf(context: VisitContext, code: RefusalCode): string | undefined {
  const { act, intended, ordering, settings } = context;
  const { bounds, dayRules } = settings;
  if (code === 'aboveCeiling') {
    if (intended === null) return undefined;
    const { prescription } = intended;
    const { daily } = inUnitOf(prescription.drugs[0]?.name);
    return asked(daily(highestDailyDose(prescription, dayRules)), `the ceiling is ${daily(prescription.ceiling)}`);
  }
  if (bounds === undefined) return undefined;
  const holds = `the reservoir holds ${volume.format(bounds.reservoirCapacity)}`;
  switch (code) {
    case 'overCapacity':
      return act?.type === 'refill' ? `${volume.format(act.volume)} is entered, ${holds}` : undefined;
    case 'thresholdAboveCapacity':
      return intended === null ? undefined : asked(volume.format(intended.prescription.lowReservoir), holds);
    case 'basalBelowMinimum':
    case 'basalAboveMaximum': {
      if (intended === null) return undefined;
      const { program } = intended.prescription;
      if (code === 'basalAboveMaximum')
        return asked(rate.format(highestBasal(program)), `the largest is ${rate.format(bounds.basalMaximum)}`);
      // Zero is a step like any other, but no program by itself.
      const rates = basalRates(program).filter((each) => each > 0 || program.type === 'constant');
      return asked(rate.format(rate.of(Math.min(...rates))), `the smallest is ${rate.format(bounds.basalMinimum)}`);
    }
    case 'bolusTooShort':
    case 'bolusTooLong': {
      if (ordering === null) return undefined;
      const isShort = code === 'bolusTooShort';
      const limit = isShort ? bounds.clinicianBolusShortest : bounds.clinicianBolusLongest;
      return asked(
        formatDuration(ordering.duration),
        `the ${isShort ? 'shortest' : 'longest'} is ${formatDuration(limit)}`,
      );
    }
    default:
      return undefined;
  }
}

const asked = (figure: string, limit: string): string => `${figure} is asked for, ${limit}`;
