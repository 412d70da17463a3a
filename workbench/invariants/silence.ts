import { formatDuration, type LogKind, span } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import { answerOf, logOf } from './account.ts';
import type { Rule } from './rule.ts';

const CAUSES: readonly LogKind[] = ['deliveryStopped', 'updateStarted', 'updateInterrupted', 'zeroStep'];

/** Rule 2: nothing stops in silence. The log says why at once, the status shows it, and a deadline runs. */
export function silence(): Rule {
  let stoppedBy: number | undefined;
  let explained = new Set<number | undefined>();
  let alarmed = false;
  return {
    number: 2,
    name: 'delivery never stops in silence',
    take(record, account, complain) {
      const { because } = record;
      if (record.layer === 'firmware' && record.kind === 'rate') {
        const rate = Number(fieldsOf(record)['rate']);
        if (rate === 0 && account.rate > 0) stoppedBy = because ?? 0;
        if (rate > 0) alarmed = false;
      }
      if (record.layer === 'firmware' && record.kind === 'memoryFailed') alarmed = false;
      const log = logOf(record);
      if (log !== undefined && CAUSES.includes(log.kind)) explained.add(because);
      if (log?.data['code'] === 'stoppedPump') {
        if (log.kind === 'alarmRaised') alarmed = true;
        if (log.kind === 'alarmRaised' && record.t >= account.endOfService) {
          complain('a stopped-pump deadline ran on after the end of service');
        }
        if (log.kind === 'alarmCleared' && account.rate === 0) alarmed = false;
      }
      const status = answerOf(record, 'interrogate');
      if (status !== undefined && account.rate === 0 && status['rate'] === 0) {
        const shown = status['stopped'] !== null || status['infusion'] === 'updating' || status['zeroStep'] === true;
        if (!shown) complain('nothing is delivered and the status does not say so');
      }
    },
    settle(t, next, { zeroSince, inService, profile, endOfService }, complain) {
      if (stoppedBy !== undefined && !explained.has(stoppedBy)) {
        complain('delivery became zero and no log record of the same event says why');
      }
      stoppedBy = undefined;
      explained = new Set();
      if (!inService || zeroSince === undefined || alarmed) return;
      const deadline = zeroSince + profile.stoppedAlarm;
      if (deadline >= endOfService) return;
      if (t >= deadline || deadline < next) {
        complain(`nothing delivered for ${formatDuration(span(profile.stoppedAlarm))} and no stopped-pump alarm`);
      }
    },
  };
}
