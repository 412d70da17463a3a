import { type DeviceProfile, fromBytes, fromJson, type Json, toBytes, toJson } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import type { PumpState } from '../executor/executor.ts';
import type { Store } from '../hardware.ts';

/*
 * State as data. A snapshot holds all of it; the memory image only what a pump keeps through a loss of
 * power: what was staged, what an update interrupted and what was silenced go with the power.
 */

/** All of a state but the profile, which a pump does not change. */
export function stateToJson({ value, context }: PumpState): Json {
  const { profile: _, ledger, ...rest } = context;
  const totals = Object.fromEntries(Object.entries(ledger).map(([account, total]) => [account, `${total}`]));
  return toJson({ value, context: { ...rest, ledger: totals } });
}

export function stateFromJson(json: Json, profile: DeviceProfile): PumpState {
  const { value, context } = fromJson<{
    value: PumpState['value'];
    context: PumpContext & { ledger: Record<string, string> };
  }>(json);
  const total = (account: string): bigint => BigInt(context.ledger[account] ?? '0');
  const ledger = { entered: total('entered'), commanded: total('commanded'), adjusted: total('adjusted') };
  return { value, context: { ...context, profile, ledger } };
}

const CELL = 'state';

/** Writes what survives a loss of power. A pump that loses power in an update was interrupted in it. */
export function keepImage(store: Store, { value, context }: PumpState): void {
  const { update, idleSince, since } = context;
  const why = update?.stopped === 'clinician' ? 'clinician' : 'updateInterrupted';
  const stopped = update === null ? context.stopped : ({ why, since: idleSince ?? since } as const);
  const lasting = { ...context, stopped, staged: null, update: null, silences: [] };
  const infusion = update === null ? value['infusion'] : 'stopped';
  store.write(
    CELL,
    toBytes(stateToJson({ value: { ...value, infusion: infusion ?? '', telemetry: 'closed' }, context: lasting })),
  );
}

/** The state a store holds; undefined where nothing was ever kept. Throws where the cell is no image. */
export function readImage(store: Store, profile: DeviceProfile): PumpState | undefined {
  const cell = store.read(CELL);
  return cell === undefined ? undefined : stateFromJson(fromBytes(cell) as Json, profile);
}
