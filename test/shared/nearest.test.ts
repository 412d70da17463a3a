import fc from 'fast-check';
import { expect, test } from 'vitest';
import { didYouMean, expectedOne } from '../../shared/index.ts';

const NAMES = [
  'lowReservoir',
  'emptyReservoir',
  'stall',
  'overFlow',
  'underFlow',
  'eri',
  'mL',
  'nL',
  'pump-20',
  'pump-40',
];

test.each([
  ['a letter left out', 'lowReservor', 'lowReservoir'],
  ['a letter too many', 'stalll', 'stall'],
  ['another letter', 'stoll', 'stall'],
  ['two letters swapped', 'satll', 'stall'],
  ['other capitals', 'LOWRESERVOIR', 'lowReservoir'],
  ['other capitals of a unit', 'ml', 'mL'],
  ['space around it', ' stall ', 'stall'],
  ['two names as near', 'pump-30', 'pump-20 or pump-40'],
])('somebody who writes %s is asked about the name meant', (_, given, meant) => {
  expect(didYouMean(NAMES, given)).toBe(` (did you mean ${meant}?)`);
});

test.each([
  ['another unit', 'mg'],
  ['another word', 'toaster'],
  ['nothing', ''],
  ['a name as it is', 'stall'],
  ['no text', 5],
  ['a long text', 'stall'.repeat(1000)],
  ['what every object has', 'toString'],
])('nobody is asked about %s', (_, given) => {
  expect(didYouMean(NAMES, given)).toBe('');
});

test('the names stand before what may be meant', () => {
  expect(expectedOne(['kept', 'lost'], 'kep')).toBe('expected one of kept, lost (did you mean kept?)');
  expect(expectedOne(['kept', 'lost'])).toBe('expected one of kept, lost');
});

test('one slip in a name of three letters or more is understood, wherever it is', () => {
  const name = fc.constantFrom(...NAMES.filter(({ length }) => length >= 3));
  fc.assert(
    fc.property(name, fc.nat(), fc.constantFrom('', 'x', 'xx'), (word, place, put) => {
      const at = place % word.length;
      // A letter left out, another in its place, or one more before it.
      const slip = word.slice(0, at) + put.slice(0, 1) + word.slice(put === 'xx' ? at : at + 1);
      expect(didYouMean(NAMES, slip)).toContain(word);
    }),
  );
});
