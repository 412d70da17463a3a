import { expect, test } from 'vitest';
import { parseDuration, proportion, rate, volume } from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { bedside } from './bedside.ts';

const dryings = (told: ReturnType<typeof bedside>['told']) =>
  told.filter(({ kind }) => kind === 'ranDry').map(({ t }) => t);

test('a reservoir runs dry at the first millisecond at which all has flowed', () => {
  const { plant, told, inject, drive, advance, advanceMs } = bedside();
  inject('1 mL');
  drive('0.7 mL/day');
  // 1 mL at 0.7 mL/day takes 123 428 571.43 ms.
  advanceMs(123_428_571);
  expect(dryings(told)).toEqual([]);
  expect(plant.truth().reservoir).toBeGreaterThan(0);
  expect(plant.truth().flow).toBe(rate.parse('0.7 mL/day'));
  advanceMs(1);
  expect(dryings(told)).toEqual([123_428_572]);
  expect(plant.truth()).toMatchObject({ reservoir: 0, flow: 0, delivered: BigInt(volume.parse('1 mL')) });
  advance('100d');
  expect(plant.truth().delivered).toBe(BigInt(volume.parse('1 mL')));
});

test('running dry is told once a drying, however long it lasts', () => {
  const { plant, told, inject, drive, advance } = bedside();
  inject('2 mL');
  drive('1 mL/day');
  advance('10d');
  drive('2 mL/day');
  plant.inflict({ type: 'flowBias', by: proportion.parse('+10 %') });
  advance('10d');
  expect(dryings(told)).toEqual([parseDuration('2d')]);
  plant.inflict({ type: 'flowBias', by: proportion.parse('0 %') });
  inject('2 mL');
  advance('10d');
  expect(dryings(told)).toEqual([parseDuration('2d'), parseDuration('21d')]);
});

test('a drained reservoir has not run dry', () => {
  const { plant, told, inject, drive, advance } = bedside();
  inject('2 mL');
  drive('1 mL/day');
  plant.act({ type: 'drain' });
  advance('10d');
  expect(dryings(told)).toEqual([]);
});

test('nothing runs dry while the motor stands', () => {
  const { plant, told, inject, drive, advance } = bedside();
  inject('2 mL');
  drive('1 mL/day');
  advance('1d');
  drive('0 mL/day');
  advance('1000d');
  expect(dryings(told)).toEqual([]);
  // Nothing is due but that its battery gives out.
  const { batteryLife, batteryPerMillilitre } = profileOf('synchromed-ii-like-20');
  expect(plant.due()).toBe(batteryLife - batteryPerMillilitre);
  expect(plant.truth().reservoir).toBe(volume.parse('1 mL'));
});

test('a drying was caused by what set the flow', () => {
  const { told, inject, drive, advance } = bedside();
  inject('2 mL');
  drive('1 mL/day');
  drive('2 mL/day');
  advance('2d');
  const flows = told.filter(({ kind }) => kind === 'flow');
  expect(told.find(({ kind }) => kind === 'ranDry')?.because).toBe(flows.at(-1)?.n);
});
