import {
  type BolusSetting,
  longestLockout,
  MS_PER_DAY,
  type PatientBolus,
  type Prescription,
  settingAt,
  span,
  type WallClock,
} from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import { logOf } from './account.ts';
import type { Rule } from './rule.ts';

/** What the patient may have at a local time, read from the prescription anew; without one the most cautious. */
function settingOf(bolus: PatientBolus, wall: WallClock | undefined): BolusSetting | null {
  if (wall === undefined) return settingAt(bolus, undefined);
  const time = wall % MS_PER_DAY;
  const part = bolus.parts.find(({ from, to }) => (from < to ? from <= time && time < to : from <= time || time < to));
  return part === undefined ? bolus : part.bolus;
}

/** Rule 3, but for the dose limit: no patient bolus inside a lockout or over the count of any 24 h; none without a grant. */
export function boluses(): Rule {
  let grants: number[] = [];
  let lastOrigin: number | undefined;
  let lastGrant = 0;
  let lockedUntil = Number.NEGATIVE_INFINITY;
  let running = false;
  let grantedNow = false;
  let began = false;
  /** Until when a processor that has started anew grants nothing. */
  let testsUntil = 0;

  return {
    number: 3,
    name: 'no patient bolus inside a lockout, over the count or the dose limit',
    take(record, { prescription, profile, infusion, wallOffset, lag }, complain) {
      if (record.layer !== 'firmware') return;
      const { t } = record;
      const setting = prescription?.patientBolus ?? null;
      const wallAt = (at: number) => (wallOffset === null ? undefined : span(at + wallOffset));
      const lockoutAt = (bolus: PatientBolus, at: number) =>
        settingOf(bolus, wallAt(at))?.lockout ?? longestLockout(bolus);
      if (record.kind === 'history') {
        const next = (fieldsOf(record)['prescription'] as Prescription).patientBolus;
        if (next !== null && lastOrigin !== undefined) {
          const renewed = lastOrigin + lockoutAt(next, lastGrant);
          lockedUntil = profile.lockoutOnReprogram === 'longer' ? Math.max(lockedUntil, renewed) : renewed;
        }
      }
      if (record.kind === 'rate') {
        running = fieldsOf(record)['infusion'] === 'patientBolus';
        if (running && infusion !== 'patientBolus') began = true;
      }
      const log = logOf(record);
      if (log?.kind === 'reset') testsUntil = t + profile.selfTest;
      if (log?.kind === 'reset' && log.data['timeLost'] === true) {
        // Nobody knows how long it was: what was running is counted in full again.
        const stored = log.at + lag;
        if (lockedUntil > stored && lastOrigin !== undefined) {
          const lockout = setting === null ? lockedUntil - lastOrigin : longestLockout(setting);
          lockedUntil = Math.max(lockedUntil, t + lockout);
          [lastOrigin, lastGrant] = [t, t];
        }
        grants = grants.map((grant) => (grant > stored - MS_PER_DAY ? t : grant));
      }
      if (log?.kind !== 'bolusGranted') return;
      grantedNow = true;
      if (setting === null) return complain('a bolus was granted without a patient bolus in the prescription');
      if (t < testsUntil) complain('a bolus was granted while the pump tested itself');
      if (t < lockedUntil) complain(`a bolus was granted ${lockedUntil - t} ms inside its lockout`);
      grants = [...grants.filter((grant) => t < grant + MS_PER_DAY), t];
      const byDay = profile.countWindow === 'calendarDay' && wallOffset !== null;
      const dayOf = (grant: number) => Math.floor((grant + (wallOffset ?? 0)) / MS_PER_DAY);
      const counted = byDay ? grants.filter((grant) => dayOf(grant) === dayOf(t)).length : grants.length;
      if (counted > setting.maxPerDay)
        complain(`${counted} boluses in ${byDay ? 'a day' : '24 h'}, ${setting.maxPerDay} allotted`);
      lastOrigin = profile.lockoutOrigin === 'start' ? t : t + Number(log.data['ends']) - log.at;
      lastGrant = t;
      const now = settingOf(setting, wallAt(t));
      if (now === null) complain('a bolus was granted in a part of the day without any');
      else if (log.data['rate'] !== now.rate || Number(log.data['ends']) - log.at !== now.duration)
        complain('a bolus was granted that is not the one of the part of the day');
      lockedUntil = lastOrigin + lockoutAt(setting, t);
    },
    settle(_t, _next, _account, complain) {
      if (began && !grantedNow) complain('a patient bolus runs that the log does not show as granted');
      grantedNow = false;
      began = false;
    },
  };
}
