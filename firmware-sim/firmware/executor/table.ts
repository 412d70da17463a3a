import { transitionsOf } from '../chart/spec.ts';
import { validateChart } from '../chart/validate.ts';
import type { PumpContext } from '../context.ts';
import type { Effect } from '../effects.ts';
import type { PumpEvent } from '../events.ts';
import { type AnyEffect, type AnyGuard, type AnyUpdate, type Behaviour, bind, type Executor } from './executor.ts';

interface Row {
  readonly guard: AnyGuard | undefined;
  readonly target: string | undefined;
  readonly updates: readonly AnyUpdate[];
  readonly effects: readonly AnyEffect[];
}

/** Rows by region, state and event type, looked up once. */
function compile(behaviour: Behaviour): Map<string, Map<string, Map<string, readonly Row[]>>> {
  const { guard, update, effect } = bind(behaviour);
  const regions = Object.entries(behaviour.chart.regions).map(([name, region]) => {
    const states = Object.entries(region.states).map(([state, { on = {} }]) => {
      const events = Object.keys(on).map((type) => {
        const rows = transitionsOf(region, state, type).map(
          (transition): Row => ({
            guard: transition.guard === undefined ? undefined : guard(transition.guard),
            target: transition.target,
            updates: (transition.updates ?? []).map(update),
            effects: (transition.effects ?? []).map(effect),
          }),
        );
        return [type, rows] as const;
      });
      return [state, new Map(events)] as const;
    });
    return [name, new Map(states)] as const;
  });
  return new Map(regions);
}

/** Runs the chart as a table: all guards first, then updates in place and effects, region by region. */
export function tableExecutor(behaviour: Behaviour, initial: PumpContext): Executor {
  validateChart(behaviour.chart, behaviour.names);
  const table = compile(behaviour);
  const value = new Map(Object.entries(behaviour.chart.regions).map(([name, region]) => [name, region.initial]));
  let context = { ...initial };

  const select = (event: PumpEvent): [region: string, row: Row][] => {
    const chosen: [string, Row][] = [];
    for (const [region, state] of value) {
      const rows = table.get(region)?.get(state)?.get(event.type);
      const row = rows?.find(({ guard }) => guard === undefined || guard(context, event));
      if (row !== undefined) chosen.push([region, row]);
    }
    return chosen;
  };

  return {
    send(event) {
      const out: Effect[] = [];
      for (const [region, row] of select(event)) {
        for (const update of row.updates) update(context, event);
        for (const effect of row.effects) {
          const done = effect(context, event);
          if (done !== undefined) out.push(done);
        }
        if (row.target !== undefined) value.set(region, row.target);
      }
      return out;
    },
    state: () => ({ value: Object.fromEntries(value), context }),
    load(state) {
      for (const [region, at] of Object.entries(state.value)) value.set(region, at);
      context = { ...state.context };
    },
  };
}
