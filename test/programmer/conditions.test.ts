import { expect, test } from 'vitest';
import { spellsIn } from '../../programmer/conditions.ts';
import { instant, type LogKind, type LogRecord } from '../../shared/index.ts';

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
