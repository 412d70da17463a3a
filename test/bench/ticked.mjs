/*
 * The same pump as somebody would first write it with XState: a machine that gives a minute's worth each minute, on
 * XState's own simulated clock, in millilitres as floating-point numbers. It believes what it gives; there is no plant.
 */
import { assign, createActor, raise, SimulatedClock, setup } from 'xstate';
import { BOLUS, DAY, END, ERI, FILL, LOW, MINUTE, REQUESTS, STEPS, STRENGTH, VISITS } from './workload.mjs';

const MINUTES_A_DAY = DAY / MINUTE;
/** The clock of the place when it begins, in minutes after midnight. */
const BEGINS = 8 * 60;
const perMinute = (mgPerHour) => mgPerHour / STRENGTH / 60;
const BOLUS_PER_MINUTE = BOLUS.dose / STRENGTH / BOLUS.duration;

const basalAt = (minute) => perMinute(STEPS.findLast(({ at }) => at <= minute).dose);
const isStep = (minute) => STEPS.some(({ at }) => at === minute);

const count = (what) => assign({ [what]: ({ context }) => context[what] + 1 });

const pump = setup({
  delays: { minute: MINUTE, lockout: BOLUS.lockout * MINUTE, eri: ERI * DAY, eriToEnd: (END - ERI) * DAY },
  guards: {
    lastMinute: ({ context }) => context.bolusLeft === 1,
    isLow: ({ context }) => context.held <= LOW,
  },
  actions: {
    give: assign(({ context }) => {
      const minute = (context.minute + 1) % MINUTES_A_DAY;
      const given = context.basal + (context.bolusLeft > 0 ? BOLUS_PER_MINUTE : 0);
      return {
        minute,
        basal: isStep(minute) ? basalAt(minute) : context.basal,
        steps: context.steps + (isStep(minute) ? 1 : 0),
        bolusLeft: Math.max(0, context.bolusLeft - 1),
        held: context.held - given,
        delivered: context.delivered + given,
      };
    }),
    grant: assign({ bolusLeft: BOLUS.duration, granted: ({ context }) => context.granted + 1 }),
    deny: count('denied'),
    endBolus: count('bolusEnds'),
    endLockout: count('lockoutEnds'),
    alarm: count('lows'),
    refill: assign({ held: FILL }),
  },
}).createMachine({
  type: 'parallel',
  context: {
    minute: BEGINS,
    basal: basalAt(BEGINS),
    bolusLeft: 0,
    held: FILL,
    delivered: 0,
    granted: 0,
    denied: 0,
    steps: 0,
    bolusEnds: 0,
    lockoutEnds: 0,
    lows: 0,
  },
  states: {
    infusion: {
      initial: 'basal',
      on: { END: '.stopped' },
      states: {
        basal: {
          on: { GRANT: 'bolus' },
          after: { minute: { target: 'basal', reenter: true, actions: 'give' } },
        },
        bolus: {
          after: {
            minute: [
              { guard: 'lastMinute', target: 'basal', actions: ['give', 'endBolus'] },
              { target: 'bolus', reenter: true, actions: 'give' },
            ],
          },
        },
        stopped: {},
      },
    },
    patientControl: {
      initial: 'ready',
      on: { END: '.off' },
      states: {
        ready: { on: { PRESS: { target: 'lockedOut', actions: ['grant', raise({ type: 'GRANT' })] } } },
        lockedOut: {
          on: { PRESS: { actions: 'deny' } },
          after: { lockout: { target: 'ready', actions: 'endLockout' } },
        },
        off: { on: { PRESS: { actions: 'deny' } } },
      },
    },
    reservoir: {
      initial: 'normal',
      on: { REFILL: { target: '.normal', actions: 'refill' } },
      states: {
        normal: { always: { guard: 'isLow', target: 'low', actions: 'alarm' } },
        low: {},
      },
    },
    service: {
      initial: 'inService',
      states: {
        inService: { after: { eri: 'eri' } },
        eri: { after: { eriToEnd: { target: 'endOfService', actions: raise({ type: 'END' }) } } },
        endOfService: {},
      },
    },
  },
});

/** Lives so many days, minute by minute; what it came to. */
export function ticked(days) {
  const clock = new SimulatedClock();
  const actor = createActor(pump, { clock }).start();
  for (let minute = 1; minute <= days * MINUTES_A_DAY; minute++) {
    clock.increment(MINUTE);
    if (minute === days * MINUTES_A_DAY) break;
    if (minute >= VISITS.first && (minute - VISITS.first) % VISITS.every === 0) actor.send({ type: 'REFILL' });
    for (const { from, every } of REQUESTS)
      if (minute > from && (minute - from) % every === 0) actor.send({ type: 'PRESS' });
  }
  return actor.getSnapshot().context;
}
