import fc from 'fast-check';
import { expect } from 'vitest';
import { rate, volume } from '../../shared/index.ts';
import { valuesOf } from './on-bench.ts';
import { live, lives } from './random-life.ts';
import { requirementOfAll } from './requirement.ts';
import { runs } from './runs.ts';
import { therapyOf, treating } from './therapies.ts';

requirementOfAll('R3', (profile) => {
  const { reservoirCapacity, lowReservoirPolicy, lowReservoirBy, emptyPolicy, minimumRate, emptyAt } =
    valuesOf(profile);
  const { full, basal, tenth, prescribe, solution } = therapyOf(profile);
  // 11 in the reservoir, and time enough for 14.
  const pump = treating(profile, { patientBolus: 'none' });
  const amount = `${(full * 0.11).toFixed(1)} mL`;
  pump.hands('drain');
  pump.hands({ inject: { volume: amount, ...solution } });
  pump.clinician({ refill: { volume: amount } });
  const { now } = pump.belief;
  pump.advance(`${1.4 * tenth}ms`);
  const [filled, low, flow] = [volume.parse(amount), volume.parse(prescribe.lowReservoir ?? ''), rate.parse(basal)];
  const lowFlow = lowReservoirPolicy === 'minimumRate' ? minimumRate : flow;
  const empty = now + (filled - low) / flow + (low - emptyAt) / lowFlow;
  expect(pump.belief).toMatchObject({ reservoir: 'empty' });
  if (lowReservoirBy === 'handset') expect(pump.belief.alarms).toEqual([]);
  else expect(pump.belief.alarms).toContainEqual({ code: 'emptyReservoir', since: empty });
  // A pump that runs on may run on below what it counts as empty.
  expect(pump.belief.volume).toBe(emptyPolicy === 'stop' ? emptyAt : 0);

  fc.assert(
    fc.property(lives, (deeds) => {
      const pump = treating(profile);
      for (const deed of deeds) {
        live(pump, deed);
        for (const held of [pump.belief.volume, pump.truth.reservoir]) {
          expect(held).toBeGreaterThanOrEqual(0);
          expect(held).toBeLessThanOrEqual(reservoirCapacity);
        }
      }
    }),
    { numRuns: runs(2, 200) },
  );
});
