import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stretches } from '../../workbench/invariants/stretches.ts';

const steps = fc.array(
  fc.record({ after: fc.nat({ max: 50 }), rate: fc.nat({ max: 9 }), amended: fc.nat({ max: 9 }) }),
  {
    minLength: 1,
    maxLength: 30,
  },
);

test('what has flowed in a span is what each rate made of it, minute by minute', () => {
  fc.assert(
    fc.property(steps, fc.nat({ max: 100 }), fc.nat({ max: 100 }), (course, window, later) => {
      const stretches = new Stretches();
      const flowed: number[] = [];
      let rate = 0;
      const pass = (by: number) => void flowed.push(...Array<number>(by).fill(rate));
      for (const step of course) {
        pass(step.after);
        stretches.begin(flowed.length, BigInt(step.rate), flowed.length - 100);
        stretches.amend(BigInt(step.amended));
        rate = step.amended;
      }
      pass(later);
      const end = flowed.length;
      const sum = flowed.slice(Math.max(0, end - window)).reduce((all, each) => all + each, 0);
      expect(stretches.between(end - window, end)).toBe(BigInt(sum));
      stretches.forget();
      const last = flowed.slice(Math.max(end - later, end - window)).reduce((all, each) => all + each, 0);
      expect(stretches.between(end - window, end)).toBe(BigInt(last));
    }),
  );
});
