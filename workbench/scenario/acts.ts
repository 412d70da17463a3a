import { z } from 'zod';
import {
  ACCESS_PORTS,
  type CatheterSize,
  FALSE_ALARMS,
  type HandsAct,
  LEAK_PLACES,
  MEMORY_FAULTS,
  TIPS,
} from '../../firmware-sim/index.ts';
import { type BolusOrderEntry, CLOCK_CHOICES, LIMIT_CHOICES, type PatientAct } from '../../programmer/index.ts';
import {
  AFTER_BOLUS,
  ALARM_CODES,
  CONDITION_CODES,
  DISCREPANCY_REASON_CODES,
  didYouMean,
  fieldStrength,
  length,
  noteSchema,
  proportion,
  rate,
  volume,
} from '../../shared/index.ts';
import { type TypedClinicianAct, WORLD_ACTS, type WorldAct } from '../act.ts';
import { aboveLimits, edit, prescribe } from './entries.ts';
import { fluidKeys, oneFluid, solutionIn } from './fluids.ts';
import { frameFault, latency, lost, noise } from './link-faults.ts';
import { amount } from './programs.ts';
import { either, keys, oneWordOf, quantity, signedSpan, signedVolume, span } from './text.ts';

/*
 * Acts as they are written in a scenario. An act without arguments is its bare name; one with arguments is
 * a single key.
 */

const singleBolusShape = {
  dose: amount,
  duration: span,
  then: z.enum(AFTER_BOLUS).describe('What follows it'),
};
const singleBolus = keys(singleBolusShape).transform(({ dose, ...rest }): BolusOrderEntry => ({ ...dose, ...rest }));
const orderedAtOnce = keys({ ...singleBolusShape, aboveLimits }).transform(({ dose, ...rest }) => ({
  ...dose,
  ...rest,
}));

const refill = keys({
  aspirated: z
    .union([z.literal('measured'), quantity(volume)])
    .exactOptional()
    .describe('What the syringe showed'),
  volume: quantity(volume).describe('What the reservoir holds now, as typed'),
  reason: z
    .enum(DISCREPANCY_REASON_CODES)
    .exactOptional()
    .describe('Why another volume came back than was expected; needed where they differ too much'),
  note: noteSchema.exactOptional().describe('What else there is to say of that, on one line'),
  otherFluid: z
    .boolean()
    .exactOptional()
    .describe(
      'Whether another drug or concentration was filled than the pump is programmed for; unless said, as it was before',
    ),
})
  .superRefine(({ aspirated, reason, note }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (reason !== undefined && aspirated === undefined) wrong('reason', 'a reason needs what was aspirated');
    if (note !== undefined && reason === undefined) wrong('note', 'a note needs a reason');
  })
  .transform(
    ({ aspirated, ...value }): TypedClinicianAct => ({ type: 'refill', aspirated: aspirated ?? null, ...value }),
  );

const compare = keys({ from: z.int().min(1), to: z.int().min(1) });

/** Exactly one of several keys, each an act. */
function oneOf(value: object, context: z.core.$RefinementCtx): void {
  const given = Object.keys(value);
  if (given.length === 1) return;
  const message = given.length === 0 ? 'expected an act' : `one act a step, not ${given.join(' and ')}`;
  context.addIssue({ code: 'custom', message, path: given.slice(1, 2) });
}

/** What was expected where an act is none: those without arguments by their names, the others by their keys. */
const oneAct = (bare: readonly string[], shape: object) => ({
  error: ({ input }: { readonly input?: unknown }) => {
    const keyed = Object.keys(shape);
    const list = `${bare.join(', ')}, or one of ${keyed.map((name) => `{ ${name}: … }`).join(', ')}`;
    return `expected one of ${list}${didYouMean([...bare, ...keyed], input)}`;
  },
});

const BARE = [
  'interrogate',
  'implant',
  'review',
  'confirm',
  'discard',
  'stop',
  'resume',
  'minimumRate',
  'setClock',
  'registerPump',
  'readHistory',
  'readLog',
  'readUsage',
  'testAlarm',
  'endSession',
] as const;

const NO_ACT: TypedClinicianAct = { type: 'interrogate' };

