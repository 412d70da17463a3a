import { isDeepStrictEqual } from 'node:util';
import {
  type Effect,
  type ExecutorName,
  names,
  type PlainChart,
  type PumpEvent,
  type PumpState,
  plainChart,
  transitionsOf,
} from '../../firmware-sim/index.ts';
import { EXECUTORS } from './chart-on-bench.ts';

/** The chart with one region left, and the names that region uses. */
export function regionAlone(region: string) {
  const kept = plainChart.regions[region];
  if (kept === undefined) throw new Error(`no region ${region}`);
  const chart: PlainChart = { id: region, regions: { [region]: kept } };
  const used = Object.keys(kept.states).flatMap((state) =>
    Object.keys(kept.states[state]?.on ?? {}).flatMap((type) => transitionsOf(kept, state, type)),
  );
  const pick = <T extends object>(table: T, wanted: readonly (string | undefined)[]) =>
    Object.fromEntries(Object.entries(table).filter(([name]) => wanted.includes(name)));
  return {
    chart,
    names: {
      guards: pick(
        names.guards,
        used.map(({ guard }) => guard),
      ),
      updates: pick(
        names.updates,
        used.flatMap(({ updates = [] }) => updates),
      ),
      effects: pick(
        names.effects,
        used.flatMap(({ effects = [] }) => effects),
      ),
    },
  };
}

/** What an event did to one region: where it went, "stays" where it acted in place, "-" where nothing happened. */
export function reaction(region: string, executor: ExecutorName, from: PumpState, event: PumpEvent): string {
  const alone = EXECUTORS[executor](regionAlone(region), from.context);
  const state = from.value[region] ?? '';
  alone.load({ value: { [region]: state }, context: structuredClone(from.context) });
  const effects: readonly Effect[] = alone.send(event);
  const after = alone.state();
  const now = after.value[region] ?? '';
  if (now !== state) return now;
  return effects.length > 0 || !isDeepStrictEqual(after.context, from.context) ? 'stays' : '-';
}
