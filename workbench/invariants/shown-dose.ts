import { type Drug, doseRate, MS_PER_DAY, NL_PER_ML, rate, VOLUME_PER_ML, VOLUME_PER_NL } from '../../shared/index.ts';
import { fieldsIn, fieldsOf } from '../fields.ts';
import { type Account, answerOf } from './account.ts';
import { programVolume } from './program.ts';
import type { Rule } from './rule.ts';

/** What the pump was when it was read: what is shown was worked out for that instant. */
interface Reading {
  readonly asked: string;
  readonly drugs: readonly Drug[];
  readonly inDay: bigint;
}

/** Rule 9: the 24-h dose on the screen is the integral of the program in force over the next 24 h, to one quantum. */
export function shownDose(): Rule {
  let read: Reading | undefined;
  let told: Reading | undefined;
  /** Answers with a reading, and what became of them, by the numbers of their records: who acts on one has read it. */
  const carried = new Map<number, Reading>();
  return {
    number: 9,
    name: 'the dose shown is the dose programmed',
    seesRepeats: true,
    take(record, account, complain) {
      if (answerOf(record, 'interrogate') !== undefined) {
        const { session, sequence } = fieldsOf(record);
        const asked = `${session} ${sequence}`;
        // Said again, it is what was so the first time.
        if (told?.asked !== asked)
          told = { asked, drugs: account.prescription?.drugs ?? [], inDay: programmedInDay(account, record.t) };
        carried.set(record.n, told);
        return;
      }
      const by = carried.get(record.because ?? 0);
      const isActedOn = record.layer === 'programmer' || (record.layer === 'link' && record.kind === 'frame');
      if (by !== undefined && isActedOn) {
        read = by;
        carried.clear();
      } else if (by !== undefined && record.layer === 'link') carried.set(record.n, by);
      if (record.layer !== 'programmer' || record.kind !== 'screen' || read === undefined) return;
      const shown = fieldsIn(fieldsOf(record)['fields']);
      for (const [i, { concentration }] of read.drugs.entries()) {
        const text = shown[i === 0 ? 'dailyDose' : `dailyDose${i + 1}`];
        if (typeof text !== 'string') continue;
        const programmed = read.inDay * BigInt(concentration);
        const difference = BigInt(doseRate.parse(text)) * VOLUME_PER_ML - programmed;
        // A quantum is one nL a day; nothing is shown finer than one ng a day.
        const quantum = BigInt(Math.max(concentration, Number(NL_PER_ML))) * VOLUME_PER_NL;
        if (difference > quantum || -difference > quantum)
          complain(`the screen shows ${text}, the program makes ${programmed / VOLUME_PER_ML} ng in 24 h`);
      }
    },
  };
}

/** What the program commands in the 24 h after an instant, exact: basal by its steps, and periodic boluses. */
function programmedInDay(account: Account, t: number): bigint {
  const { prescription, wallOffset, periodicFrom = 0, lag } = account;
  const program = prescription?.program;
  if (program === undefined) return 0n;
  const basal =
    wallOffset === null
      ? BigInt(account.basalAt(t)) * BigInt(MS_PER_DAY)
      : programVolume(program, t + wallOffset, t + wallOffset + MS_PER_DAY);
  if (program.type !== 'periodic') return basal;
  const { interval } = program;
  // Where a bolus takes the place of basal, so much of basal does not flow.
  const bolus = { ...program.bolus };
  if (account.profile.bolusOverBasal === 'replace') bolus.rate = rate.of(Math.max(0, bolus.rate - program.rate));
  // With service over none is counted any more: the figure is that of a program which begins now.
  const isOver = account.profile.atEndOfService === 'stop' && t >= account.endOfService;
  const since = isOver ? 0 : t - lag - periodicFrom;
  // One that runs began when it fell due; its rest is still to come.
  const rest = account.periodicRate > 0 && !isOver ? Math.max(0, bolus.duration - (since % interval)) : 0;
  let sum = basal + BigInt(bolus.rate) * BigInt(rest);
  for (let at = interval - (since % interval); at < MS_PER_DAY; at += interval)
    sum += BigInt(bolus.rate) * BigInt(Math.min(bolus.duration, MS_PER_DAY - at));
  return sum;
}
