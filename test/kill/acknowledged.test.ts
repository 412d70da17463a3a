import { describe, expect, test } from 'vitest';
import { EventLog, History } from '../../firmware-sim/index.ts';
import { concentration, instant, volume } from '../../shared/index.ts';
import { BarePump } from '../firmware/bare-pump.ts';
import { prescriptionOf } from '../firmware/prescriptions.ts';
import { prescribe } from '../harness.ts';
import { Acknowledged, type Readout } from './acknowledged.ts';
import { type Done, mismatch } from './marks.ts';

const DONE = { done: true } as const;
const refused = { refused: 'alreadyStopped', by: 'pump', also: [], until: null, shortest: null } as const;
const silence = { refused: 'noAnswer', by: 'programmer' } as const;
const earlier = { refused: 'carriedOutBefore', by: 'programmer' } as const;
const stop = (outcome: Done['outcome']): Done => ({ act: { type: 'stop' }, outcome });
const press = (outcome: Done['outcome']): Done => ({ act: { type: 'press' }, outcome });

describe('acts and the log', () => {
  test.each<[string, readonly Done[], readonly string[], boolean]>([
    ['done, and there', [stop(DONE)], ['stopped'], true],
    ['done, and lost', [stop(DONE)], [], false],
    ['done, and there twice', [stop(DONE)], ['stopped', 'stopped'], false],
    ['refused, and there', [stop(refused)], ['refused stop alreadyStopped'], true],
    ['refused, and lost', [stop(refused)], [], false],
    ['refused, and carried out', [stop(refused)], ['stopped'], false],
    ['unknown, and there', [stop(silence)], ['stopped'], true],
    ['unknown, and not', [stop(silence)], [], true],
    ['unknown, and there twice', [stop(silence)], ['stopped', 'stopped'], false],
    ['unknown, between two that are not', [press(DONE), press(silence), press(DONE)], ['granted', 'granted'], true],
    ['in another order', [stop(DONE), { act: { type: 'resume' }, outcome: DONE }], ['resumed', 'stopped'], false],
    ['carried out before, and nothing was', [stop(earlier)], [], false],
    ['carried out before, and again', [stop(silence), stop(earlier)], ['stopped', 'stopped'], false],
    ['carried out before, by the one that was not told', [press(silence), press(earlier)], ['granted'], true],
    ['carried out before, by one that was told', [press(DONE), press(earlier)], ['granted'], false],
    ['carried out before, said twice', [press(silence), press(earlier), press(earlier)], ['granted'], false],
    ['carried out before, and then done', [press(silence), press(earlier), press(DONE)], ['granted', 'granted'], true],
    ['nobody’s', [], ['granted'], false],
  ])('%s', (_, acts, marks, agree) => {
    expect(mismatch(acts, marks) === undefined).toBe(agree);
  });
});

test('what was carried out before may have been so before the log was last read', () => {
  expect(mismatch([press(earlier), press(DONE)], ['granted'], { mark: 'granted', told: false })).toBeUndefined();
  expect(mismatch([press(earlier)], [], { mark: 'denied lockout', told: false })).toContain('carried out before');
});

/** A pump that was filled, programmed twice and asked for a bolus; what was acknowledged of it, and all it says. */
function lived() {
  const pump = new BarePump();
  const ledger = new Acknowledged();
  const read = (): Readout => {
    const { delivered, reservoir } = pump.plant.truth();
    const { entries } = History.inStore(pump.store, pump.profile.historyCapacity);
    const log = EventLog.inStore(pump.store, pump.profile.logCapacity);
    return { status: pump.status(), history: entries, log, delivered, reservoir };
  };
  const solution = [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }] as const;
  pump.plant.act({ type: 'inject', volume: volume.parse('20 mL'), solution });
  const clinician = pump.open('clinician');
  const note = (act: Done['act'], record?: number) =>
    ledger.note(act.type === 'press' ? 'patient' : 'clinician', { act, outcome: DONE, record }, pump.status());
  clinician.enter('20 mL');
  note({ type: 'refill', aspirated: null, volume: volume.parse('20 mL') });
  clinician.implant();
  clinician.prescribe(prescriptionOf({ bolus: {} }), true);
  note(prescribe({ basal: '200 mcg/day' }), 1);
  pump.pass('1h');
  expect(ledger.judge(read())).toEqual([]);
  pump.open('patient').do('requestBolus');
  note({ type: 'press' });
  pump.pass('2h');
  return { ledger, readout: read() };
}

describe('what a pump says after it was killed', () => {
  test('is as it was acknowledged', () => {
    const { ledger, readout } = lived();
    expect(ledger.judge(readout)).toEqual([]);
  });

  test.each<[string, (readout: Readout) => Readout, RegExp]>([
    ['a log that has lost its newest record', (r) => ({ ...r, log: r.log.slice(0, 3) }), /was seen, and the log ends/],
    ['a log with a gap', (r) => ({ ...r, log: r.log.filter(({ number }) => number !== 4) }), /stands where 4 should/],
    ['a record that is another', (r) => ({ ...r, log: r.log.map((each) => ({ ...each, data: {} })) }), /record 1 was/],
    ['no history', (r) => ({ ...r, history: [] }), /none is in the history/],
    ['a time that has been', (r) => ({ ...r, status: { ...r.status, now: instant(5) } }), /it is 5, and was/],
    ['a pump that stands', (r) => ({ ...r, status: { ...r.status, infusion: 'stopped' } }), /it should be basal/],
    ['a grant forgotten', (r) => ({ ...r, status: { ...r.status, granted: 0 } }), /granted should be 1/],
    ['a lockout shortened', (r) => ({ ...r, status: { ...r.status, nextBolus: instant(1) } }), /the next bolus/],
    ['more fluid', (r) => ({ ...r, status: { ...r.status, volume: volume.of(r.status.volume + 1) } }), /delivered/],
    ['a world that stood still', (r) => ({ ...r, delivered: r.delivered - 1n }), /commanded and delivered/],
  ])('is found wrong where it tells of %s', (_, tampered, problem) => {
    const { ledger, readout } = lived();
    expect(ledger.judge(tampered(readout)).join('\n')).toMatch(problem);
  });
});
