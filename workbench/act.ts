import { FAULTS, type Fault, type HandsAct, type HandsOutcome, type HandsRefusal } from '../firmware-sim/index.ts';
import type { ApplicationCard, ClinicianAct, PatientAct, Outcome as StationOutcome } from '../programmer/index.ts';
import type { Volume } from '../shared/index.ts';
import { isLinkFault, LINK_FAULTS, type LinkFault } from './link/faults.ts';

/** A refill as typed: what was aspirated may be taken from the syringe last read at the bedside. */
type TypedRefill = Omit<Extract<ClinicianAct, { type: 'refill' }>, 'aspirated'> & {
  readonly aspirated: Volume | 'measured' | null;
};
export type TypedClinicianAct = Exclude<ClinicianAct, { type: 'refill' }> | TypedRefill;

/** What the world can do: break something, or change what the clocks of the place show, by milliseconds. */
export type WorldAct =
  | Fault
  | LinkFault
  | { readonly type: 'localTime'; readonly by: number }
  | { readonly type: 'applicationCard'; readonly card: ApplicationCard };

/** What the world does to the programmer or its way to the pump: none of it is of a pump that is elsewhere. */
export const isBesidePump = (
  act: WorldAct,
): act is LinkFault | Extract<WorldAct, { readonly type: 'applicationCard' }> =>
  isLinkFault(act) || act.type === 'applicationCard';

/** Everything the world can do, in words. */
export const WORLD_ACTS = {
  ...FAULTS,
  ...LINK_FAULTS,
  applicationCard:
    'the software of the programmer is of another version, with another volume of the tubing or another replace-by date',
  localTime: 'the clocks of the place are moved, by daylight saving or travel',
} as const satisfies Record<WorldAct['type'], string>;

/** Everything anyone can do, and who does it. */
export type Act =
  | { readonly by: 'clinician'; readonly act: TypedClinicianAct }
  | { readonly by: 'patient'; readonly act: PatientAct }
  | { readonly by: 'hands'; readonly act: HandsAct }
  | { readonly by: 'world'; readonly act: WorldAct };

/** What hands found out, beside what a syringe showed. */
type Found = Pick<Extract<HandsOutcome, { readonly done: true }>, 'found' | 'turned'>;

/** What became of an act. */
export type Outcome =
  | StationOutcome
  | ({ readonly done: true } & Found)
  | { readonly refused: HandsRefusal; readonly by: 'hands' }
  | { readonly refused: 'notMeasured'; readonly by: 'programmer' };

/** Every reason for which somebody may refuse an act. */
export type Refused = Extract<Outcome, { readonly refused: unknown }>['refused'];

/** Whether nobody at the station knows what became of an act: the pump may have carried it out all the same. */
export const isUnanswered = (outcome: Outcome | undefined): boolean =>
  outcome !== undefined && 'refused' in outcome && UNANSWERED.has(outcome.refused);
const UNANSWERED: ReadonlySet<Refused> = new Set(['noAnswer', 'updateUncertain', 'verifyFailed']);
