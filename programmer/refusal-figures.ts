import { highestDailyDose, type RefusalCode, volume } from '../shared/index.ts';
import { inUnitOf } from './drug-units.ts';
import type { VisitContext } from './visit-context.ts';

/** What was asked for and the most there may be, where a pump refused it as too much; undefined where no figure says more. */
export function figuresOf({ act, intended, settings }: VisitContext, code: RefusalCode): string | undefined {
  const { bounds, dayRules } = settings;
  switch (code) {
    case 'aboveCeiling': {
      if (intended === null) return undefined;
      const { prescription } = intended;
      const { daily } = inUnitOf(prescription.drugs[0]?.name);
      return `${daily(highestDailyDose(prescription, dayRules))} is asked for, the ceiling is ${daily(prescription.ceiling)}`;
    }
    case 'overCapacity':
      if (act?.type !== 'refill' || bounds === undefined) return undefined;
      return `${volume.format(act.volume)} is entered, the reservoir holds ${volume.format(bounds.reservoirCapacity)}`;
    default:
      return undefined;
  }
}
