import { type Names, type PlainChart, type PlainRegion, type PlainTransition, transitionsOf } from './spec.ts';

const ALLOWED_IN_CHART = new Set(['id', 'regions']);
const ALLOWED_IN_REGION = new Set(['about', 'initial', 'states']);
const ALLOWED_IN_TRANSITION = new Set(['target', 'guard', 'updates', 'effects']);
const INTEGER_LIKE = /^\d+$/;

/**
 * Checks that a chart keeps to the small subset of statecharts both executors run alike: every target is a
 * sibling of its source and not the source itself, every name exists, nothing is unreachable or hidden
 * behind an unguarded transition. Throws with all that is wrong.
 */
export function validateChart(chart: PlainChart, names: Names): void {
  const wrong: string[] = [];
  const used = { guards: new Set<string>(), updates: new Set<string>(), effects: new Set<string>() };

  const checkKeys = (where: string, keys: readonly string[], allowed: ReadonlySet<string>) => {
    for (const key of keys) if (!allowed.has(key)) wrong.push(`${where}: "${key}" is not part of the subset`);
  };

  const checkTransition = (where: string, state: string, siblings: readonly string[], transition: PlainTransition) => {
    checkKeys(where, Object.keys(transition), ALLOWED_IN_TRANSITION);
    const { target, guard } = transition;
    if (target !== undefined && !siblings.includes(target)) wrong.push(`${where}: target "${target}" is no sibling`);
    if (target === state) wrong.push(`${where}: a state that stays names no target`);
    if (guard !== undefined) {
      used.guards.add(guard);
      if (!Object.hasOwn(names.guards, guard)) wrong.push(`${where}: no guard "${guard}"`);
    }
    for (const part of ['updates', 'effects'] as const) {
      for (const name of transition[part] ?? []) {
        used[part].add(name);
        if (!Object.hasOwn(names[part], name)) wrong.push(`${where}: no ${part.slice(0, -1)} "${name}"`);
      }
    }
  };

  checkKeys('chart', Object.keys(chart), ALLOWED_IN_CHART);
  for (const [regionName, region] of Object.entries(chart.regions)) {
    const siblings = Object.keys(region.states);
    checkKeys(regionName, Object.keys(region), ALLOWED_IN_REGION);
    if (INTEGER_LIKE.test(regionName)) wrong.push(`${regionName}: a name of digits would be reordered`);
    if (!siblings.includes(region.initial)) wrong.push(`${regionName}: initial "${region.initial}" is no state`);
    for (const [state, { on = {}, ...rest }] of Object.entries(region.states)) {
      const place = `${regionName}.${state}`;
      if (INTEGER_LIKE.test(state)) wrong.push(`${place}: a name of digits would be reordered`);
      for (const key of Object.keys(rest)) wrong.push(`${place}: "${key}" is not part of the subset`);
      for (const type of Object.keys(on)) {
        const where = `${place} on ${type}`;
        if (type === '' || type.includes('*')) wrong.push(`${where}: wildcards are not part of the subset`);
        const transitions = transitionsOf(region, state, type);
        for (const [i, transition] of transitions.entries()) {
          checkTransition(where, state, siblings, transition);
          const last = i === transitions.length - 1;
          if (transition.guard === undefined && !last)
            wrong.push(`${where}: nothing after an unguarded transition is ever tried`);
        }
      }
    }
    const reached = reachableFrom(region);
    for (const state of siblings)
      if (!reached.has(state)) wrong.push(`${regionName}.${state}: no transition leads here`);
  }
  for (const part of ['guards', 'updates', 'effects'] as const) {
    for (const name of Object.keys(names[part])) {
      if (!used[part].has(name)) wrong.push(`${part.slice(0, -1)} "${name}" is named by no transition`);
    }
  }
  for (const name of Object.keys(names.updates)) {
    if (Object.hasOwn(names.effects, name)) wrong.push(`"${name}" is both an update and an effect`);
  }
  if (wrong.length > 0) throw new Error(`chart "${chart.id}" is not sound:\n  ${wrong.join('\n  ')}`);
}

/** The states that can be come to from the initial one. A set that grows while it is walked. */
function reachableFrom(region: PlainRegion): ReadonlySet<string> {
  const reached = new Set([region.initial]);
  for (const state of reached) {
    const types = Object.keys(region.states[state]?.on ?? {});
    const targets = types.flatMap((type) => transitionsOf(region, state, type).map(({ target }) => target));
    for (const target of targets) if (target !== undefined) reached.add(target);
  }
  return reached;
}
