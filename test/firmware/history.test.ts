import { describe, expect, test } from 'vitest';
import { History, memoryStore } from '../../firmware-sim/index.ts';
import { digestOf, type HistoryEntry, instant, type Json, prescriptionDigest, toBytes } from '../../shared/index.ts';
import { implantedPump } from './bare-pump.ts';
import { prescriptionOf } from './prescriptions.ts';

const first = prescriptionOf();
const second = prescriptionOf({ basal: '0.5 mL/day', lowReservoir: '1 mL' });
const third = prescriptionOf({ bolus: null });

const written = () => {
  const store = memoryStore();
  const history = new History(store);
  for (const [i, prescription] of [first, second, third].entries()) {
    history.append(instant(i * 1000), 'clinician', prescription);
  }
  return { history, store };
};
const secondOf = (store: ReturnType<typeof memoryStore>): HistoryEntry => {
  const entry = History.inStore(store)[1];
  if (entry === undefined) throw new Error('no second entry');
  return entry;
};

describe('the prescription history', () => {
  test('keeps every prescription, with what changed in it', () => {
    const { history } = written();
    expect(history.entries.map(({ number, at, prescription, changed }) => [number, at, prescription, changed])).toEqual(
      [
        [1, 0, first, ['drugs', 'program', 'patientBolus', 'doseLimit', 'ceiling', 'lowReservoir']],
        [2, 1000, second, ['program', 'lowReservoir']],
        [3, 2000, third, ['program', 'patientBolus', 'lowReservoir']],
      ],
    );
  });

  test('chains each entry to the one before, and the first to nothing', () => {
    const { history } = written();
    const [one, two, three] = history.entries;
    expect(one?.previous).toBe('0'.repeat(32));
    expect(two?.previous).toBe(one?.digest);
    expect(three?.previous).toBe(two?.digest);
    for (const { digest, ...body } of history.entries) expect(digestOf(body)).toBe(digest);
  });

  test('is in the store as it is in the pump', () => {
    const { history, store } = written();
    expect(History.inStore(store)).toEqual(history.entries);
  });

  test('gives pages from a number on', () => {
    const { history } = written();
    const page = (from: number, most: number) => history.page(from, most).entries.map(({ number }) => number);
    expect(page(1, 2)).toEqual([1, 2]);
    expect(page(0, 2)).toEqual([1, 2]);
    expect(page(3, 2)).toEqual([3]);
    expect(page(4, 2)).toEqual([]);
    expect(history.page(4, 2).total).toBe(3);
  });

  test('goes on from where it was loaded', () => {
    const { history } = written();
    const again = new History(memoryStore());
    again.load(JSON.parse(JSON.stringify(history.save())));
    const fourth = again.append(instant(3000), 'clinician', first);
    expect(fourth).toMatchObject({ number: 4, previous: history.entries[2]?.digest });
  });
});

describe('a history that starts anew', () => {
  test('is as its store holds it, and chains what comes next to its last entry', () => {
    const { history, store } = written();
    const before = [...history.entries];
    history.restart();
    expect(history.entries).toEqual(before);
    const again = new History(store);
    again.restart();
    const next = again.append(instant(3000), 'clinician', first);
    expect(next).toMatchObject({ number: 4, previous: before[2]?.digest });
    expect(History.inStore(store)).toHaveLength(4);
  });

  test('on an emptied store begins again with number 1', () => {
    const { history, store } = written();
    store.clear();
    history.restart();
    expect(history.entries).toEqual([]);
    expect(history.append(instant(0), 'clinician', second)).toMatchObject({ number: 1, previous: '0'.repeat(32) });
  });

  test('does not start from a store that was tampered with', () => {
    const { history, store } = written();
    store.write('history/2', toBytes({ ...secondOf(store), at: 5 }));
    expect(() => history.restart()).toThrow('history entry 2 does not fit the chain');
  });
});

describe('a stored entry that was tampered with is found out', () => {
  const body = { ...second, program: first.program };
  const cases: Record<string, (entry: HistoryEntry) => Json> = {
    'its prescription': (entry) => ({ ...entry, prescription: body }),
    'its time': (entry) => ({ ...entry, at: entry.at + 1 }),
    'its author': (entry) => ({ ...entry, by: 'patient' }),
    'what it says changed': (entry) => ({ ...entry, changed: ['program'] }),
    'its digest': (entry) => ({ ...entry, digest: 'f'.repeat(32) }),
    'its place in the chain': (entry) => {
      const { digest: _, ...moved } = { ...entry, previous: '0'.repeat(32) };
      return { ...moved, digest: digestOf(moved) };
    },
    'all of it, digest made to fit': (entry) => {
      const { digest: _, ...forged } = { ...entry, prescription: body };
      return { ...forged, digest: digestOf(forged) };
    },
    'a key added': (entry) => ({ ...entry, note: 'as agreed' }),
  };
  test.each(Object.entries(cases))('%s', (_, tamper) => {
    const { store } = written();
    store.write('history/2', toBytes(tamper(secondOf(store))));
    expect(() => History.inStore(store)).toThrow();
  });

  test('cut short', () => {
    const { store } = written();
    store.write('history/2', store.read('history/2')?.slice(0, -1) ?? new Uint8Array());
    expect(() => History.inStore(store)).toThrow();
  });
});

test('a pump records a commit, and neither what was only staged nor what was refused or interrupted', () => {
  const { pump, clinician } = implantedPump();
  clinician.prescribe(first);
  clinician.stage(second);
  clinician.stage(prescriptionOf({ ceiling: '1 mcg/day' }));
  clinician.stage(third);
  clinician.begin(third);
  const again = pump.open('clinician');
  expect(History.inStore(pump.store)).toHaveLength(1);
  again.prescribe(second);
  const entries = History.inStore(pump.store);
  expect(entries.map(({ number, by, prescription }) => [number, by, prescription])).toEqual([
    [1, 'clinician', first],
    [2, 'clinician', second],
  ]);
  expect(pump.status().record).toBe(2);
  expect(pump.logged('prescriptionCommitted')).toEqual([
    { record: 1, digest: prescriptionDigest(first) },
    { record: 2, digest: prescriptionDigest(second) },
  ]);
});
