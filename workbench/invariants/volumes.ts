import { CONDITIONS, type ConditionCode, type DeviceProfile, type Status } from '../../shared/index.ts';
import { fieldsIn, fieldsOf } from '../fields.ts';
import { answerOf, logOf } from './account.ts';
import type { Rule } from './rule.ts';

/** Rule 7: the calculated volume rises only by a volume that was entered, or read by a fill sensor, and to that volume. */
export function rises(): Rule {
  let last = 0;
  let entered: number | undefined;
  let read: number | undefined;
  return {
    number: 7,
    name: 'calculated volume rises only by an entry or a reading',
    take(record, { profile }, complain) {
      const log = logOf(record);
      if (record.layer === 'plant' && record.kind === 'gauge' && profile.reservoirGauge === 'sensed')
        read = Number(fieldsOf(record)['level']);
      if (log?.kind === 'reservoirEntered') entered = Number(log.data['volume']);
      const isLedger = record.layer === 'firmware' && record.kind === 'ledger';
      const told = isLedger ? fieldsOf(record) : answerOf(record, 'interrogate');
      if (told === undefined) return;
      const volume = Number(told['volume']);
      if (volume > last && volume !== entered && volume !== read) {
        const why = `entered was ${entered ?? 'nothing'}, read ${read ?? 'nothing'}`;
        complain(`the calculated volume rose from ${last} to ${volume}, ${why}`);
      }
      if (volume > last) entered = undefined;
      last = volume;
    },
  };
}

const sum = (ledger: unknown, name: string) => BigInt(String(fieldsIn(ledger)[name]));

/** What hands do to fluid that is not in the reservoir, and whether there is more of it then. */
const BEYOND = [
  ['pocketInjected', 1n],
  ['pocketAspirated', -1n],
  ['portInjected', 1n],
  ['portAspirated', -1n],
  ['csfWithdrawn', -1n],
] as const;

/** Rule 8: both ledgers balance to the last unit, with what was entered, commanded, injected and aspirated. */
export function ledgers(): Rule {
  const nothing = { reservoir: 0n, injected: 0n, aspirated: 0n, delivered: 0n };
  let truth = nothing;
  let beyond: bigint | undefined;
  let [flow, since] = [0n, 0];
  return {
    number: 8,
    name: 'both ledgers balance',
    take(record, account, complain) {
      const fields = fieldsOf(record);
      if (record.layer === 'firmware' && record.kind === 'ledger') {
        const [entered, commanded, adjusted] = [
          sum(fields, 'entered'),
          sum(fields, 'commanded'),
          sum(fields, 'adjusted'),
        ];
        if (entered - commanded + adjusted !== sum(fields, 'volume'))
          complain(`belief does not balance: ${JSON.stringify(fields)}`);
        if (commanded !== account.commandedAt(record.t)) {
          complain(`the pump books ${commanded} as commanded, its rates make ${account.commandedAt(record.t)}`);
        }
        if (entered !== account.entered)
          complain(`the pump books ${entered} as entered, the entries make ${account.entered}`);
      }
      if (record.layer !== 'plant' || !('ledger' in fields)) return;
      // Another pump in this one's place is empty, and nothing has flowed from it.
      if (record.kind === 'replaced') [truth, flow] = [nothing, 0n];
      const flowed = flow * BigInt(record.t - since);
      const atOnce = record.kind === 'stroke' || record.kind === 'discharged' ? sum(fields, 'volume') : 0n;
      const out = flowed + atOnce < truth.reservoir ? flowed + atOnce : truth.reservoir;
      const put = record.kind === 'injected' ? sum(fields, 'volume') : 0n;
      const took = record.kind === 'aspirated' ? sum(fields, 'volume') : 0n;
      const due = {
        reservoir: truth.reservoir - out + put - took,
        injected: truth.injected + put,
        aspirated: truth.aspirated + took,
        delivered: truth.delivered + out,
      };
      for (const [account, amount] of Object.entries(due)) {
        const told = sum(fields['ledger'], account);
        if (told !== amount) complain(`truth does not balance: ${account} is ${told}, what happened makes ${amount}`);
      }
      // What leaves the reservoir, or comes out of a syringe elsewhere, is somewhere beyond it; so is what an earlier
      // pump of the patient gave.
      const places = ['patient', 'pocket', 'outside'].reduce((all, place) => all + sum(fields['ledger'], place), 0n);
      const [, sign = 0n] = BEYOND.find(([kind]) => kind === record.kind) ?? [];
      beyond = beyond === undefined ? places : beyond + out + (sign === 0n ? 0n : sign * sum(fields, 'volume'));
      if (places !== beyond)
        complain(`truth does not balance: ${places} is beyond the reservoir, what happened makes ${beyond}`);
      truth = due;
      if (record.kind === 'flow') flow = sum(fields, 'flow');
      since = record.t;
    },
  };
}

const canSense = ({ sensors }: DeviceProfile, code: string): boolean =>
  sensors.includes(CONDITIONS[code as ConditionCode].sensor);

/** Rule 10: nothing sent carries a truth the profile has no sensor for: what is sent follows from commands alone. */
export function sentIsBelief(): Rule {
  let expected: bigint | undefined;
  return {
    number: 10,
    name: 'nothing sent carries an unsensed truth',
    take(record, account, complain) {
      const log = logOf(record);
      if (log?.kind === 'reservoirEntered') {
        expected = account.volumeAt(record.t);
        if (BigInt(Number(log.data['expected'])) !== expected) {
          complain(
            `the log carries an expected volume of ${log.data['expected']}, entered and commanded make ${expected}`,
          );
        }
      }
      const entry = answerOf(record, 'enterReservoir');
      if (entry !== undefined && BigInt(Number(entry['expected'])) !== expected) {
        complain(
          `an answer carries an expected volume of ${entry['expected']}, entered and commanded make ${expected}`,
        );
      }
      if (log?.kind === 'conditionDeclared') {
        const unseen = [log.data['conditions'] ?? []].flat().find((code) => !canSense(account.profile, String(code)));
        if (unseen !== undefined) complain(`the log tells of ${unseen}, which the pump has no sensor for`);
      }
      if (record.layer === 'plant' && record.kind === 'gauge' && account.profile.reservoirGauge !== 'sensed')
        complain('the pump reads a fill sensor that it does not have');
      const status = answerOf(record, 'interrogate');
      if (status === undefined) return;
      const unsensed = (status['conditions'] as Status['conditions']).find(
        ({ code }) => !canSense(account.profile, code),
      );
      if (unsensed !== undefined) complain(`the status tells of ${unsensed.code}, which the pump has no sensor for`);
      const due = account.volumeAt(record.t);
      if (BigInt(Number(status['volume'])) !== due) {
        complain(`the status carries a volume of ${status['volume']}, entered and commanded make ${due}`);
      }
      if (status['rate'] !== account.rate) {
        complain(`the status carries a rate of ${status['rate']}, commanded is ${account.rate}`);
      }
    },
  };
}
