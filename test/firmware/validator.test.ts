import { describe, expect, test } from 'vitest';
import {
  factoryContext,
  names,
  type PlainChart,
  type PlainRegion,
  plainChart,
  tableExecutor,
  validateChart,
  xstateExecutor,
} from '../../firmware-sim/index.ts';
import { profileOf } from '../harness.ts';

/** A lamp with a dimmer: the smallest chart with two regions, a guard, an update and an effect. */
const lampNames = {
  guards: { dark: () => true },
  updates: { count: () => undefined },
  effects: { click: () => undefined },
};
type States = PlainChart['regions'][string]['states'];
const lamp = (states: States = {}, dimmer: States = {}): PlainChart => ({
  id: 'lamp',
  regions: {
    light: {
      about: 'Whether it shines',
      initial: 'off',
      states: {
        off: { on: { PRESS: { target: 'on', guard: 'dark', updates: ['count'], effects: ['click'] } } },
        on: { on: { PRESS: { target: 'off' } } },
        ...states,
      },
    },
    dimmer: {
      about: 'How much',
      initial: 'full',
      states: { full: { on: { TURN: { target: 'half' } } }, half: { on: { TURN: { target: 'full' } } }, ...dimmer },
    },
  },
});

const regionOf = (chart: PlainChart): PlainRegion => {
  const { light } = chart.regions;
  if (light === undefined) throw new Error('a lamp without a light');
  return light;
};

const judge = (chart: PlainChart, changed: Partial<typeof lampNames> = {}) => {
  try {
    validateChart(chart, { ...lampNames, ...changed });
    return 'sound';
  } catch (error) {
    return error instanceof Error ? error.message : 'not an error';
  }
};

test('the lamp and the pump are sound', () => {
  expect(judge(lamp())).toBe('sound');
  expect(() => validateChart(plainChart, names)).not.toThrow();
});

/** The pump’s own transitions, keys outside the subset and all, as a JavaScript caller could write them. */
const on = (transition: object) => ({ on: { PRESS: transition } });

const UNSOUND: readonly [what: string, PlainChart, message: RegExp][] = [
  ['a target that does not exist', lamp({ on: on({ target: 'of' }) }), /light\.on on PRESS: target "of" is no sibling/],
  ['a target in another region', lamp({ on: on({ target: 'half' }) }), /target "half" is no sibling/],
  ['a target by id', lamp({ on: on({ target: '#lamp.light.off' }) }), /is no sibling/],
  [
    'a target that is its own source',
    lamp({ on: on({ target: 'on' }) }),
    /light\.on on PRESS: a state that stays names no target/,
  ],
  [
    'a guard that does not exist',
    lamp({ on: on({ target: 'off', guard: 'drak' }) }),
    /light\.on on PRESS: no guard "drak"/,
  ],
  ['an update that does not exist', lamp({ on: on({ target: 'off', updates: ['cuont'] }) }), /no update "cuont"/],
  ['an effect that does not exist', lamp({ on: on({ target: 'off', effects: ['clack'] }) }), /no effect "clack"/],
  ['a guard named like an update', lamp({ on: on({ target: 'off', guard: 'count' }) }), /no guard "count"/],
  ['a name every object has', lamp({ on: on({ target: 'off', guard: 'toString' }) }), /no guard "toString"/],
  [
    'a transition behind an unguarded one',
    lamp({ on: on([{ target: 'off' }, { guard: 'dark' }]) }),
    /nothing after an unguarded transition/,
  ],
  ['a state nothing leads to', lamp({ broken: {} }), /light\.broken: no transition leads here/],
  [
    'states that only lead to each other',
    lamp({ red: on({ target: 'blue' }), blue: on({ target: 'red' }) }),
    /light\.red: no transition leads here/,
  ],
  [
    'a state named by digits',
    lamp({ 1: on({ target: 'off' }), on: on({ target: '1' }) }),
    /light\.1: a name of digits/,
  ],
  ['a wildcard for part of a name', lamp({ on: { on: { 'PRESS.*': { target: 'off' } } } }), /wildcards are not part/],
  ['a wildcard', lamp({ on: { on: { '*': { target: 'off' } } } }), /wildcards are not part of the subset/],
  [
    'an eventless transition',
    lamp({ on: { on: { PRESS: { target: 'off' }, '': { target: 'off' } } } }),
    /wildcards are not part of the subset/,
  ],
];

test.each(UNSOUND)('%s is refused', (_, chart, message) => {
  expect(judge(chart)).toMatch(message);
});

describe('keys outside the subset are refused', () => {
  const inState = ['after', 'always', 'entry', 'exit', 'invoke', 'onDone', 'type', 'initial', 'states', 'history'];
  test.each(inState)('%s in a state', (key) => {
    const state: object = { on: { PRESS: { target: 'off' } }, [key]: {} };
    expect(judge(lamp({ on: state }))).toMatch(`light.on: "${key}" is not part of the subset`);
  });

  test.each(['actions', 'reenter', 'cond', 'in', 'description'])('%s in a transition', (key) => {
    expect(judge(lamp({ on: on({ target: 'off', [key]: true }) }))).toMatch(`"${key}" is not part of the subset`);
  });

  test.each(['on', 'after', 'always', 'entry', 'invoke', 'type'])('%s in a region', (key) => {
    const chart = lamp();
    const light = { ...regionOf(chart), [key]: {} };
    expect(judge({ ...chart, regions: { ...chart.regions, light } })).toMatch(
      `light: "${key}" is not part of the subset`,
    );
  });

  test.each(['on', 'invoke', 'context', 'states'])('%s in the chart', (key) => {
    expect(judge({ ...lamp(), [key]: {} })).toMatch(`"${key}" is not part of the subset`);
  });
});

describe('regions', () => {
  test('an initial that is no state is refused', () => {
    const chart = lamp();
    const light = { ...regionOf(chart), initial: 'dimmed' };
    expect(judge({ ...chart, regions: { ...chart.regions, light } })).toMatch(/light: initial "dimmed" is no state/);
  });

  test('a region named by digits would be moved to the front, and is refused', () => {
    const chart = lamp();
    expect(judge({ ...chart, regions: { ...chart.regions, 2: regionOf(chart) } })).toMatch(/a name of digits/);
  });
});

describe('names', () => {
  test.each([
    ['guards', 'guard'],
    ['updates', 'update'],
    ['effects', 'effect'],
  ] as const)('%s that no transition uses are refused', (part, word) => {
    const more = { ...lampNames[part], spare: () => true };
    expect(judge(lamp(), { [part]: more })).toMatch(`${word} "spare" is named by no transition`);
  });

  test('an update and an effect of one name would be one action to XState, and are refused', () => {
    const chart = lamp({ on: on({ target: 'off', effects: ['count'] }) });
    const effects = { ...lampNames.effects, count: () => undefined };
    expect(judge(chart, { effects })).toMatch(/"count" is both an update and an effect/);
  });
});

test('everything that is wrong is told at once', () => {
  const message = judge(lamp({ on: on({ target: 'nowhere', guard: 'never' }), broken: {} }));
  for (const part of ['"nowhere"', '"never"', 'light.broken']) expect(message).toContain(part);
});

test('neither executor starts on an unsound chart', () => {
  const { service, ...others } = plainChart.regions;
  const chart = {
    ...plainChart,
    regions: { ...others, service: { about: '', initial: 'drawer', states: service?.states ?? {} } },
  };
  for (const executor of [tableExecutor, xstateExecutor]) {
    expect(() => executor({ chart, names }, factoryContext(profileOf('generic-pca')))).toThrow(/initial "drawer"/);
  }
});