const clinicianKeys = {
  refill: refill.exactOptional(),
  prescribe: prescribe.exactOptional().describe('Edit, review and confirm in one'),
  edit: edit.exactOptional().describe('Enter parts of a prescription; nothing is programmed before it is confirmed'),
  setClock: z
    .enum(CLOCK_CHOICES)
    .exactOptional()
    .describe('Set the clock of the pump now, be asked again in the next session, or keep it for this one'),
  confirm: keys({ limits: z.enum(LIMIT_CHOICES) })
    .exactOptional()
    .describe('Program what was reviewed, or not, where it exceeds limits of the drug library'),
  compare: compare.exactOptional().describe('Two prescriptions of the history read, by their numbers'),
  bolus: orderedAtOnce.exactOptional().describe('Order a single bolus: enter, review and confirm in one'),
  editBolus: singleBolus.exactOptional().describe('Enter a single bolus; nothing is ordered before it is confirmed'),
  silence: z.enum(ALARM_CODES).exactOptional().describe('Quiets the tone of an alarm for a while'),
  setAlarmInterval: span.exactOptional().describe('How often critical alarms sound'),
  clearAlarm: z.enum(ALARM_CODES).exactOptional().describe('Clears the alarm of a condition that is gone'),
};

export const clinicianAct = z.union(
  [
    z.enum(BARE).transform((type): TypedClinicianAct => ({ type })),
    keys(clinicianKeys)
      .superRefine(oneOf)
      .transform((act): TypedClinicianAct => {
        const { refill, prescribe, edit, setClock, compare, silence, bolus, editBolus } = act;
        const { confirm, clearAlarm, setAlarmInterval } = act;
        if (confirm !== undefined) return { type: 'confirm', ...confirm };
        if (setAlarmInterval !== undefined) return { type: 'setAlarmInterval', interval: setAlarmInterval };
        if (clearAlarm !== undefined) return { type: 'clearAlarm', alarm: clearAlarm };
        if (setClock !== undefined) return { type: 'setClock', choice: setClock };
        if (silence !== undefined) return { type: 'silence', alarm: silence };
        if (compare !== undefined) return { type: 'compare', ...compare };
        if (bolus !== undefined) return { type: 'bolus', ...bolus };
        if (editBolus !== undefined) return { type: 'editBolus', ...editBolus };
        return refill ?? prescribe ?? edit ?? NO_ACT;
      }),
  ],
  oneAct(BARE, clinicianKeys),
);

export const patientAct = z.enum(['requestBolus']).transform((type): PatientAct => ({ type }));

/** An amount of fluid: of none nothing can be done. */
const someFluid = quantity(volume).refine((amount) => amount > 0, 'expected more than "0 mL"');

/** An amount of a solution; without a drug, of the one that was put in last. */
export const fluid = keys({ volume: someFluid, ...fluidKeys })
  .superRefine(oneFluid)
  .transform((value) => ({ volume: value.volume, solution: solutionIn(value) }));

/** A fluid without a volume. */
const prepare = keys(fluidKeys)
  .superRefine(oneFluid)
  .transform((value, context): HandsAct => {
    const solution = solutionIn(value);
    if (solution !== null) return { type: 'prepare', solution };
    const message = 'expected what it is prepared with, such as baclofen: 500 mcg/mL';
    context.issues.push({ code: 'custom', message, input: value });
    return z.NEVER;
  });

const rinse = keys({ volume: someFluid, times: z.int().min(1).max(20), ...fluidKeys })
  .superRefine(oneFluid)
  .transform((value, context) => {
    const solution = solutionIn(value);
    if (solution !== null) return { volume: value.volume, times: value.times, solution };
    context.issues.push({
      code: 'custom',
      message: 'expected what it is rinsed with, such as saline: true',
      input: value,
    });
    return z.NEVER;
  });

/** What goes into the reservoir, or where the needle goes else. */
const injection = keys({
  volume: someFluid,
  ...fluidKeys,
  into: z.literal('pocket').exactOptional().describe('Beside the pump, where the needle has missed its port'),
  force: z.literal(true).exactOptional().describe('Although the reservoir is full'),
})
  .superRefine(oneFluid)
  .transform((value): HandsAct => {
    const { volume, into, force } = value;
    const how = { ...(into === undefined ? {} : { into }), ...(force === undefined ? {} : { force }) };
    return { type: 'inject', volume, solution: solutionIn(value), ...how };
  });

const throughPort = keys({ volume: someFluid, ...fluidKeys })
  .superRefine(oneFluid)
  .transform((value, context): HandsAct => {
    const solution = solutionIn(value);
    if (solution !== null) return { type: 'injectPort', volume: value.volume, solution };
    context.issues.push({ code: 'custom', message: 'expected what is injected, such as saline: true', input: value });
    return z.NEVER;
  });

