import { type Duration, type Instant, REFUSALS, type Refusal, type RefusalCode } from '../shared/index.ts';

/**
 * Why the programmer itself, or the handset, does not go on. After `noAnswer`, `updateUncertain` and
 * `verifyFailed` the pump may have changed: only a fresh reading tells.
 */
export const PROGRAMMER_REFUSALS = {
  busy: 'the act before this one has not been answered yet',
  noAnswer: 'the pump does not answer; check that the telemetry head is over the pump',
  carriedOutBefore:
    'the pump had carried this out when the link was lost, so it was not sent again; repeat it only if it is to be done once more',
  otherPump: 'this is not the pump on the patient’s record; nothing may be programmed',
  unknownDrug: 'the programmer needs the drug and its concentration',
  unknownBasal:
    'a first prescription, one for another drug or concentration, and a change of one of the minimum rate need a program',
  unknownBolus: 'another drug or concentration needs its patient bolus entered again, or "none"',
  concentrationZero: 'the concentration must be above 0',
  diluentHasNoDose: 'a diluent has no dose: enter volumes',
  drugNotByHandset: 'the handset of this pump may not give boluses of this drug',
  bolusDurationZero: 'the bolus duration must be above 0',
  tooLittle: 'a dose at this concentration is less fluid than can be programmed',
  tooMuch: 'a dose at this concentration needs more fluid than can be programmed',
  nothingPending: 'nothing has been edited',
  notReviewed: 'review first: nothing may be programmed that was not shown as it will be',
  needsConfirmation: 'a limit of the drug library would be exceeded: accept or decline that as you confirm, or edit it',
  aboveHardLimit: 'above a hard limit of the drug library: enter less',
  nothingAsked: 'no limit of the drug library is exceeded: there is nothing to accept or decline',
  pendingEdits: 'edits have not been programmed: confirm or discard them',
  reasonNeeded:
    'what was aspirated differs too much from what was expected: state a reason, or find out before anything is filled',
  wrongReason: 'more, or less, came back than that reason explains: state one of the right direction',
  historyNotRead: 'those prescriptions have not been read: read the history first',
  bolusEntered: 'a single bolus has been entered: confirm or discard it first',
  nothingToBridge: 'a bridge needs a prescription in the pump that delivers a drug',
  digestMismatch: 'what the pump holds ready is not what was sent; the update was not started',
  updateUncertain: 'the pump did not answer during the update, and nobody knows whether it runs',
  verifyFailed: 'after the update the pump reports another prescription than the one sent',
  historyBroken: 'the prescription history in the pump does not fit its own chain of digests',
} as const;
export type ProgrammerRefusal = keyof typeof PROGRAMMER_REFUSALS;

/** What became of an act. */
export type Outcome =
  | { readonly done: true }
  | {
      readonly refused: RefusalCode;
      readonly by: 'pump';
      readonly also: readonly RefusalCode[];
      readonly until: Instant | null;
      readonly shortest: Duration | null;
    }
  | { readonly refused: ProgrammerRefusal; readonly by: 'programmer' };

export const DONE: Outcome = { done: true };
export const byPump = ({ code, ...rest }: Refusal): Outcome => ({ refused: code, by: 'pump', ...rest });
export const byProgrammer = (refused: ProgrammerRefusal): Outcome => ({ refused, by: 'programmer' });

/** The reason of a refusal in words; undefined where the act was done. */
export function reasonOf(outcome: Outcome): string | undefined {
  if ('done' in outcome) return undefined;
  return outcome.by === 'pump' ? REFUSALS[outcome.refused] : PROGRAMMER_REFUSALS[outcome.refused];
}
