import { z } from 'zod';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import {
  type DeviceProfile,
  digestOf,
  type Instant,
  instant,
  type Json,
  LAYERS,
  namesOf,
  toJson,
} from '../../shared/index.ts';
import { found, keys } from '../scenario/text.ts';
import { faultOnWire, handsOnWire } from './acts.ts';

/*
 * The control channel of a pump in a process of its own: JSON requests with a number, each answered once under
 * it. What hands and the world do, time, and what only an onlooker knows go here; telemetry never does.
 */

/** Longest request and longest answer, in bytes. */
export const MOST_CONTROL = 1_000_000;

const whole = {
  error: ({ input }: { readonly input?: unknown }) => `${found(input)}expected a whole number of 0 or more`,
};
const count = z.int(whole).min(0, whole);
/** 300 000 years; added to any span that may be written it is still exact. */
const time = z
  .int(whole)
  .min(0, whole)
  .max(8_640_000_000_000_000, {
    error: ({ input }) => `${found(input)}expected an instant of at most 8640000000000000`,
  })
  .transform((n): Instant => instant(n));
const id = count;

/** What a pump on trial is asked. */
export const trialCall = z.discriminatedUnion('type', [
  keys({ type: z.literal('powerOn') }),
  keys({ type: z.literal('wake'), party: z.enum(['firmware', 'plant']) }),
  keys({ type: z.literal('hands'), act: handsOnWire }),
  keys({ type: z.literal('inflict'), fault: faultOnWire }),
  keys({ type: z.literal('readingTyped') }),
  keys({ type: z.literal('status') }),
  keys({ type: z.literal('truth') }),
]);
export type TrialCall = z.output<typeof trialCall>;
export type WrittenTrialCall = z.input<typeof trialCall>;

/** When something happens in the run that a pump is on trial in: the instant, its last record, and the cause. */
const moment = { now: time, last: count, cause: count };
export type Moment = { readonly now: Instant; readonly last: number; readonly cause: number };

/** Who a pump on trial is. `profile` is a digest: both ends must mean the same device to the last parameter. */
const trialPump = {
  profile: z.string().max(64),
  name: z.string().max(64),
  serial: z.string().min(1).max(40),
  executor: z.enum(EXECUTOR_NAMES),
};
export type TrialPump = z.output<z.ZodObject<typeof trialPump>>;

const REQUESTS = 'now, hold, release, advanceTo, act, belief, truth, due, trial, call, takeFrame';

export const controlRequest = z.discriminatedUnion(
  'do',
  [
    keys({ id, do: z.literal('now') }),
    keys({ id, do: z.literal('hold') }),
    keys({ id, do: z.literal('release') }),
    keys({ id, do: z.literal('advanceTo'), to: time }),
    keys({
      id,
      do: z.literal('act'),
      act: z.record(z.string(), z.unknown(), {
        error: ({ input }) => `${found(input)}expected an act as in a step, such as { "hands": "drain" }`,
      }),
    }),
    keys({ id, do: z.literal('belief') }),
    keys({ id, do: z.literal('truth') }),
    keys({ id, do: z.literal('due') }),
    keys({ id, do: z.literal('trial'), ...trialPump, station: z.string().min(16).max(64) }),
    keys({ id, do: z.literal('call'), ...moment, call: trialCall }),
    keys({ id, do: z.literal('takeFrame'), ...moment }),
  ],
  {
    error: ({ input }) =>
      `${found(typeof input === 'object' ? Object(input).do : input)}expected a request, of ${REQUESTS}`,
  },
);
export type ControlRequest = z.output<typeof controlRequest>;
type Numbered = z.input<typeof controlRequest>;
/** A request before it has its number. */
export type Asked = Numbered extends infer Each ? (Each extends unknown ? Omit<Each, 'id'> : never) : never;

/** Why a request was not done. */
export const CONTROL_ERRORS = {
  malformed: 'the request cannot be read',
  notHeld: 'time moves by itself: hold it first',
  timeBack: 'time cannot go back',
  tooFar: 'further than one request may go',
  notHere: 'what is asked is not of the pump',
  wrongProfile: 'this process runs pumps of another profile',
  noTrial: 'no pump is on trial here',
  busy: 'the request before this one is not done yet',
  failed: 'the pump failed',
} as const;
export type ControlError = keyof typeof CONTROL_ERRORS;
const ERRORS = namesOf(CONTROL_ERRORS);

export const controlAnswer = z.union([
  z.strictObject({ id, done: z.unknown() }),
  z.strictObject({ id: id.nullable(), error: z.enum(ERRORS), message: z.string() }),
]);

/** Anything that came out of JSON. */
const json = z.custom<Json>((value) => value !== undefined);
const record = z.strictObject({
  n: count,
  layer: z.enum(LAYERS),
  kind: z.string(),
  because: count,
  data: json,
});

const due = time.nullable();
/** What a pump on trial answers: what came of it, all it told on the way, and how it stands now. */
export const trialAnswer = z.strictObject({
  value: json,
  records: z.array(record),
  due: z.strictObject({ firmware: due, plant: due }),
  handled: count,
  reading: count.nullable(),
});
export type TrialAnswer = z.output<typeof trialAnswer>;

/** One digest for one device: the same means the same in every parameter. */
export const profileDigest = (profile: DeviceProfile): string => digestOf(toJson(profile));
