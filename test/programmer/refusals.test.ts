import { describe, expect, test } from 'vitest';
import {
  type ClinicianAct,
  type Outcome,
  PROGRAMMER_REFUSALS,
  type ProgrammerRefusal,
  reasonOf,
} from '../../programmer/index.ts';
import { concentration, doseRate, mass, parseDuration, span } from '../../shared/index.ts';
import { bench, mL, prescribe, profileOf, running, singleBolus } from '../harness.ts';
import { REPLIES, STATUS } from '../shared/examples.ts';
import { atFakePump } from './fake-pump.ts';
import { SITE } from './site-library.ts';

const bolus = { volume: null, duration: parseDuration('2min'), lockout: parseDuration('4h'), maxPerDay: 4, parts: [] };
const unprescribed = { ...STATUS, prescription: null, record: 0 };

/** A prescription entered at a pump that has none. */
function firstPrescription(entry: ClinicianAct) {
  const made = atFakePump();
  made.pump.status = unprescribed;
  return made.act(entry);
}

/** How each of the programmer's own refusals comes about. A refusal without one does not compile. */
const PROVOKED: { readonly [R in ProgrammerRefusal]: () => Outcome | 'pending' } = {
  needsConfirmation: () => atFakePump({ library: SITE }).act(prescribe({ basal: '11 mg/day', ceiling: '30 mg/day' })),
  aboveHardLimit: () => atFakePump({ library: SITE }).act(prescribe({ basal: '19 mg/day', ceiling: '30 mg/day' })),
  nothingAsked: () => {
    const made = atFakePump({ library: SITE });
    made.act({ ...prescribe({ basal: '1 mg/day' }), type: 'edit' });
    made.act({ type: 'review' });
    return made.act({ type: 'confirm', limits: 'accept' });
  },
  busy: () => {
    const { sim, clinician } = bench({ latency: span(150) });
    clinician({ type: 'interrogate' });
    sim.advance(parseDuration('10min'));
    return sim.act({ by: 'clinician', act: { type: 'interrogate' } }) as Outcome;
  },
  noAnswer: () => atFakePump({ tampering: { openSession: () => 'silence' } }).act({ type: 'interrogate' }),
  otherPump: () => atFakePump({ serial: 'SOMEBODY-ELSE' }).act({ type: 'interrogate' }),
  reasonNeeded: () => running().clinician({ type: 'refill', aspirated: mL('1'), volume: mL('20') }) as Outcome,
  wrongReason: () => {
    const refill = { type: 'refill', aspirated: mL('1'), volume: mL('20') } as const;
    return running().clinician({ ...refill, reason: 'stall' }) as Outcome;
  },
  drugNotByHandset: () => {
    const made = running({ profile: profileOf('synchromed-ii-like-20', { handsetDrugs: ['morphine'] }) });
    const bolus = { dose: '10 mcg', duration: '5min', lockout: '1h', maxPerDay: 2 };
    return made.clinician(prescribe({ bolus })) as Outcome;
  },
  carriedOutBefore: () => {
    const made = running();
    const refill = { type: 'refill', aspirated: null, volume: mL('20') } as const;
    const from = { message: 'enterReservoir', lose: 'answer' } as const;
    made.sim.act({ by: 'world', act: { type: 'disconnect', from } });
    made.clinician(refill);
    made.sim.act({ by: 'world', act: { type: 'reconnect' } });
    return made.clinician(refill) as Outcome;
  },
  bolusEntered: () => {
    const made = atFakePump();
    made.act(singleBolus('0.1 mL', '30min', 'basal', 'editBolus'));
    return made.act({ ...prescribe({ basal: '1 mg/day' }), type: 'edit' });
  },
  nothingToBridge: () => {
    const catheter = { volume: mL('0.2') };
    return firstPrescription(prescribe({ opening: { type: 'bridge', catheter, dose: null } }));
  },
  unknownDrug: () => firstPrescription(prescribe({ basal: '0.4 mL/day' })),
  unknownBasal: () => firstPrescription(prescribe({ drug: 'morphine', concentration: '25 mg/mL' })),
  concentrationZero: () =>
    firstPrescription({
      ...prescribe({ basal: '1 mg/day' }),
      drugs: [{ name: 'morphine', concentration: concentration.of(0) }],
    }),
  bolusDurationZero: () =>
    atFakePump().act({ ...prescribe({}), patientBolus: { ...bolus, dose: mass.parse('1 mg'), duration: span(0) } }),
  tooMuch: () =>
    atFakePump().act({
      ...prescribe({ drug: 'morphine', concentration: '1 ng/mL' }),
      program: { type: 'constant', basal: { dose: doseRate.parse('10000000 mg/day') } },
    }),
  tooLittle: () =>
    atFakePump().act({
      ...prescribe({ drug: 'morphine', concentration: '25 mg/mL' }),
      program: { type: 'constant', basal: { dose: doseRate.parse('24 ng/day') } },
    }),
  diluentHasNoDose: () => firstPrescription({ ...prescribe({ basal: '1 mg/day' }), drugs: [] }),
  nothingPending: () => atFakePump().act({ type: 'review' }),
  notReviewed: () => atFakePump().act({ type: 'confirm' }),
  pendingEdits: () => {
    const made = atFakePump();
    made.act({ ...prescribe({ basal: '1 mg/day' }), type: 'edit' });
    return made.act({ type: 'endSession' });
  },
  historyNotRead: () => atFakePump().act({ type: 'compare', from: 1, to: 2 }),
  digestMismatch: () =>
    atFakePump({
      tampering: {
        stagePrescription: () => ({
          reply: {
            name: 'stagePrescription',
            payload: { ...REPLIES.stagePrescription.payload, digest: '0'.repeat(32) },
          },
        }),
      },
    }).act(prescribe({ basal: '1 mg/day' })),
  unknownBolus: () => atFakePump().act(prescribe({ drug: 'morphine', concentration: '10 mg/mL', basal: '1 mg/day' })),
  updateUncertain: () =>
    atFakePump({ tampering: { commitUpdate: () => 'silence' } }).act(prescribe({ basal: '1 mg/day' })),
  historyBroken: () =>
    atFakePump({
      tampering: {
        readHistory: () => ({ reply: { name: 'readHistory', payload: { entries: [], total: 2, anchor: null } } }),
      },
    }).act({ type: 'readHistory' }),
  verifyFailed: () =>
    atFakePump({ tampering: { interrogate: () => ({ reply: { name: 'interrogate', payload: STATUS } }) } }).act(
      prescribe({ basal: '1 mg/day' }),
    ),
};

describe('the programmer refuses by itself', () => {
  test.each(Object.entries(PROVOKED))('%s', (code, provoke) => {
    const outcome = provoke();
    expect(outcome).toEqual({ refused: code, by: 'programmer' });
    expect(outcome === 'pending' ? undefined : reasonOf(outcome)).toBe(Object(PROGRAMMER_REFUSALS)[code]);
  });

  test('for every reason it has', () => {
    expect(Object.keys(PROVOKED).toSorted()).toEqual(Object.keys(PROGRAMMER_REFUSALS).toSorted());
  });
});
