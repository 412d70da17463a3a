import { expect, test } from 'vitest';
import { draftsNow, entryOf, type Part } from '../../page/parts/drafts.ts';
import { STATUS } from '../shared/examples.ts';

const ALL: readonly Part[] = ['fluid', 'program', 'patient', 'opening', 'limits', 'run'];
const visit = {
  status: STATUS,
  drugs: [
    { name: 'morphine', unit: 'mg' },
    { name: 'baclofen', unit: 'mcg' },
  ],
};

test('the form of another fluid has its drug, and no strength that anybody could leave standing', () => {
  const drafts = draftsNow(visit, ALL);
  expect(drafts.fluid.drugs.map(({ name }) => name)).toEqual(STATUS.prescription?.drugs.map(({ name }) => name));
  expect(drafts.fluid.drugs.map(({ strength }) => strength.number)).toEqual(STATUS.prescription?.drugs.map(() => ''));
  // Doses of the same drug stand as they are.
  expect(entryOf(drafts, drafts, ALL, false)).toHaveProperty('constant');
});
