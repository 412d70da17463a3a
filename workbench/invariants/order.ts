import { fieldsOf } from '../fields.ts';
import { logOf } from './account.ts';
import type { Rule } from './rule.ts';

/** Rule 6: record numbers and logging times never go back. */
export function order(): Rule {
  let [record, time, number, logged] = [0, 0, 0, 0];
  return {
    number: 6,
    name: 'numbers and times never go back',
    seesRepeats: true,
    take(told, _account, complain) {
      const { n, t, layer, kind } = told;
      if (n !== record + 1 || t < time) complain(`trace record ${n} at ${t} ms follows record ${record} at ${time} ms`);
      [record, time] = [n, t];
      // Another pump, or one that says it has forgotten, begins with its first record; the latter's time may go on.
      if (layer === 'plant' && kind === 'replaced') [number, logged] = [0, 0];
      if (layer === 'firmware' && kind === 'memoryFailed') {
        number = 0;
        if (fieldsOf(told)['timeLost'] === true) logged = 0;
      }
      const log = logOf(told);
      if (log === undefined) return;
      if (log.number !== number + 1 || log.at < logged) {
        complain(`log record ${log.number} at ${log.at} ms follows ${number} at ${logged} ms`);
      }
      [number, logged] = [log.number, log.at];
    },
  };
}
