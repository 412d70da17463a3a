import { describe, expect, test } from 'vitest';
import { History, memoryStore } from '../../firmware-sim/index.ts';
import {
  brokenLink,
  chainAfter,
  digestOf,
  type HistoryEntry,
  instant,
  type Json,
  prescriptionDigest,
  toBytes,
} from '../../shared/index.ts';
import { prescribe, profileOf, running } from '../harness.ts';
import { implantedPump } from './bare-pump.ts';
import { prescriptionOf } from './prescriptions.ts';

const first = prescriptionOf();
const second = prescriptionOf({ basal: '0.5 mL/day', lowReservoir: '1 mL' });
const third = prescriptionOf({ bolus: null });

const CAPACITY = 64;
const inStore = (store: ReturnType<typeof memoryStore>) => History.inStore(store, CAPACITY).entries;

const written = () => {
  const store = memoryStore();
  const history = new History(store, CAPACITY);
  for (const [i, prescription] of [first, second, third].entries()) {
    history.append(instant(i * 1000), 'clinician', prescription, null);
  }
  return { history, store };
};
/** The bytes of a page of so many entries: a list of more than a few would count itself in two bytes more. */
const bytesOf = (history: History, count: number): number => {
  const page = history.page(1);
  return toBytes({ ...page, entries: page.entries.slice(0, count) }).length + 2;
};
const secondOf = (store: ReturnType<typeof memoryStore>): HistoryEntry => {
  const entry = inStore(store)[1];
  if (entry === undefined) throw new Error('no second entry');
  return entry;
};

