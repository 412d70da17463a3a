import type { Request, Status, Volume } from '../shared/index.ts';
import { type Field, Fields } from './fields.ts';
import type { ProgrammerRefusal } from './outcome.ts';
import { explains, isFlagged, putRefill, type Refill } from './refill.ts';
import { type Args, actOf, statusOf, type VisitContext } from './visit-context.ts';

/*
 * What the chart of a visit asks of a refill: whether its volume may be entered yet; and what a clinician sees of it before
 * anything is filled.
 */

/** A refill of which nothing but the syringe is known yet; undefined where the pump takes no volume: it says why itself. */
function refillAt(status: Status | null, aspirated: Volume | null): Refill | undefined {
  if (status?.accepts.includes('enterReservoir') !== true) return undefined;
  return { expected: status.volume, aspirated, entered: null, commanded: status.sinceFill?.commanded ?? null };
}

/**
 * What the screen will say of so much aspirated, by the pump as it was last read, before anything is filled or sent.
 * `refillCauses` is among it where a difference is to be looked into.
 */
export function aspiratedFields(
  { status, settings }: Pick<VisitContext, 'status' | 'settings'>,
  aspirated: Volume,
): readonly Field[] {
  const fields = new Fields();
  const refill = refillAt(status, aspirated);
  if (refill !== undefined) putRefill(fields, refill, settings.flowAccuracy);
  return fields.list;
}

/** The refill an act would enter, as far as it is known before the pump has answered; undefined for other acts. */
export function refillOf(args: Args): Refill | undefined {
  const act = actOf(args);
  return act?.type === 'refill' ? refillAt(statusOf(args), act.aspirated) : undefined;
}

/** Why nothing may be entered yet: nobody has said why another volume came back, or what cannot be why. */
export function refillProblem(args: Args): Extract<ProgrammerRefusal, 'reasonNeeded' | 'wrongReason'> | undefined {
  const act = actOf(args);
  const refill = refillOf(args);
  if (act?.type !== 'refill' || refill === undefined) return undefined;
  const { settings, refill: before } = args.context;
  if (act.reason !== undefined && act.aspirated !== null)
    return explains(act.reason, refill) ? undefined : 'wrongReason';
  // Once asked for, it is passed by neither with another reading nor with none.
  const wasAsked = before !== null && before.entered === null;
  return wasAsked || isFlagged(refill, settings.flowAccuracy) ? 'reasonNeeded' : undefined;
}

/**
 * The reason stated with a refill, for the pump to write down; undefined where there is none, and with more than the
 * reservoir holds: what the pump refuses leaves no note of it behind.
 */
export function reasonIn({
  act,
  status,
  serial,
  settings: { bounds },
}: VisitContext): Extract<Request, { name: 'noteDiscrepancy' }> | undefined {
  if (act?.type !== 'refill' || act.reason === undefined || act.aspirated === null || status === null) return undefined;
  if (bounds !== undefined && act.volume > bounds.reservoirCapacity) return undefined;
  const { aspirated, reason, note = '' } = act;
  return {
    name: 'noteDiscrepancy',
    payload: { serial: serial ?? '', expected: status.volume, aspirated, reason, note },
  };
}