const catheterSize = either(
  (text): CatheterSize => ({ length: length.parse(text) }),
  (text): CatheterSize => ({ volume: volume.parse(text) }),
  'the length of the catheter or what it holds',
  ['60 cm', '0.132 mL'],
).refine((size) => ('length' in size ? size.length : size.volume) > 0, 'expected a catheter that holds something');

const catheter = keys({ size: catheterSize, tip: z.enum(TIPS).default('intrathecal') }).transform(
  (value): HandsAct => ({ type: 'catheter', ...value }),
);

const HANDS_BARE = [
  'drain',
  'resetValve',
  'film',
  'askPatient',
  'connectCatheter',
  'disconnectCatheter',
  'leaveScanner',
  'resetMemory',
] as const;
const handsKeys = {
  aspirate: someFluid.exactOptional(),
  inject: z
    .union(
      [someFluid.transform((amount): HandsAct => ({ type: 'inject', volume: amount, solution: null })), injection],
      {
        error: () => 'expected a volume such as "20 mL", or { volume: 20 mL, baclofen: 500 mcg/mL }',
      },
    )
    .exactOptional(),
  prepare: prepare
    .exactOptional()
    .describe('Wash the water out of a new pump, before its first fill, until nothing but this is left'),
  rinse: rinse.exactOptional().describe('Fill the empty reservoir and empty it again, so many times'),
  replace: keys({ serial: z.string().min(1).max(40) })
    .exactOptional()
    .describe('Put another pump of the same kind in its place, new and empty'),
  aspiratePocket: someFluid.exactOptional().describe('Draw up what lies under the skin beside the pump'),
  aspiratePort: someFluid.exactOptional().describe('Draw so much out of the catheter at its access port'),
  injectPort: throughPort.exactOptional().describe('Inject into the catheter at its access port'),
  dyeStudy: someFluid
    .exactOptional()
    .describe('Inject so much contrast at the access port and look where it goes; what the catheter holds goes ahead'),
  withdrawCsf: someFluid.exactOptional().describe('Let CSF off by a lumbar puncture'),
  catheter: catheter.exactOptional().describe('Put a new catheter in, full of what holds no drug'),
  listen: span
    .refine((time) => time > 0, 'expected more than "0s"')
    .exactOptional()
    .describe('Listen to the pump for so long'),
  enterScanner: quantity(fieldStrength)
    .refine((field) => field > 0, 'expected more than "0 T"')
    .exactOptional()
    .describe('The patient goes into the field of a scanner'),
};

/** The key of an act whose only argument is a volume. */
const OF_VOLUME = ['aspirate', 'aspiratePocket', 'aspiratePort', 'dyeStudy', 'withdrawCsf'] as const;

export const handsAct = z.union(
  [
    z.enum(HANDS_BARE).transform((type): HandsAct => ({ type })),
    keys(handsKeys)
      .superRefine(oneOf)
      .transform((value): HandsAct => {
        if (value.rinse !== undefined) return { type: 'rinse', ...value.rinse };
        if (value.prepare !== undefined) return value.prepare;
        if (value.replace !== undefined) return { type: 'replace', serial: value.replace.serial };
        if (value.listen !== undefined) return { type: 'listen', for: value.listen };
        if (value.enterScanner !== undefined) return { type: 'enterScanner', field: value.enterScanner };
        for (const type of OF_VOLUME) {
          const amount = value[type];
          if (amount !== undefined) return { type, volume: amount };
        }
        return value.inject ?? value.injectPort ?? value.catheter ?? { type: 'drain' };
      }),
  ],
  oneAct(HANDS_BARE, handsKeys),
);

/** An error of a physical quantity: nothing can move or show less than nothing. */
const error = quantity(proportion).refine((by) => by >= -1_000_000, 'expected at least "-100 %"');

const fillSensor = keys({
  gain: error.exactOptional().describe('So much of what is there more (+) or less (−)'),
  offset: signedVolume.exactOptional().describe('So much more (+) or less (−) besides'),
})
  .refine((given) => Object.keys(given).length > 0, 'expected gain, offset or both')
  .transform(
    ({ gain, offset }): WorldAct => ({
      type: 'fillSensor',
      gain: gain ?? proportion.of(0),
      offset: offset ?? volume.of(0),
    }),
  );

