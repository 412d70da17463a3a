import { formatDuration, type LogKind, span } from '../../shared/index.ts';
import { answerOf, fieldsOf, logOf } from './account.ts';
import type { Rule } from './rule.ts';

const CAUSES: readonly LogKind[] = ['deliveryStopped', 'updateStarted', 'updateInterrupted'];

/** Rule 2: nothing stops in silence. The log says why at once, the status shows it, and a deadline runs. */
export function silence(): Rule {
  let stopped = false;
  let explained = false;
  let alarmed: number | undefined;
  return {
    number: 2,
    name: 'delivery never stops in silence',
    take(record, account, complain) {
      if (record.layer === 'firmware' && record.kind === 'rate') {
        const rate = Number(fieldsOf(record)['rate']);
        if (rate === 0 && account.rate > 0) stopped = true;
        if (rate > 0) alarmed = undefined;
      }
      const log = logOf(record);
      if (log !== undefined && CAUSES.includes(log.kind)) explained = true;
      if (log?.kind === 'alarmRaised' && log.data['code'] === 'stoppedPump') alarmed = record.t;
      const status = answerOf(record, 'interrogate');
      if (status !== undefined && account.rate === 0 && status['rate'] === 0) {
        const shown = status['stopped'] !== null || status['infusion'] === 'updating';
        if (!shown) complain('nothing is delivered and the status does not say that the pump is stopped');
      }
    },
    settle(t, next, { zeroSince, inService, profile }, complain) {
      if (stopped && !explained) complain('delivery became zero and no log record of that instant says why');
      stopped = false;
      explained = false;
      if (!inService || zeroSince === undefined || alarmed !== undefined) return;
      const deadline = zeroSince + profile.stoppedAlarm;
      if (t >= deadline || deadline < next) {
        complain(`nothing delivered for ${formatDuration(span(profile.stoppedAlarm))} and no stopped-pump alarm`);
      }
    },
  };
}
