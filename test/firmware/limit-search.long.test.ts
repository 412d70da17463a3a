import { expect, test } from 'vitest';
import { changesAsWorkedOut, changesWhenTold } from './limit-change.ts';
import { bolusesRunAsLong } from './longest-bolus.ts';

test('a change may be made at the instant that is told, and at none before, in hundreds of lives', () => {
  expect(changesWhenTold(300)).toBeGreaterThan(20);
});

test('thousands of changes are taken where no window holds more than its limit, or than it would without', () => {
  expect(changesAsWorkedOut(5000, 60_000).worse).toBeGreaterThan(500);
});

test('thousands of boluses run until a millisecond later some window would hold more than its limit', () => {
  expect(bolusesRunAsLong(10_000).cut).toBeGreaterThan(500);
});
