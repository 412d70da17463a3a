import { Plant, type Solution } from '../../firmware-sim/index.ts';
import { concentration, instant, type Json, parseDuration, rate, Timeline, volume } from '../../shared/index.ts';
import { profileOf } from '../harness.ts';

export const BACLOFEN: Solution = [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }];
export const MORPHINE: Solution = [{ name: 'morphine', concentration: concentration.parse('25 mg/mL') }];
/** Two drugs in one fluid. */
export const MIXTURE: Solution = [...MORPHINE, { name: 'bupivacaine', concentration: concentration.parse('20 mg/mL') }];
/** A diluent. */
export const SALINE: Solution = [];

/** A device that can be emptied to the last drop. */
export const NO_RESIDUAL = profileOf('synchromed-ii-like-20', { residualVolume: volume.of(0) });

interface Told {
  readonly n: number;
  readonly t: number;
  readonly kind: string;
  readonly because: number;
  readonly data: Json;
}

/** A pump's physics with nobody's firmware in it: hands, a motor to ask, and everything it tells. */
export function bedside(profile = profileOf('synchromed-ii-like-20')) {
  const timeline = new Timeline();
  const told: Told[] = [];
  let cause = 0;
  const plant = new Plant(profile, timeline, {
    hears: () => true,
    tell: (_, kind, data) => {
      told.push({ n: told.length + 1, t: timeline.now, kind, because: cause, data });
      return told.length;
    },
    because: (record, work) => {
      const before = cause;
      cause = record;
      const done = work();
      cause = before;
      return done;
    },
    get cause() {
      return cause;
    },
  });
  timeline.join(plant);
  return {
    plant,
    told,
    advance: (time: string) => timeline.advanceTo(instant(timeline.now + parseDuration(time))),
    advanceMs: (ms: number) => timeline.advanceTo(instant(timeline.now + ms)),
    inject: (amount: string, solution: Solution | null = BACLOFEN) =>
      plant.act({ type: 'inject', volume: volume.parse(amount), solution }),
    drive: (flow: string) => plant.drive(rate.parse(flow)),
    get now() {
      return timeline.now;
    },
  };
}
