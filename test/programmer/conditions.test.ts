import { expect, test } from 'vitest';
import { heldUpBefore, heldUpNow, putDeliversAgain, spellsIn } from '../../programmer/conditions.ts';
import { Fields } from '../../programmer/fields.ts';
import {
  instant,
  type LogKind,
  type LogRecord,
  parseWallClock,
  type Status,
  type WallClock,
} from '../../shared/index.ts';
import { profileOf, running } from '../harness.ts';
import { STATUS } from '../shared/examples.ts';
import { texts } from './reviewing.ts';

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

test('a pump that is stopped while its motor stands still says since when nothing came before, and what was missed', () => {
  const made = running({ profile: profileOf('synchromed-ii-like-20') });
  made.advance('1d');
  made.sim.act({ by: 'world', act: { type: 'begins', condition: 'stall' } });
  made.advance('6h');
  made.clinician({ type: 'stop' });
  // 200 mcg/day: a quarter of a day by the motor, nothing yet by the stop.
  const before = 'since 2026-01-06 08:00, 6h: the motor does not turn; dose missed by then: 50 mcg';
  expect(texts(made)).toMatchObject({ stoppedFor: '0s', doseMissed: '0 mcg', heldUpBefore: before });
  expect(made.sim.report()).toContain(`NO DELIVERY BEFORE IT WAS STOPPED       ${before}`);
  made.advance('12h');
  made.clinician({ type: 'interrogate' });
  expect(texts(made)).toMatchObject({ doseMissed: '100 mcg', heldUpBefore: before });
});

test('what was over before the stop, or began with it, is nothing of it; of one that went by the log tells', () => {
  const MINUTE = 60_000;
  const at = (minutes: number) => instant(minutes * MINUTE);
  const stopped: Status = { ...STATUS, stopped: { why: 'clinician', since: at(100) }, conditions: [] };
  const sensed = (minutes: number, gone = false): Status => ({
    ...stopped,
    conditions: [{ code: 'stall', since: at(minutes), declared: null, gone }],
  });
  const declared = record(at(50), 'conditionDeclared', { conditions: ['stall'] });
  const gone = (minutes: number) => record(at(minutes), 'conditionGone', { condition: 'stall' });
  expect(heldUpBefore(sensed(40), [])).toEqual({ code: 'stall', from: at(40) });
  expect(heldUpBefore(sensed(99.5), [])).toBeUndefined();
  expect(heldUpBefore(sensed(40, true), [])).toBeUndefined();
  expect(heldUpBefore({ ...sensed(40, true), stopped: { why: 'stall', since: at(100) } }, [])).toBeDefined();
  expect(heldUpBefore({ ...sensed(40), stopped: null }, [])).toBeUndefined();
  expect(heldUpBefore(stopped, [declared, gone(99)])).toBeUndefined();
  expect(heldUpBefore(stopped, [declared, gone(150)])).toMatchObject({ code: 'stall', from: at(50) });
});
