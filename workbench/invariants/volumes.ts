import { doseOf, doseRate } from '../../shared/index.ts';
import { answerOf, fieldsOf, logOf } from './account.ts';
import type { Rule } from './rule.ts';

/** Rule 7: the calculated volume rises only by a volume that was entered. */
export function rises(): Rule {
  let last = 0;
  let entered = false;
  return {
    number: 7,
    name: 'calculated volume rises only by an entry',
    take(record, _account, complain) {
      if (logOf(record)?.kind === 'reservoirEntered') entered = true;
      const told =
        record.layer === 'firmware' && record.kind === 'ledger' ? fieldsOf(record) : answerOf(record, 'interrogate');
      if (told === undefined) return;
      const volume = Number(told['volume']);
      if (volume > last && !entered)
        complain(`the calculated volume rose from ${last} to ${volume} with nothing entered`);
      last = volume;
    },
    settle() {
      entered = false;
    },
  };
}

/** Rule 8: both ledgers balance to the last unit. */
export function ledgers(): Rule {
  return {
    number: 8,
    name: 'both ledgers balance',
    take(record, account, complain) {
      const fields = fieldsOf(record);
      const sum = (ledger: unknown, name: string) => BigInt(String((ledger as Record<string, unknown>)[name]));
      if (record.layer === 'firmware' && record.kind === 'ledger') {
        const [entered, commanded, adjusted] = ['entered', 'commanded', 'adjusted'].map((name) => sum(fields, name));
        const volume = sum(fields, 'volume');
        if ((entered ?? 0n) - (commanded ?? 0n) + (adjusted ?? 0n) !== volume)
          complain(`belief does not balance: ${JSON.stringify(fields)}`);
        if (commanded !== account.commandedAt(record.t)) {
          complain(`the pump books ${commanded} as commanded, its rates make ${account.commandedAt(record.t)}`);
        }
      }
      if (record.layer === 'plant' && 'ledger' in fields) {
        const { ledger } = fields;
        const out = sum(ledger, 'reservoir') + sum(ledger, 'aspirated') + sum(ledger, 'delivered');
        if (sum(ledger, 'injected') !== out) complain(`truth does not balance: ${JSON.stringify(ledger)}`);
      }
    },
  };
}

/** Rule 9: the 24-h dose on the screen is the integral of the committed program over the next 24 h. */
export function shownDose(): Rule {
  return {
    number: 9,
    name: 'the dose shown is the dose programmed',
    take(record, { prescription }, complain) {
      if (record.layer !== 'programmer' || record.kind !== 'screen' || prescription === null) return;
      const shown = (fieldsOf(record)['fields'] as Record<string, string | undefined>)['dailyDose'];
      if (shown === undefined) return;
      const programmed = doseOf(prescription.basal, prescription.drug.concentration);
      const written = doseRate.parseWritten(shown);
      // Zeros at the end are not shown, so at most two decimals are meant.
      if (!doseRate.agrees(programmed, { ...written, decimals: 2 })) {
        complain(`the screen shows ${shown}, the program makes ${doseRate.format(programmed)}`);
      }
    },
  };
}

/** Rule 10: nothing sent carries a truth the profile has no sensor for: volumes sent follow from commands alone. */
export function sentIsBelief(): Rule {
  return {
    number: 10,
    name: 'nothing sent carries an unsensed truth',
    take(record, account, complain) {
      const status = answerOf(record, 'interrogate');
      if (status === undefined) return;
      const due = account.volumeAt(record.t);
      if (BigInt(Number(status['volume'])) !== due) {
        complain(`the status carries a volume of ${status['volume']}, what was entered and commanded makes ${due}`);
      }
      if (status['rate'] !== account.rate)
        complain(`the status carries a rate of ${status['rate']}, commanded is ${account.rate}`);
    },
  };
}
