import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventLog, memoryStore } from '../../firmware-sim/index.ts';
import { instant, type LogRecord, toBytes } from '../../shared/index.ts';
import { implantedPump } from './bare-pump.ts';
import { prescriptionOf } from './prescriptions.ts';

/** A log of some capacity with some records in it, and its store. */
const filled = (capacity: number, records: number) => {
  const store = memoryStore();
  const log = new EventLog(store, capacity);
  for (let i = 1; i <= records; i++) log.add(instant(i * 1000), 'deliveryStarted', { i });
  return { log, store };
};
const numbers = (records: readonly LogRecord[]) => records.map(({ number }) => number);
/** The bytes of a page of so many records: a list of more than a few would count itself in two bytes more. */
const bytesOf = (log: EventLog, from: number, count: number): number => {
  const page = log.page(from);
  return toBytes({ ...page, records: page.records.slice(0, count) }).length + 2;
};
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

describe('the ring', () => {
  test.each([
    [4, 0, 0],
    [4, 3, 0],
    [4, 4, 0],
    [4, 5, 1],
    [4, 103, 99],
    [1, 7, 6],
  ])('of %i holds the newest after %i records, and says it dropped %i', (capacity, added, dropped) => {
    const { log, store } = filled(capacity, added);
    expect(log.dropped).toBe(dropped);
    expect(numbers(log.page(1).records)).toEqual(range(dropped + 1, added));
    expect(EventLog.inStore(store, capacity)).toEqual(log.page(1).records);
  });

  test('numbers its records from 1 and returns each as it is kept', () => {
    const log = new EventLog(memoryStore(), 2);
    expect(log.add(instant(5), 'powerOn', { profile: 'any' })).toEqual({
      number: 1,
      at: 5,
      kind: 'powerOn',
      data: { profile: 'any' },
    });
    expect(log.add(instant(5), 'implanted', {}).number).toBe(2);
  });
});

describe('a page', () => {
  test('holds as many as its bytes allow, and the number to go on with', () => {
    const { log } = filled(100, 10);
    const most = bytesOf(log, 4, 3);
    expect(log.page(4, most)).toMatchObject({ next: 7, dropped: 0 });
    expect(numbers(log.page(4, most).records)).toEqual([4, 5, 6]);
    expect(numbers(log.page(4, most - 1).records)).toEqual([4, 5]);
  });

  test('holds one record, however long', () => {
    const { log } = filled(100, 10);
    expect(numbers(log.page(4, 1).records)).toEqual([4]);
  });

  test('from a record that was dropped begins with the oldest there is', () => {
    const { log } = filled(4, 10);
    expect(numbers(log.page(1, bytesOf(log, 7, 2)).records)).toEqual([7, 8]);
  });

  test('past the newest is empty, and asks for the same number next time', () => {
    const { log } = filled(4, 10);
    expect(log.page(11)).toEqual({ records: [], next: 11, dropped: 6 });
    expect(log.page(50)).toEqual({ records: [], next: 50, dropped: 6 });
  });

  test('of an empty log is empty', () => {
    expect(filled(4, 0).log.page(1)).toEqual({ records: [], next: 1, dropped: 0 });
  });

  test('after page reads every record that is left, each once, whatever the sizes', () => {
    const sizes = fc.record({
      capacity: fc.integer({ min: 1, max: 20 }),
      added: fc.integer({ min: 0, max: 60 }),
      most: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(sizes, ({ capacity, added, most }) => {
        const { log } = filled(capacity, added);
        const read: number[] = [];
        for (let page = log.page(1, most); page.records.length > 0; page = log.page(page.next, most)) {
          read.push(...numbers(page.records));
        }
        expect(read).toEqual(range(Math.max(0, added - capacity) + 1, added));
      }),
      { numRuns: 100 },
    );
  });
});

test('what a pump says over the link is what its store holds, dropped records and all', () => {
  const { pump, clinician } = implantedPump({ logCapacity: 20 });
  clinician.prescribe(prescriptionOf());
  for (let i = 0; i < 40; i++) clinician.do(i % 2 === 0 ? 'stop' : 'resume');
  const answer = clinician.ask({ name: 'readLog', payload: { from: 1 } });
  if (!('reply' in answer) || answer.reply.name !== 'readLog') throw new Error('no log');
  const { records, dropped } = answer.reply.payload;
  expect(records).toHaveLength(20);
  expect(EventLog.inStore(pump.store, 20)).toEqual(records);
  expect(records[0]?.number).toBe(dropped + 1);
  expect(numbers(records)).toEqual(range(dropped + 1, dropped + 20));
});

test('a cell of the store that is no record is not read as one', () => {
  const { store } = filled(4, 4);
  store.write('log/2', () => toBytes({ number: 2, at: 0, kind: 'nonsense', data: {} }));
  expect(() => EventLog.inStore(store, 4)).toThrow();
});

describe('a log that starts anew', () => {
  test.each([
    [4, 0],
    [4, 3],
    [4, 4],
    [4, 103],
    [1, 7],
  ])('of %i, after %i records, is as its store holds it, and goes on with the next number', (capacity, added) => {
    const { log, store } = filled(capacity, added);
    const before = { page: log.page(1), dropped: log.dropped };
    log.restart();
    expect({ page: log.page(1), dropped: log.dropped }).toEqual(before);
    const again = new EventLog(store, capacity);
    again.restart();
    expect(again.page(1, 1000)).toEqual(before.page);
    expect(log.add(instant(9), 'reset', {}).number).toBe(added + 1);
  });

  test('on an emptied store begins with number 1, and has dropped nothing', () => {
    const { log, store } = filled(4, 6);
    store.clear();
    log.restart();
    expect(log.page(1)).toEqual({ records: [], next: 1, dropped: 0 });
    expect(log.add(instant(9), 'powerOn', {}).number).toBe(1);
  });
});

test('a log that is loaded goes on with the next number', () => {
  const { log } = filled(4, 6);
  const again = new EventLog(memoryStore(), 4);
  again.load(JSON.parse(JSON.stringify(log.save())));
  expect(again.add(instant(9), 'implanted', {}).number).toBe(7);
  expect(again.dropped).toBe(3);
});
