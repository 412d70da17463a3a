import { expect, test } from 'vitest';
import { otherFilledNow } from '../../programmer/other-filled.ts';
import { volume } from '../../shared/index.ts';
import { mL, prescribe, running } from '../harness.ts';
import { CONFIRM, edit, REVIEW, texts } from './reviewing.ts';

const OTHER = { type: 'refill', aspirated: volume.parse('20 mL'), volume: mL('20'), otherFluid: true } as const;
const STRONGER = { drug: 'baclofen', concentration: '2000 mcg/mL', basal: '200 mcg/day' } as const;
const still = (made: ReturnType<typeof running>) =>
  made.sim.screen().warnings.filter((warning) => warning.startsWith('STILL PROGRAMMED FOR'));

test('a pump filled with another fluid says what it is still programmed for, until it is told of it', () => {
  const made = running();
  made.clinician(OTHER);
  expect(texts(made)).toMatchObject({ stillProgrammed: 'baclofen 500 mcg/mL' });
  expect(still(made)).toEqual([
    'STILL PROGRAMMED FOR baclofen 500 mcg/mL: another drug or concentration was filled at 2026-01-05 08:00, and THECAL-0001 gives it at the rates of the old one; program it before the patient leaves',
  ]);
  expect(made.sim.report()).toContain('! STILL PROGRAMMED FOR baclofen 500 mcg/mL');
  expect(made.sim.card()).toContain('! STILL PROGRAMMED FOR baclofen 500 mcg/mL');
  // Of what ends it, nobody is warned.
  made.clinician(edit(STRONGER));
  made.clinician(REVIEW);
  expect(still(made)).toEqual([]);
  expect(made.clinician(CONFIRM)).toEqual({ done: true });
  expect(still(made)).toEqual([]);
  expect(texts(made)).not.toHaveProperty('stillProgrammed');
});

test('another dose of the old fluid does not end it, nor does the end of the session', () => {
  const made = running();
  made.clinician(OTHER);
  made.clinician(prescribe({ basal: '190 mcg/day' }));
  expect(still(made)).toHaveLength(1);
  made.clinician({ type: 'endSession' });
  expect(still(made)).toHaveLength(1);
  made.clinician({ type: 'interrogate' });
  expect(still(made)).toHaveLength(1);
});

test('a volume typed anew does not end it, with or without what was aspirated; who says it is the old fluid again does', () => {
  const made = running();
  made.clinician(OTHER);
  made.clinician({ type: 'refill', aspirated: null, volume: mL('19') });
  expect(still(made)).toHaveLength(1);
  // As it came back at the refill, and with it the volume that was meant.
  made.clinician({ type: 'refill', aspirated: volume.parse('19 mL'), volume: mL('20') });
  expect(still(made)).toHaveLength(1);
  made.clinician({ type: 'refill', aspirated: volume.parse('20 mL'), volume: mL('20'), otherFluid: false });
  expect(still(made)).toEqual([]);
});

test('it stands until the pump is told, whatever else becomes of the pump', () => {
  const made = running();
  made.clinician(OTHER);
  const { otherFilled, status } = made.sim.knows;
  if (status === null) throw new Error('the pump was not read');
  expect(otherFilledNow(otherFilled, { ...status, prescription: null })).toBe(otherFilled);
  const [drug] = status.prescription?.drugs ?? [];
  if (drug === undefined || otherFilled === null) throw new Error('no drug');
  // The same drugs in another order are the same fluid.
  const two = [drug, { ...drug, name: 'clonidine' as const }];
  const mixed = {
    ...status,
    prescription: { ...made.sim.belief().prescription, drugs: two.toReversed() },
  } as typeof status;
  expect(otherFilledNow({ ...otherFilled, drugs: two }, mixed)).not.toBeNull();
});