const none = z.literal('none').transform(() => null);
/** Nothing comes and goes quicker than this: a life of years would never end. */
const QUICKEST = span.parse('1min');
const every = span.refine((given) => given >= QUICKEST, 'expected at least "1min"');
const rhythmKeys = { lasts: span, every };
type Rhythm = { readonly lasts: number; readonly every: number };
const ends = ({ lasts, every }: Rhythm): boolean => lasts > 0 && lasts < every;
const ENDS = 'expected "lasts" above 0 and shorter than "every"';

const expectedOrNone = (shape: string) => ({ error: () => `expected ${shape}, or none` });
const flowDrift = z.union([none, keys({ by: error, every })], expectedOrNone('{ by: +1 %, every: 30d }'));
const intermittentStall = z.union(
  [none, keys(rhythmKeys).refine(ends, ENDS)],
  expectedOrNone('{ lasts: 30min, every: 8h }'),
);
const resistiveFilm = z.union(
  [none, keys({ above: quantity(rate), safeState: z.boolean() })],
  expectedOrNone('{ above: 1 mL/day, safeState: true }'),
);
const applicationCard = z.union(
  [
    z.literal('right').transform(() => ({})),
    keys({
      tubingVolume: quantity(volume).exactOptional(),
      replaceBy: z
        .union([z.literal('unknown'), span])
        .exactOptional()
        .describe('Unknown, or so much too late'),
    }).refine((card) => Object.keys(card).length > 0, 'expected tubingVolume, replaceBy or both'),
  ],
  { error: () => 'expected { tubingVolume: 0.199 mL }, { replaceBy: unknown }, { replaceBy: 30d }, or right' },
);
/** A share of something. */
export const part = quantity(proportion).refine((by) => by >= 0 && by <= 1_000_000, 'expected "0 %" to "100 %"');
const leak = z.union(
  [
    none,
    keys({ share: part, at: z.enum(LEAK_PLACES), lasts: span.exactOptional(), every: every.exactOptional() })
      .refine(({ lasts = 0, every = 1 }) => lasts < every, ENDS)
      .refine(
        ({ lasts, every }) => (lasts === undefined) === (every === undefined),
        'expected lasts and every, or neither',
      )
      .refine(({ lasts }) => lasts !== 0, ENDS)
      .transform(({ lasts, every, ...value }) => ({
        ...value,
        rhythm: lasts === undefined || every === undefined ? null : { lasts, every },
      })),
  ],
  expectedOrNone('{ share: 50 %, at: connector }, with lasts and every where it comes and goes'),
);

const WORLD_BARE = ['batteryLow', 'batteryEmpty', 'valvesOpen', 'disconnect', 'reconnect'] as const;
const NO_FAULT: WorldAct = { type: 'reconnect' };

const worldKeys = {
  flowBias: error.exactOptional().describe(WORLD_ACTS.flowBias),
  flowDrift: flowDrift.exactOptional().describe(WORLD_ACTS.flowDrift),
  nearlyEmpty: keys({ below: quantity(volume), by: error })
    .exactOptional()
    .describe(WORLD_ACTS.nearlyEmpty),
  intermittentStall: intermittentStall.exactOptional().describe(WORLD_ACTS.intermittentStall),
  slowRecovery: span.exactOptional().describe(WORLD_ACTS.slowRecovery),
  telemetryLatch: z.boolean().exactOptional().describe(WORLD_ACTS.telemetryLatch),
  staleRecord: z.boolean().exactOptional().describe(WORLD_ACTS.staleRecord),
  resistiveFilm: resistiveFilm.exactOptional().describe(WORLD_ACTS.resistiveFilm),
  leak: leak.exactOptional().describe(WORLD_ACTS.leak),
  tip: z.enum(TIPS).exactOptional().describe(WORLD_ACTS.tip),
  granuloma: part.exactOptional().describe(WORLD_ACTS.granuloma),
  accessPort: oneWordOf(ACCESS_PORTS).exactOptional().describe(WORLD_ACTS.accessPort),
  pumpFlipped: z.boolean().exactOptional().describe(WORLD_ACTS.pumpFlipped),
  syringeError: error.exactOptional().describe(WORLD_ACTS.syringeError),
  fillSensor: fillSensor.exactOptional().describe(WORLD_ACTS.fillSensor),
  reset: keys({ clock: oneWordOf(['kept', 'lost']) })
    .exactOptional()
    .describe(WORLD_ACTS.reset),
  batteryReset: keys({ safeState: z.boolean() }).exactOptional().describe(WORLD_ACTS.batteryReset),
  memoryFault: oneWordOf(MEMORY_FAULTS).exactOptional().describe(WORLD_ACTS.memoryFault),
  falseAlarm: z
    .union([none, oneWordOf(FALSE_ALARMS)], expectedOrNone('lowReservoir or emptyReservoir'))
    .exactOptional()
    .describe(WORLD_ACTS.falseAlarm),
  begins: z.enum(CONDITION_CODES).exactOptional().describe(WORLD_ACTS.begins),
  ends: z.enum(CONDITION_CODES).exactOptional().describe(WORLD_ACTS.ends),
  disconnect: lost.exactOptional().describe(WORLD_ACTS.disconnect),
  latency: latency.exactOptional().describe(WORLD_ACTS.latency),
  noise: noise.exactOptional().describe(WORLD_ACTS.noise),
  frameFault: frameFault.exactOptional().describe(WORLD_ACTS.frameFault),
  applicationCard: applicationCard.exactOptional().describe(WORLD_ACTS.applicationCard),
  localTime: signedSpan.exactOptional().describe(WORLD_ACTS.localTime),
};

