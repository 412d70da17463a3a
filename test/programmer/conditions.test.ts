import { expect, test } from 'vitest';
import { heldUpNow, putDeliversAgain, spellsIn } from '../../programmer/conditions.ts';
import { Fields } from '../../programmer/fields.ts';
import {
  instant,
  type LogKind,
  type LogRecord,
  parseWallClock,
  type Status,
  type WallClock,
} from '../../shared/index.ts';
import { STATUS } from '../shared/examples.ts';

const record = (at: number, kind: LogKind, data: LogRecord['data']): LogRecord => ({
  number: 1,
  at: instant(at),
  kind,
  data,
});

test('a condition that comes back is a spell of its own, and one that lasts has no end', () => {
  const log = [
    record(10, 'conditionDeclared', { conditions: ['stall', 'overTemperature'] }),
    record(20, 'conditionGone', { condition: 'stall' }),
    record(30, 'conditionDeclared', { conditions: ['stall'] }),
    record(40, 'conditionGone', { condition: 'overTemperature' }),
  ];
  expect(spellsIn(log)).toEqual([
    { code: 'stall', from: 10, to: 20 },
    { code: 'overTemperature', from: 10, to: 40 },
    { code: 'stall', from: 30, to: undefined },
  ]);
});

test('the end of what was declared before the log goes back is the end of nothing', () => {
  expect(spellsIn([record(20, 'conditionGone', { condition: 'stall' })])).toEqual([]);
});

const at = (time: string): WallClock => {
  const wall = parseWallClock(`2026-01-05 ${time}`);
  if (wall === undefined) throw new Error(time);
  return wall;
};

test('a pump that stood still says at the next reading that it delivers again, and since when its log has it', () => {
  const runs: Status = { ...STATUS, infusion: 'basal', stopped: null, conditions: [] };
  const stalled: Status = {
    ...runs,
    conditions: [{ code: 'stall', since: instant(0), declared: instant(0), gone: false }],
  };
  const first = heldUpNow(null, stalled, at('08:00'));
  const second = heldUpNow(first, runs, at('09:30'));
  const told = (log: readonly LogRecord[]) => {
    const fields = new Fields();
    putDeliversAgain(fields, { heldUp: second, log, status: runs }, () => at('08:55'));
    return fields.list.map(({ text }) => text);
  };
  expect(told([])).toEqual([
    'since some time between 2026-01-05 08:00 and 2026-01-05 09:30; before: the motor does not turn',
  ]);
  const log = [
    record(10, 'conditionDeclared', { conditions: ['stall'] }),
    record(20, 'conditionGone', { condition: 'stall' }),
  ];
  expect(told(log)).toEqual(['since 2026-01-05 08:55, by its log; before: the motor does not turn']);
  expect(heldUpNow(second, { ...runs, serial: 'another' }, at('09:31'))).toBeNull();
});