describe('the prescription history', () => {
  test('keeps every prescription, with what changed in it', () => {
    const { history } = written();
    expect(history.entries.map(({ number, at, prescription, changed }) => [number, at, prescription, changed])).toEqual(
      [
        [1, 0, first, ['drugs', 'program', 'patientBolus', 'doseLimit', 'ceiling', 'lowReservoir', 'opening']],
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
    expect(inStore(store)).toEqual(history.entries);
  });

  test('gives pages from a number on', () => {
    const { history } = written();
    const page = (from: number, most: number) => history.page(from, most).entries.map(({ number }) => number);
    const most = bytesOf(history, 2);
    expect(page(1, most)).toEqual([1, 2]);
    expect(page(0, most)).toEqual([1, 2]);
    expect(page(1, most - 1)).toEqual([1]);
    expect(page(1, 1)).toEqual([1]);
    expect(page(3, most)).toEqual([3]);
    expect(page(4, most)).toEqual([]);
    expect(history.page(4, most).total).toBe(3);
  });

  test('goes on from where it was loaded', () => {
    const { history } = written();
    const again = new History(memoryStore(), CAPACITY);
    again.load(JSON.parse(JSON.stringify(history.save())));
    const fourth = again.append(instant(3000), 'clinician', first, null);
    expect(fourth).toMatchObject({ number: 4, previous: history.entries[2]?.digest });
  });
});

describe('a history that starts anew', () => {
  test('is as its store holds it, and chains what comes next to its last entry', () => {
    const { history, store } = written();
    const before = [...history.entries];
    history.restart();
    expect(history.entries).toEqual(before);
    const again = new History(store, CAPACITY);
    again.restart();
    const next = again.append(instant(3000), 'clinician', first, null);
    expect(next).toMatchObject({ number: 4, previous: before[2]?.digest });
    expect(inStore(store)).toHaveLength(4);
  });

  test('on an emptied store begins again with number 1', () => {
    const { history, store } = written();
    store.clear();
    history.restart();
    expect(history.entries).toEqual([]);
    expect(history.append(instant(0), 'clinician', second, null)).toMatchObject({
      number: 1,
      previous: '0'.repeat(32),
    });
  });

  test('does not start from a store that was tampered with', () => {
    const { history, store } = written();
    const tampered = toBytes({ ...secondOf(store), at: 5 });
    store.write('history/2', () => tampered);
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
    const tampered = toBytes(tamper(secondOf(store)));
    store.write('history/2', () => tampered);
    expect(() => inStore(store)).toThrow();
  });

  test('cut short', () => {
    const { store } = written();
    const cut = store.read('history/2')?.slice(0, -1) ?? new Uint8Array();
    store.write('history/2', () => cut);
    expect(() => inStore(store)).toThrow();
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
  expect(inStore(pump.store)).toHaveLength(1);
  again.prescribe(second);
  const entries = inStore(pump.store);
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

describe('a history that is full', () => {
  const MOST = 4;
  const basals = ['0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9'];
  const full = (count: number) => {
    const store = memoryStore();
    const history = new History(store, MOST);
    for (const [i, basal] of basals.slice(0, count).entries())
      history.append(instant(i), 'clinician', prescriptionOf({ basal: `${basal} mL/day` }), null);
    return { store, history };
  };
  const numbers = (entries: readonly HistoryEntry[]) => entries.map(({ number }) => number);

  test('drops nothing before its last place is taken', () => {
    const { history } = full(MOST);
    expect([numbers(history.entries), history.anchor]).toEqual([[1, 2, 3, 4], null]);
  });

  test('drops the oldest with the next, whose digest stays as an anchor', () => {
    const first = full(1).history.entries[0];
    const { history } = full(MOST + 1);
    expect(numbers(history.entries)).toEqual([2, 3, 4, 5]);
    expect(history.anchor).toEqual({ number: 1, digest: first?.digest });
    expect(history.entries[0]?.previous).toBe(first?.digest);
  });

  test('goes on so: the anchor is the last that has left, the chain verifies from it', () => {
    const { history, store } = full(9);
    expect([numbers(history.entries), history.anchor?.number, history.total]).toEqual([[6, 7, 8, 9], 5, 9]);
    expect(brokenLink(chainAfter(history.anchor), history.entries)).toBeUndefined();
    expect(History.inStore(store, MOST)).toEqual({ anchor: history.anchor, entries: history.entries });
  });

  test('gives pages by number, with its anchor', () => {
    const { history } = full(9);
    expect(numbers(history.page(1, bytesOf(history, 2)).entries)).toEqual([6, 7]);
    expect(numbers(history.page(8).entries)).toEqual([8, 9]);
    expect(history.page(1)).toMatchObject({ total: 9, anchor: { number: 5 } });
  });

  test('goes on from a snapshot', () => {
    const { history } = full(6);
    const store = memoryStore();
    const again = new History(store, MOST);
    again.load(JSON.parse(JSON.stringify(history.save())));
    for (const each of [history, again]) each.append(instant(99), 'clinician', second, null);
    expect([again.entries, again.anchor]).toEqual([history.entries, history.anchor]);
    expect(History.inStore(store, MOST)).toEqual({ anchor: again.anchor, entries: again.entries });
  });

  test.each<[string, (store: ReturnType<typeof memoryStore>) => void]>([
    [
      'an anchor of another digest',
      (store) => store.write('history/anchor', () => toBytes({ number: 5, digest: 'f'.repeat(32) })),
    ],
    [
      'an anchor that hides an entry',
      (store) => store.write('history/anchor', () => toBytes({ number: 6, digest: 'f'.repeat(32) })),
    ],
    [
      'an entry from before the chain',
      (store) => {
        const older = store.read('history/2') ?? new Uint8Array();
        store.write('history/3', () => older);
      },
    ],
  ])('is found out by %s', (_, tamper) => {
    const { store } = full(9);
    tamper(store);
    expect(() => History.inStore(store, MOST)).toThrow('does not fit the chain');
  });

  test('whose power is lost between anchor and entry has only lost the oldest', () => {
    const { history, store } = full(8);
    const leaving = history.entries[0];
    store.write('history/anchor', () => toBytes({ number: 5, digest: leaving?.digest ?? '' }));
    expect(numbers(History.inStore(store, MOST).entries)).toEqual([6, 7, 8]);
  });
});

test('a programmer reads a full history page by page and verifies it from its anchor', () => {
  const profile = profileOf('synchromed-ii-like-20', { historyCapacity: 10 });
  const made = running({ profile });
  for (let i = 1; i <= 13; i++) made.clinician(prescribe({ basal: `${150 + i} mcg/day`, ceiling: '300 mcg/day' }));
  expect(made.clinician({ type: 'readHistory' })).toEqual({ done: true });
  const { history } = made.sim.knows;
  expect(history.map(({ number }) => number)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  expect(made.sim.belief().record).toBe(14);
  const fork = made.sim.fork();
  expect(fork.act({ by: 'clinician', act: { type: 'readHistory' } })).toEqual({ done: true });
  expect(fork.knows.history).toEqual(history);
});
