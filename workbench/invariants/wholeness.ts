import { digestOf, type HistoryEntry, type Json } from '../../shared/index.ts';
import { answerOf, fieldsOf, logOf } from './account.ts';
import type { Rule } from './rule.ts';

/** Rule 5: a command takes effect whole or not at all, and the mode after an interruption is the documented one. */
export function wholeness(): Rule {
  let sent: string | undefined;
  let interrupted = false;
  return {
    number: 5,
    name: 'commands take effect whole or not at all',
    take(record, { prescription }, complain) {
      const { from, name, payload } = fieldsOf(record);
      if (record.layer === 'link' && from !== 'pump' && name === 'stagePrescription') {
        sent = digestOf(((payload ?? {}) as { prescription?: Json }).prescription ?? null);
      }
      if (record.layer === 'firmware' && record.kind === 'history') {
        const entry = record.data as unknown as HistoryEntry;
        if (digestOf(entry.prescription) !== sent) complain('a prescription came into force that was not the one sent');
      }
      const status = answerOf(record, 'interrogate');
      if (status !== undefined && digestOf((status['prescription'] ?? null) as Json) !== digestOf(prescription)) {
        complain('the pump reports another prescription than the last one committed');
      }
      if (logOf(record)?.kind === 'updateInterrupted') interrupted = true;
    },
    settle(_t, _next, { profile, rate }, complain) {
      if (interrupted && profile.onUpdateAbort === 'stayStopped' && rate > 0) {
        complain('delivery runs after an interrupted update that must leave the pump stopped');
      }
      interrupted = false;
    },
  };
}
