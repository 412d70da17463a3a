import { concentration, parseDuration } from '../../../shared/index.ts';
import type { Simulation } from '../../../workbench/simulation.ts';
import { type bench, mL, prescribe } from '../../harness.ts';
import { Clinician, type Manner, type Onlooker, press } from './people.ts';

type Bench = ReturnType<typeof bench>;

/** What somebody wants of a pump, and how much later the next interrogation is. */
export interface Story {
  /** What comes before it, undisturbed. */
  readonly before: (made: Bench) => void;
  readonly tell: (sim: Simulation, onlooker: Onlooker) => void;
  /** How often a new prescription, a volume and a bolus are to be found in the pump afterwards. */
  readonly wanted: { readonly programmed: number; readonly entered: number; readonly granted: number };
}

const SOLUTION = [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }] as const;
const FILLED = mL('20');
const MINUTE = parseDuration('1min');
const BOLUS_OVER = parseDuration('15min');

/**
 * A pump in service, its low-reservoir alarm raised, three minutes into a patient bolus of ten. It was filled with so
 * little that one night at 200 mcg/day brought it there.
 */
function inService({ sim, clinician, press, advance }: Bench): void {
  sim.act({ by: 'hands', act: { type: 'inject', volume: mL('2.2'), solution: SOLUTION } });
  clinician({ type: 'refill', aspirated: null, volume: mL('2.2') });
  clinician({ type: 'implant' });
  const bolus = { dose: '10 mcg', duration: '10min', lockout: '1h', maxPerDay: 4 };
  const drug = { drug: 'baclofen', concentration: '500 mcg/mL' } as const;
  clinician(prescribe({ ...drug, basal: '200 mcg/day', ceiling: '400 mcg/day', bolus }));
  clinician({ type: 'endSession' });
  advance('12h 57min');
  press();
  advance('3min');
}

/** What was drawn out of the reservoir, as the syringe showed it, and fresh drug in its place. */
function refillByHands(sim: Simulation): ReturnType<typeof mL> {
  const { reservoir } = sim.truth();
  sim.act({ by: 'hands', act: { type: 'drain' } });
  sim.act({ by: 'hands', act: { type: 'inject', volume: FILLED, solution: null } });
  return reservoir;
}

const visit = (manner: Manner): Story => ({
  before: inService,
  tell(sim, onlooker) {
    const clinician = new Clinician(sim, onlooker, manner);
    clinician.interrogate();
    sim.advance(MINUTE);
    clinician.program({ basal: '220 mcg/day' }, '220 mcg/day');
    sim.advance(MINUTE);
    const drawn = refillByHands(sim);
    sim.advance(MINUTE);
    clinician.refill(drawn, FILLED);
    sim.advance(MINUTE);
    clinician.end();
  },
  wanted: { programmed: 1, entered: 1, granted: 0 },
});

export const STORIES = {
  visit: visit('reads'),
  hastyVisit: visit('repeats'),
  press: {
    before(made) {
      inService(made);
      made.advance('90min');
    },
    tell(sim, onlooker) {
      press(sim, onlooker);
      // Until the bolus is over, which is written down too.
      sim.advance(BOLUS_OVER);
    },
    wanted: { programmed: 0, entered: 0, granted: 1 },
  },
} as const satisfies Record<string, Story>;
export type StoryName = keyof typeof STORIES;
export const STORY_NAMES = Object.keys(STORIES) as StoryName[];
