import { MS_PER_DAY, type Prescription, VOLUME_PER_ML } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import { logOf } from './account.ts';
import type { Rule } from './rule.ts';
import { Stretches } from './stretches.ts';

/** The limit in force from an instant on; undefined where there is none, or none for the same drug and window. */
interface InForce {
  readonly from: number;
  readonly limit: bigint | undefined;
}

/**
 * Part of rule 3: no window holds more of the primary drug than the dose limit. A window over a change of
 * limits is held against the loosest, one that an override, a clock set or a reset lies in against none.
 */
export function doseLimit(): Rule {
  /** The commanded mass flow of the primary drug, in nL/day times ng/mL, and the rate of the fluid it is now. */
  const flows = new Stretches();
  let rate = 0;
  let limits: InForce[] = [];
  let prescription: Prescription | null = null;
  let overridden = false;

  const massFlow = (under: Prescription | null): bigint => BigInt(rate) * BigInt(under?.drugs[0]?.concentration ?? 0);

  const loosest = (from: number, to: number): bigint | undefined =>
    limits.reduce<bigint | undefined>((most, { from: since, limit }, i) => {
      const until = limits[i + 1]?.from ?? Number.POSITIVE_INFINITY;
      const touches = since < to && until > from;
      return !touches || most === undefined ? most : limit === undefined || limit > most ? limit : most;
    }, 0n);

  return {
    number: 3,
    name: 'no patient bolus inside a lockout, over the count or the dose limit',
    take(record) {
      const log = logOf(record);
      const { t } = record;
      if (log?.kind === 'limitOverridden') overridden = true;
      if (log?.kind === 'clockSet' || log?.kind === 'reset') limits = [{ from: t, limit: limits.at(-1)?.limit }];
      if (record.layer !== 'firmware') return;
      if (record.kind === 'memoryFailed') {
        prescription = null;
        limits = [];
      }
      if (record.kind === 'rate') {
        const { infusion } = fieldsOf(record);
        // What fills dead space is no dose.
        rate = infusion === 'prime' || infusion === 'bridge' ? 0 : Number(fieldsOf(record)['rate']);
        flows.begin(t, massFlow(prescription), t - 2 * MS_PER_DAY);
      }
      if (record.kind !== 'history') return;
      const next = fieldsOf(record)['prescription'] as Prescription;
      const same =
        next.drugs[0]?.name === prescription?.drugs[0]?.name &&
        next.doseLimit?.window === prescription?.doseLimit?.window;
      prescription = next;
      const limit = next.doseLimit === null ? undefined : BigInt(next.doseLimit.dose) * VOLUME_PER_ML;
      limits = same && !overridden ? [...limits, { from: t, limit }] : [{ from: t, limit }];
      overridden = false;
      // Its own rate was commanded just before the prescription was recorded.
      if (flows.last?.from === t) flows.amend(massFlow(next));
    },
    settle(t, next, _account, complain) {
      const window = prescription?.doseLimit?.window;
      const since = limits[0]?.from;
      if (window === undefined || since === undefined) return;
      // The mass of a window is greatest where one of its ends meets a change of flow.
      for (const end of [t, ...flows.ends(window, t, next), next]) {
        const limit = loosest(end - window, end);
        if (limit === undefined || end - window < since) continue;
        const mass = flows.between(end - window, end);
        if (mass <= limit) continue;
        complain(`the window before ${end} ms holds ${mass} of ${limit} / ${VOLUME_PER_ML} ng`);
        return;
      }
    },
  };
}
