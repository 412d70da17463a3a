import { expect, test } from 'vitest';
import { missedIn } from '../../workbench/index.ts';
import { of, SHIPPED, taken } from './cases.ts';

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
      if (seed < OTHERS)
        for (const who of ['passive', 'mistaken'] as const)
          expect(taken(loaded, who, name).debrief.passed, `${who}, seed ${seed}`).toBe(false);
      answers.add(JSON.stringify(replies));
    }
    // What is drawn shows in what an expert finds.
    expect(answers.size).toBeGreaterThan(1);
  },
);
