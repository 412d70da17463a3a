import { fromJson, type HistoryEntry, type Opening } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import { type Account, logOf } from './account.ts';
import type { Rule } from './rule.ts';

/** One that is under way, and what it has delivered. */
interface Running {
  readonly setting: Opening;
  given: bigint;
}

/**
 * Part of rule 5: what a prescription begins with begins with it, whole or not at all; what is called complete is, and
 * what has ended before its time never goes on.
 */
export function opening(): Rule {
  let running: Running | undefined;
  let since: number | undefined;
  /** A prescription whose opening must begin at the instant it took effect. */
  let due: { readonly setting: Opening | null; readonly at: number } | undefined;

  return {
    number: 5,
    name: 'commands take effect whole or not at all',
    take(record, account, complain) {
      const { t } = record;
      if (record.layer === 'firmware' && record.kind === 'history')
        due = { setting: fromJson<HistoryEntry>(record.data).prescription.opening, at: t };
      if (record.layer === 'firmware' && record.kind === 'memoryFailed') running = undefined;
      if (record.layer === 'firmware' && record.kind === 'rate') {
        if (running !== undefined && since !== undefined)
          running.given += BigInt(account.fillingRate) * BigInt(t - since);
        const { infusion } = fieldsOf(record);
        since = infusion === 'prime' || infusion === 'bridge' ? t : undefined;
      }
      const log = logOf(record);
      if (log?.kind === 'openingStarted') {
        const setting = due?.setting ?? null;
        if (setting === null || due?.at !== t || setting.type !== log.data['type']) {
          complain('what began is not what the prescription begins with');
          return;
        }
        if (setting.type !== 'delayed' && setting.rate !== log.data['rate'])
          complain(`a ${setting.type} of ${setting.rate} nL/day began at ${log.data['rate']}`);
        running = { setting, given: 0n };
        due = undefined;
      }
      if (log?.kind !== 'openingEnded' || running === undefined) return;
      judgeEnd(running, log.data['why'] === 'complete', account, t, complain);
      running = undefined;
    },
    settle(t, _next, account, complain) {
      if (due !== undefined && due.setting !== null)
        complain(`a prescription that begins with a ${due.setting.type} took effect, and none began`);
      due = undefined;
      const under = account.infusion;
      const runs = under === 'prime' || under === 'bridge' || under === 'delayed';
      if (runs && running?.setting.type !== under) complain(`at ${t} ms the pump is at ${under}, which has not begun`);
    },
  };
}

function judgeEnd(
  { setting, given }: Running,
  isComplete: boolean,
  { wallOffset }: Account,
  t: number,
  complain: (what: string) => void,
): void {
  if (!isComplete) return;
  if (setting.type === 'delayed') {
    if (wallOffset === null || t + wallOffset < setting.until)
      complain('a delayed program began before its local time');
    return;
  }
  const all = BigInt(setting.rate) * BigInt(setting.duration);
  if (given !== all) complain(`a ${setting.type} of ${all} was called complete after ${given}`);
}
