import { sure } from '../../../shared/index.ts';
import { transitionsOf } from '../chart/spec.ts';
import { validateChart } from '../chart/validate.ts';
import type { PumpContext } from '../context.ts';
import type { Effect } from '../effects.ts';
import { type AnyEffect, type AnyGuard, type AnyUpdate, type Behaviour, bind, type Executor } from './executor.ts';

interface Row {
  readonly guard: AnyGuard | undefined;
  readonly target: string | undefined;
  readonly updates: readonly AnyUpdate[];
  readonly effects: readonly AnyEffect[];
}

/** What each state of a region makes of each type of event. */
type States = ReadonlyMap<string, ReadonlyMap<string, readonly Row[]>>;

/** A region and the state it is in. */
interface Region {
  readonly name: string;
  readonly states: States;
  now: ReadonlyMap<string, readonly Row[]>;
}

/** Rows by region, state and event type, looked up once. */
function compile(behaviour: Behaviour): readonly Region[] {
  const { guard, update, effect } = bind(behaviour);
  return Object.entries(behaviour.chart.regions).map(([name, region]) => {
    const states = new Map(
      Object.entries(region.states).map(([state, { on = {} }]) => {
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
      }),
    );
    return { name, states, now: sure(states.get(region.initial), 'initial state') };
  });
}

const NOTHING: readonly Effect[] = [];

/**
 * Runs the chart as a table: all guards first, then updates in place and effects, region by region. Whatever state it
 * tells is one object, written in place.
 */
export function tableExecutor(behaviour: Behaviour, initial: PumpContext): Executor {
  validateChart(behaviour.chart, behaviour.names);
  const regions = compile(behaviour);
  const value: Record<string, string> = {};
  for (const [name, region] of Object.entries(behaviour.chart.regions)) value[name] = region.initial;
  const context = { ...initial };
  const state = { value, context };
  /** The row each region takes; undefined where it takes none. */
  const chosen: (Row | undefined)[] = regions.map(() => undefined);

  const enter = (region: Region, name: string): void => {
    region.now = sure(region.states.get(name), 'state of a region');
    value[region.name] = name;
  };

  return {
    send(event) {
      for (const [i, { now }] of regions.entries()) {
        const rows = now.get(event.type);
        chosen[i] = rows?.find(({ guard }) => guard === undefined || guard(context, event));
      }
      let out: Effect[] | undefined;
      for (const [i, region] of regions.entries()) {
        const row = chosen[i];
        if (row === undefined) continue;
        for (const update of row.updates) update(context, event);
        for (const effect of row.effects) {
          const done = effect(context, event);
          if (done === undefined) continue;
          if (out === undefined) out = [done];
          else out.push(done);
        }
        if (row.target !== undefined) enter(region, row.target);
      }
      return out ?? NOTHING;
    },
    state: () => state,
    load(loaded) {
      for (const region of regions) enter(region, sure(loaded.value[region.name], 'state of a region'));
      Object.assign(context, loaded.context);
    },
  };
}
