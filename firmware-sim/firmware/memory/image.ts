import {
  type DeviceProfile,
  fromBytes,
  fromJson,
  type Instant,
  type Json,
  sure,
  toBytes,
  toJson,
} from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import type { PumpState } from '../executor/executor.ts';
import type { Store } from '../hardware.ts';
import { afterInterruption, reducedIn } from '../rules/update.ts';

/*
 * State as data. A snapshot holds all of it; the memory image only what a pump keeps through a loss of
 * power: what was staged, what an update interrupted and what was silenced go with the power.
 */

/** All of a state but the profile, which a pump does not change. */
export function stateToJson({ value, context }: PumpState): Json {
  const { profile: _, ledger, atSession, lastEntry, ...rest } = context;
  const totals = Object.fromEntries(Object.entries(ledger).map(([account, total]) => [account, `${total}`]));
  const session = { at: atSession.at, commanded: `${atSession.commanded}` };
  const entry = lastEntry === null ? null : { ...lastEntry, commanded: `${lastEntry.commanded}` };
  return toJson({ value: { ...value }, context: { ...rest, ledger: totals, atSession: session, lastEntry: entry } });
}

export function stateFromJson(json: Json, profile: DeviceProfile): PumpState {
  const { value, context } = fromJson<{
    value: PumpState['value'];
    context: PumpContext & {
      ledger: Record<string, string>;
      atSession: { commanded: string };
      lastEntry: { commanded: string } | null;
    };
  }>(json);
  const total = (account: string): bigint => BigInt(sure(context.ledger[account], account));
  const ledger = { entered: total('entered'), commanded: total('commanded'), adjusted: total('adjusted') };
  const atSession = { at: context.atSession.at, commanded: BigInt(context.atSession.commanded) };
  const { lastEntry: entry } = context;
  const lastEntry = entry === null ? null : { ...entry, commanded: BigInt(entry.commanded) };
  return { value, context: { ...context, profile, ledger, atSession, lastEntry } };
}

const CELL = 'state';

/** Writes what survives a loss of power, and when. It is worked out when somebody reads it, which is seldom. */
export function keepImage(store: Store, { value, context }: PumpState, at: Instant): void {
  // An executor may go on writing in its own context, but never in a value that stands in it.
  const kept = { value: { ...value }, context: { ...context } };
  store.write(CELL, () => toBytes({ at, state: stateToJson(lastingOf(kept, at)) }));
}

/** What of a state survives a loss of power. A pump that loses power in an update was interrupted in it. */
function lastingOf({ value, context }: PumpState, at: Instant): PumpState {
  const { idleSince, since } = context;
  const outcome = afterInterruption(context, at);
  const interrupted =
    outcome === undefined
      ? {}
      : {
          stopped: outcome.mode === 'stopped' ? { why: outcome.why, since: idleSince ?? since } : null,
          reduced: reducedIn(outcome.mode),
        };
  const lasting = { ...context, ...interrupted, staged: null, update: null, silences: [] };
  const infusion = outcome?.mode ?? value['infusion'];
  return { value: { ...value, infusion: infusion ?? '', telemetry: 'closed' }, context: lasting };
}

/** The state a store holds and when it was kept; undefined where nothing was. Throws where the cell is no image. */
export function readImage(store: Store, profile: DeviceProfile): (PumpState & { readonly at: Instant }) | undefined {
  const cell = store.read(CELL);
  if (cell === undefined) return undefined;
  const { at, state } = fromJson<{ at: Instant; state: Json }>(fromBytes(cell) as Json);
  return { at, ...stateFromJson(state, profile) };
}
