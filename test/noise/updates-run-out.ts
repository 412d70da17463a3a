import { expect } from 'vitest';
import { instant, proportion } from '../../shared/index.ts';
import { expectTold, NOISE } from './judged.ts';
import { underNoise } from './under-noise.ts';

/** A change of dose on day 10; from the day before on most frames are lost. How pumps stood after updates that ran out. */
export function updatesRunOut(seeds: readonly number[]): Set<string> {
  const mostly = { ...NOISE, drop: proportion.parse('70 %') };
  const stood = new Set<string>();
  for (const seed of seeds) {
    const run = underNoise('dose-change', mostly, { seed, from: instant(9 * 86_400_000) });
    expect(run.breaches).toEqual([]);
    expect(run.mismatches).toEqual([]);
    for (const act of run.life.acts) {
      expectTold(act, run);
      if (act.refused === 'updateUncertain') stood.add(act.decided.length === 0 ? 'stopped' : 'committed');
    }
  }
  return stood;
}
