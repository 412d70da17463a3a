import { transitionsOf } from '../chart/spec.ts';
import type { PumpContext } from '../context.ts';
import type { Effect } from '../effects.ts';
import type { PumpEvent } from '../events.ts';
import {
  type AnyEffect,
  type AnyGuard,
  type AnyUpdate,
  type Behaviour,
  bind,
  type Executor,
  mustBeSound,
} from './executor.ts';

interface Row {
  readonly guard: AnyGuard | undefined;
  readonly target: string | undefined;
  readonly updates: readonly AnyUpdate[];
  readonly effects: readonly AnyEffect[];
}

/** A region: the state it is in, and what each of its states makes of a type of event. */
interface Region {
  readonly name: string;
  readonly states: ReadonlySet<string>;
  now: string;
}

/** What a region makes of a type of event, by its state. */
interface Answer {
  readonly region: Region;
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  /** The row it takes of the event at hand. */
  chosen: Row | undefined;
}

interface Table {
  readonly regions: readonly Region[];
  /** By type of event, the regions that may take it, in the order of the chart. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
}

/** Every name looked up once. */
function compile(behaviour: Behaviour): Table {
  const { guard, update, effect } = bind(behaviour);
  const answers = new Map<string, Answer[]>();
  const regions = Object.entries(behaviour.chart.regions).map(([name, plain]) => {
    const region: Region = { name, states: new Set(Object.keys(plain.states)), now: plain.initial };
    const types = new Set(Object.values(plain.states).flatMap(({ on = {} }) => Object.keys(on)));
    for (const type of types) {
      const rows = Object.keys(plain.states).map((state) => {
        const those = transitionsOf(plain, state, type).map(
          (transition): Row => ({
            guard: transition.guard === undefined ? undefined : guard(transition.guard),
            target: transition.target,
            updates: (transition.updates ?? []).map(update),
            effects: (transition.effects ?? []).map(effect),
          }),
        );
        return [state, those] as const;
      });
      const answer = { region, rows: new Map(rows), chosen: undefined };
      answers.set(type, [...(answers.get(type) ?? []), answer]);
    }
    return region;
  });
  return { regions, answers };
}

/** The first row that nothing stands against. */
function choose(rows: readonly Row[] | undefined, context: PumpContext, event: PumpEvent): Row | undefined {
  if (rows === undefined) return undefined;
  for (const row of rows) if (row.guard === undefined || row.guard(context, event)) return row;
  return undefined;
}

const NOTHING: readonly Effect[] = [];
const NOBODY: readonly Answer[] = [];

/**
 * Runs the chart as a table: all guards first, then updates in place and effects, region by region. Whatever state it
 * tells is one object, written in place.
 */
export function tableExecutor(behaviour: Behaviour, initial: PumpContext): Executor {
  mustBeSound(behaviour);
  const { regions, answers } = compile(behaviour);
  const value: Record<string, string> = {};
  for (const [name, region] of Object.entries(behaviour.chart.regions)) value[name] = region.initial;
  const context = { ...initial };
  const state = { value, context };

  const enter = (region: Region, name: string): void => {
    region.now = name;
    value[region.name] = name;
  };

  return {
    send(event) {
      const asked = answers.get(event.type) ?? NOBODY;
      for (const answer of asked) answer.chosen = choose(answer.rows.get(answer.region.now), context, event);
      let out: Effect[] | undefined;
      for (const { chosen: row, region } of asked) {
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
      for (const region of regions) {
        const name = loaded.value[region.name];
        if (name === undefined || !region.states.has(name)) throw new Error(`${region.name} has no state ${name}`);
        enter(region, name);
      }
      Object.assign(context, loaded.context);
    },
  };
}
