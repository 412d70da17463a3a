import { describe, expect, test } from 'vitest';
import { instant, rate } from '../../shared/index.ts';
import type { TypedClinicianAct } from '../../workbench/act.ts';
import { readAct } from '../../workbench/index.ts';
import { mL, prescribe, running, singleBolus } from '../harness.ts';
import { PRESCRIPTION } from '../shared/examples.ts';
import { atFakePump } from './fake-pump.ts';
import { CONFIRM, edit, REVIEW, reviewed, texts } from './reviewing.ts';

describe('edits', () => {
  test('are collected at the programmer: later ones stand, nothing is sent', () => {
    const { pump, act, programmer } = atFakePump();
    act({ type: 'interrogate' });
    const asked = pump.names.length;
    act(edit({ basal: '1 mg/day', lowReservoir: '3 mL' }));
    expect(act(edit({ basal: '2 mg/day' }))).toEqual({ done: true });
    expect(pump.names).toHaveLength(asked);
    expect(programmer.knows.pending).toMatchObject({
      program: { basal: { dose: 2_000_000 } },
      lowReservoir: mL('3'),
      run: false,
    });
    expect(programmer.screen().fields).toContainEqual(
      expect.objectContaining({ name: 'pendingEdits', text: 'program, low-reservoir threshold' }),
    );
  });

  test('entered before a session open one, and are kept', () => {
    const { pump, act, programmer } = atFakePump();
    expect(act(edit({ basal: '1 mg/day' }))).toEqual({ done: true });
    expect(pump.names).toEqual(['openSession', 'authenticate', 'interrogate']);
    expect(programmer.knows.pending).not.toBeNull();
  });

  test('that are never confirmed leave delivery as it is without them', () => {
    const play = (...acts: TypedClinicianAct[]) => {
      const made = running({}, { bolus: { dose: '10 mcg', duration: '2min', lockout: '1h', maxPerDay: 4 } });
      made.advance('1d');
      for (const act of [{ type: 'interrogate' } as const, ...acts]) made.clinician(act);
      made.press();
      made.advance('10d');
      const rates = made.records.filter(({ layer, kind }) => layer === 'firmware' && kind === 'rate');
      return { rates: rates.map(({ t, data }) => [t, Object(data).rate]), truth: made.sim.truth() };
    };
    expect(play(edit({ basal: '400 mcg/day' }), edit({ bolus: 'none' }), REVIEW)).toEqual(play());
  });

  test('are not pending any more once the pump says that it had carried them out', () => {
    const made = running();
    for (const act of ['interrogate', { edit: { change: '-10 %' } }, 'review'] as const)
      made.sim.act(readAct({ clinician: act }));
    made.sim.act(readAct({ world: { disconnect: { from: 'commitUpdate', lose: 'answer' } } }));
    expect(made.clinician(CONFIRM)).toMatchObject({ refused: expect.stringMatching(/noAnswer|updateUncertain/) });
    made.sim.act(readAct({ world: 'reconnect' }));
    expect(made.clinician({ type: 'interrogate' })).toEqual({ done: true });
    expect(texts(made)).toMatchObject({ dailyDose: '180 mcg/day', record: '2' });
    expect(texts(made)).not.toHaveProperty('pendingEdits');
    expect(made.clinician(REVIEW)).toMatchObject({ refused: 'nothingPending' });
    expect(made.clinician({ type: 'endSession' })).toEqual({ done: true });
  });

  test('are still pending where the commit never reached the pump', () => {
    const made = running();
    for (const act of ['interrogate', { edit: { change: '-10 %' } }, 'review'] as const)
      made.sim.act(readAct({ clinician: act }));
    made.sim.act(readAct({ world: { disconnect: { from: 'commitUpdate', lose: 'request' } } }));
    expect(made.clinician(CONFIRM)).toMatchObject({ refused: expect.stringMatching(/noAnswer|updateUncertain/) });
    made.sim.act(readAct({ world: 'reconnect' }));
    made.clinician({ type: 'interrogate' });
    expect(texts(made)).toMatchObject({ dailyDose: '200 mcg/day', pendingEdits: 'program' });
  });

  test('hold the session open until they are discarded', () => {
    const made = running();
    made.clinician(edit({ basal: '210 mcg/day' }));
    expect(made.clinician({ type: 'endSession' })).toEqual({ refused: 'pendingEdits', by: 'programmer' });
    expect(made.sim.screen().title).toBe('Pump status');
    expect(made.sim.screen().warnings).toEqual(['Not done: edits have not been programmed: confirm or discard them']);
    made.clinician({ type: 'discard' });
    expect(texts(made)).not.toHaveProperty('pendingEdits');
    expect(made.clinician({ type: 'endSession' })).toEqual({ done: true });
  });

  test('left idle are discarded with the session, and the next session says so, once', () => {
    const made = running();
    made.clinician(edit({ basal: '210 mcg/day' }));
    made.advance('10min');
    const said = 'Edits that were not programmed have been discarded: the session lay idle';
    expect(made.sim.screen()).toMatchObject({ title: 'No session', warnings: [said] });
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().warnings).toEqual([said]);
    expect(texts(made)).not.toHaveProperty('pendingEdits');
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().warnings).toEqual([]);
  });

  test('outlast ten minutes from the last act on, with their review', () => {
    const made = reviewed({ basal: '190 mcg/day' });
    made.advance('9min');
    made.clinician({ type: 'interrogate' });
    expect(made.sim.endsAt).toBe(made.sim.now + 600_000);
    made.advance('9min');
    expect(made.sim.screen().title).toBe('Finish');
    expect(made.clinician(CONFIRM)).toEqual({ done: true });
    made.clinician({ type: 'endSession' });
    expect(made.sim.endsAt).toBeUndefined();
  });

  test('outlast a head that slips, but not what was reviewed of them', () => {
    const made = reviewed({ basal: '190 mcg/day' });
    made.sim.act({ by: 'world', act: { type: 'disconnect', from: null } });
    expect(made.clinician({ type: 'interrogate' })).toMatchObject({ refused: 'noAnswer' });
    made.sim.act({ by: 'world', act: { type: 'reconnect' } });
    expect(made.clinician(CONFIRM)).toEqual({ refused: 'notReviewed', by: 'programmer' });
    expect(texts(made)).toMatchObject({ pendingEdits: 'program' });
  });

  test('survive being saved and restored', () => {
    const made = running();
    made.clinician(edit({ basal: '190 mcg/day' }));
    made.clinician(REVIEW);
    const fork = made.sim.fork();
    expect(fork.screen()).toEqual(made.sim.screen());
    expect(fork.act({ by: 'clinician', act: CONFIRM })).toEqual({ done: true });
  });
});

