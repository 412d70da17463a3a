import { expect, test } from 'vitest';
import { learnerProblems, missedIn } from '../../workbench/index.ts';
import { of, SHIPPED, taken, takenByThree } from './cases.ts';

test.each([...SHIPPED.keys()])('%s is for who knows what to do, and not for who waits or errs', takenByThree);

/** A class. */
const SEEDS = 50;
/** With so many of them who waits and who errs take it too. */
const OTHERS = 5;

test.each([...SHIPPED.keys()])(
  '%s is passed by who knows what to do with every seed, and is another each time',
  (name) => {
    const answers = new Set<string>();
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const loaded = of(name, seed);
      const { debrief, replies } = taken(loaded, 'expert', name);
      expect(missedIn(debrief), `seed ${seed}`).toEqual([]);
      if (seed < OTHERS) expect(learnerProblems([loaded], { id: name, version: 'test' })).toEqual([]);
      answers.add(JSON.stringify(replies));
    }
    // What is drawn shows in what an expert finds.
    expect(answers.size).toBeGreaterThan(1);
  },
);
