import { expect, test } from 'vitest';
import { missedIn, of, SHIPPED, taken } from './cases.ts';

/** A class. */
const SEEDS = 50;

test.each([...SHIPPED.keys()])(
  '%s is passed by who knows what to do with every seed, and is another each time',
  (name) => {
    const answers = new Set<string>();
    const drawn = new Set<string>();
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const loaded = of(name, seed);
      const { debrief, replies } = taken(loaded, 'expert', name);
      expect(missedIn(debrief), `seed ${seed}`).toEqual([]);
      expect(taken(loaded, 'passive', name).debrief.passed, `who only waits, seed ${seed}`).toBe(false);
      expect(taken(loaded, 'mistaken', name).debrief.passed, `who errs, seed ${seed}`).toBe(false);
      answers.add(JSON.stringify(replies));
      drawn.add(JSON.stringify(loaded.values));
    }
    // What is drawn shows in what an expert finds.
    expect(answers.size).toBe(drawn.size);
    expect(answers.size).toBeGreaterThan(1);
  },
);