describe('of a prescription and a single bolus one at a time is entered', () => {
  const once = (amount: string) => singleBolus(amount, '30min');

  test('and no prescription at once beside a single bolus that waits', () => {
    const made = running();
    made.clinician({ ...once('10 mcg'), type: 'editBolus' });
    expect(made.sim.screen().can).not.toContain('prescribe');
    expect(made.clinician(prescribe({ basal: '190 mcg/day' }))).toEqual({ refused: 'bolusEntered', by: 'programmer' });
    expect(made.sim.belief().record).toBe(1);
    expect(texts(made).pendingEdits).toBe('single bolus 10 mcg in 30min, then basal');
  });

  test('and no single bolus at once beside edits that wait', () => {
    const made = running();
    made.clinician(edit({ basal: '190 mcg/day' }));
    expect(made.sim.screen().can).not.toContain('bolus');
    expect(made.clinician(once('10 mcg'))).toEqual({ refused: 'pendingEdits', by: 'programmer' });
    expect(made.sim.belief().infusion).toBe('basal');
    expect(texts(made).pendingEdits).toBe('program');
  });

  test('and no other single bolus at once in the place of the one that waits', () => {
    const made = running();
    made.clinician({ ...once('10 mcg'), type: 'editBolus' });
    expect(made.clinician(once('20 mcg'))).toEqual({ refused: 'bolusEntered', by: 'programmer' });
    expect(texts(made).pendingEdits).toBe('single bolus 10 mcg in 30min, then basal');
    expect(made.clinician(once('10 mcg'))).toEqual({ done: true });
  });
});

