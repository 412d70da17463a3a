import { z } from 'zod';
import {
  ACCESS_PORTS,
  FALSE_ALARMS,
  type Fault,
  FINDINGS,
  HANDS_REFUSALS,
  type HandsAct,
  LEAK_PLACES,
  MEMORY_FAULTS,
  SIGN_CODES,
  TIPS,
} from '../../firmware-sim/index.ts';
import {
  CONDITION_CODES,
  concentration,
  DRUGS,
  fieldStrength,
  length,
  namesOf,
  proportion,
  rate,
  span,
  volume,
} from '../../shared/index.ts';

/* What hands and the world do to a pump in another process, in whole numbers of the smallest unit. */

const count = z.int().min(0);
const volumeOnWire = count.transform((n) => volume.of(n));
const solution = z
  .array(z.strictObject({ name: z.enum(DRUGS), concentration: count.transform((n) => concentration.of(n)) }))
  .max(8);

const time = count.transform((n) => span(n));

export const handsOnWire = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('drain') }),
  z.strictObject({ type: z.literal('resetValve') }),
  z.strictObject({ type: z.literal('aspirate'), volume: volumeOnWire }),
  z.strictObject({
    type: z.literal('inject'),
    volume: volumeOnWire,
    solution: solution.nullable(),
    into: z.literal('pocket').exactOptional(),
    force: z.literal(true).exactOptional(),
  }),
  z.strictObject({ type: z.enum(['aspiratePocket', 'aspiratePort', 'dyeStudy', 'withdrawCsf']), volume: volumeOnWire }),
  z.strictObject({ type: z.literal('injectPort'), volume: volumeOnWire, solution }),
  z.strictObject({
    type: z.enum(['film', 'askPatient', 'connectCatheter', 'disconnectCatheter', 'leaveScanner', 'resetMemory']),
  }),
  z.strictObject({
    type: z.literal('catheter'),
    size: z.union([
      z.strictObject({ length: count.transform((n) => length.of(n)) }),
      z.strictObject({ volume: volumeOnWire }),
    ]),
    tip: z.enum(TIPS),
  }),
  z.strictObject({ type: z.literal('listen'), for: time }),
  z.strictObject({ type: z.literal('enterScanner'), field: count.transform((n) => fieldStrength.of(n)) }),
  z.strictObject({ type: z.literal('prepare'), solution }),
  z.strictObject({
    type: z.literal('rinse'),
    volume: volumeOnWire,
    times: z.int().min(1).max(20),
    solution,
  }),
  z.strictObject({ type: z.literal('replace'), serial: z.string().min(1).max(40) }),
]);

/** Parts per million, from nothing at all to a hundred times too much. */
const error = z
  .int()
  .min(-1_000_000)
  .max(100_000_000)
  .transform((n) => proportion.of(n));

/** As much more or less as any volume can be. */
const signedVolume = z
  .int()
  .min(-volume.parse('104 mL'))
  .max(volume.parse('104 mL'))
  .transform((n) => volume.of(n));

const rhythm = z.strictObject({ lasts: time, every: time }).nullable();

export const faultOnWire = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('flowBias'), by: error }),
  z.strictObject({
    type: z.literal('flowDrift'),
    drift: z.strictObject({ by: error, every: time }).nullable(),
  }),
  z.strictObject({ type: z.literal('nearlyEmpty'), below: volumeOnWire, by: error }),
  z.strictObject({ type: z.literal('intermittentStall'), rhythm }),
  z.strictObject({ type: z.literal('slowRecovery'), by: time }),
  z.strictObject({ type: z.literal('telemetryLatch'), latches: z.boolean() }),
  z.strictObject({ type: z.literal('staleRecord'), stale: z.boolean() }),
  z.strictObject({
    type: z.literal('resistiveFilm'),
    film: z.strictObject({ above: count.transform((n) => rate.of(n)), safeState: z.boolean() }).nullable(),
  }),
  z.strictObject({
    type: z.literal('leak'),
    leak: z.strictObject({ share: error, at: z.enum(LEAK_PLACES), rhythm }).nullable(),
  }),
  z.strictObject({ type: z.literal('tip'), lies: z.enum(TIPS) }),
  z.strictObject({ type: z.literal('granuloma'), share: error }),
  z.strictObject({ type: z.literal('accessPort'), port: z.enum(ACCESS_PORTS) }),
  z.strictObject({ type: z.literal('pumpFlipped'), flipped: z.boolean() }),
  z.strictObject({ type: z.literal('syringeError'), by: error }),
  z.strictObject({ type: z.literal('fillSensor'), gain: error, offset: signedVolume }),
  z.strictObject({ type: z.literal('reset'), timeLost: z.boolean() }),
  z.strictObject({ type: z.enum(['batteryLow', 'batteryEmpty']) }),
  z.strictObject({ type: z.literal('valvesOpen') }),
  z.strictObject({ type: z.literal('batteryReset'), safeState: z.boolean() }),
  z.strictObject({ type: z.literal('falseAlarm'), alarm: z.enum(FALSE_ALARMS).nullable() }),
  z.strictObject({ type: z.literal('memoryFault'), banks: z.enum(MEMORY_FAULTS) }),
  z.strictObject({ type: z.enum(['begins', 'ends']), condition: z.enum(CONDITION_CODES) }),
]);

const REFUSALS = namesOf(HANDS_REFUSALS);
/** What was found out, beside that it was done. */
const findings = {
  reading: volumeOnWire.exactOptional(),
  found: z.array(z.enum([...namesOf(FINDINGS), ...SIGN_CODES])).exactOptional(),
  turned: count.exactOptional(),
  asked: count.exactOptional(),
  since: time.exactOptional(),
};

/** What became of an act of hands or the world, as the control channel answers it. */
export const actOutcome = z.union([
  z.strictObject({ done: z.literal(true), ...findings }),
  z.strictObject({ refused: z.enum(REFUSALS), by: z.literal('hands') }),
]);
/** The same of a pump on trial, which hands alone can refuse. */
export const handsOutcome = z.union([
  z.strictObject({ done: z.literal(true), ...findings }),
  z.strictObject({ refused: z.enum(REFUSALS) }),
]);

/** As they are sent: an act that has no words above does not compile here. */
export function handsToWire(act: HandsAct): z.input<typeof handsOnWire> {
  switch (act.type) {
    case 'inject':
      return { ...act, solution: act.solution === null ? null : [...act.solution] };
    case 'prepare':
    case 'injectPort':
    case 'rinse':
      return { ...act, solution: [...act.solution] };
    default:
      return act;
  }
}
export const faultToWire = (fault: Fault): z.input<typeof faultOnWire> => fault;