export const worldAct = z.union(
  [
    z.enum(WORLD_BARE).transform((type): WorldAct => (type === 'disconnect' ? { type, from: null } : { type })),
    keys(worldKeys)
      .superRefine(oneOf)
      .transform((value): WorldAct => {
        const {
          begins,
          ends,
          flowBias,
          syringeError,
          fillSensor,
          reset,
          batteryReset,
          memoryFault,
          disconnect,
          localTime,
          latency,
          noise,
          frameFault,
        } = value;
        const { flowDrift, nearlyEmpty, intermittentStall, slowRecovery } = value;
        const { leak, tip, granuloma, accessPort, pumpFlipped } = value;
        if (flowDrift !== undefined) return { type: 'flowDrift', drift: flowDrift };
        if (nearlyEmpty !== undefined) return { type: 'nearlyEmpty', ...nearlyEmpty };
        if (intermittentStall !== undefined) return { type: 'intermittentStall', rhythm: intermittentStall };
        if (slowRecovery !== undefined) return { type: 'slowRecovery', by: slowRecovery };
        if (value.applicationCard !== undefined) return { type: 'applicationCard', card: value.applicationCard };
        const { telemetryLatch, staleRecord, resistiveFilm } = value;
        if (telemetryLatch !== undefined) return { type: 'telemetryLatch', latches: telemetryLatch };
        if (staleRecord !== undefined) return { type: 'staleRecord', stale: staleRecord };
        if (resistiveFilm !== undefined) return { type: 'resistiveFilm', film: resistiveFilm };
        if (leak !== undefined) return { type: 'leak', leak };
        if (tip !== undefined) return { type: 'tip', lies: tip };
        if (granuloma !== undefined) return { type: 'granuloma', share: granuloma };
        if (accessPort !== undefined) return { type: 'accessPort', port: accessPort };
        if (pumpFlipped !== undefined) return { type: 'pumpFlipped', flipped: pumpFlipped };
        if (begins !== undefined) return { type: 'begins', condition: begins };
        if (ends !== undefined) return { type: 'ends', condition: ends };
        if (flowBias !== undefined) return { type: 'flowBias', by: flowBias };
        if (syringeError !== undefined) return { type: 'syringeError', by: syringeError };
        if (fillSensor !== undefined) return fillSensor;
        if (reset !== undefined) return { type: 'reset', timeLost: reset.clock === 'lost' };
        if (batteryReset !== undefined) return { type: 'batteryReset', safeState: batteryReset.safeState };
        if (memoryFault !== undefined) return { type: 'memoryFault', banks: memoryFault };
        if (value.falseAlarm !== undefined) return { type: 'falseAlarm', alarm: value.falseAlarm };
        if (disconnect !== undefined) return { type: 'disconnect', from: disconnect };
        if (latency !== undefined) return { type: 'latency', oneWay: latency };
        if (noise !== undefined) return { type: 'noise', rates: noise };
        if (frameFault !== undefined) return { type: 'frameFault', ...frameFault };
        return localTime === undefined ? NO_FAULT : { type: 'localTime', by: localTime };
      }),
  ],
  oneAct(WORLD_BARE, worldKeys),
);