describe('a confirmation', () => {
  test('programs exactly what was reviewed', () => {
    const made = reviewed({ basal: '190 mcg/day', lowReservoir: '3 mL' });
    expect(made.clinician(CONFIRM)).toEqual({ done: true });
    expect(made.sim.belief()).toMatchObject({
      record: 2,
      rate: rate.parse('0.38 mL/day'),
      prescription: { lowReservoir: mL('3') },
    });
    expect(texts(made)).not.toHaveProperty('pendingEdits');
    expect(made.sim.screen()).toMatchObject({ title: 'Pump status', comparison: [] });
    expect(made.clinician({ type: 'endSession' })).toEqual({ done: true });
  });

  const spoiled: [string, (made: ReturnType<typeof atFakePump>) => void][] = [
    ['nothing was reviewed', () => {}],
    [
      'something was edited after the review',
      ({ act }) => {
        act(REVIEW);
        act(edit({ basal: '2 mg/day' }));
      },
    ],
    [
      'the edits were discarded after it',
      ({ act }) => {
        act(REVIEW);
        act({ type: 'discard' });
      },
    ],
    [
      'the pump has another prescription since',
      ({ act, pump }) => {
        act(REVIEW);
        const program = { type: 'constant', rate: rate.parse('0.3 mL/day') } as const;
        pump.status = { ...pump.status, record: 2, prescription: { ...PRESCRIPTION, program } };
      },
    ],
    [
      'the pump has stopped since',
      ({ act, pump }) => {
        act(REVIEW);
        pump.status = { ...pump.status, stopped: { why: 'emptyReservoir', since: instant(0) } };
      },
    ],
    [
      'the pump was given a command since',
      ({ act }) => {
        act(REVIEW);
        act({ type: 'stop' });
      },
    ],
    [
      'it was programmed already',
      ({ act }) => {
        act(REVIEW);
        act(CONFIRM);
      },
    ],
  ];
  test.each(spoiled)('is refused where %s, and nothing is programmed', (_, spoil) => {
    const made = atFakePump();
    made.act(edit({ basal: '1 mg/day' }));
    spoil(made);
    const { status } = made.pump;
    const asked = made.pump.names.length;
    expect(made.act(CONFIRM)).toEqual({ refused: 'notReviewed', by: 'programmer' });
    expect(made.pump.names.slice(asked)).toEqual(['interrogate']);
    expect(made.pump.status).toEqual(status);
  });

  test('may come after reading more of the pump', () => {
    const made = reviewed({ basal: '190 mcg/day' });
    for (const type of ['interrogate', 'readHistory', 'readLog', 'readUsage'] as const) made.clinician({ type });
    made.clinician({ type: 'compare', from: 1, to: 1 });
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().title).toBe('Finish');
    expect(made.clinician(CONFIRM)).toEqual({ done: true });
  });

  test('that the pump refuses leaves the edits, and asks for another review', () => {
    const made = atFakePump({ tampering: {} });
    made.act(edit({ basal: '1 mg/day' }));
    made.act(REVIEW);
    made.pump.tampering = {
      beginUpdate: () => ({
        refused: { code: 'overLimitForNow', also: [], until: instant(90_000_000), shortest: null },
      }),
    };
    expect(made.act(CONFIRM)).toMatchObject({ refused: 'overLimitForNow', by: 'pump' });
    expect(made.programmer.knows).toMatchObject({ reviewed: null, pending: { run: false } });
    // The pump's clock shows midnight, at 24 h of its own count.
    expect(made.programmer.screen().warnings).toEqual([
      'Not done: with what was already given the program exceeds the dose limit for now; possible from 2026-01-04 01:00, in 1h',
    ]);
  });
});
