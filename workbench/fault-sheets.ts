import { WORLD_ACTS, type WorldAct } from './act.ts';
import type { Scenario } from './scenario/schema.ts';

export type FaultName = WorldAct['type'];

/** What to know of a fault before it is let loose on a pump. */
export interface FaultSheet {
  /** Ways to write it, as the value of `world` in a step; the last mends it, where anything does. */
  readonly written: readonly string[];
  /** What the pump shows, believes and does. */
  readonly pump: string;
  /** What is true meanwhile, and how anybody finds out. */
  readonly expect: string;
}

const UNSENSED = 'nothing: no sensor sees it';

/** Every fault there is: the one list that a scenario, a chance, a command line and a page draw from. */
export const FAULT_SHEETS: Readonly<Record<FaultName, FaultSheet>> = {
  flowBias: {
    written: [
      '{ flowBias: +15 % }',
      '{ flowBias: +50 % }',
      '{ flowBias: -15 % }',
      '{ flowBias: -50 % }',
      '{ flowBias: 0 % }',
    ],
    pump: UNSENSED,
    expect:
      'less is aspirated at a refill than expected (+), or more (−); above +14.5 % it may run dry before any alarm',
  },
  flowDrift: {
    written: [
      '{ flowDrift: { by: +2 %, every: 30d } }',
      '{ flowDrift: { by: -2 %, every: 30d } }',
      '{ flowDrift: none }',
    ],
    pump: UNSENSED,
    expect: 'a discrepancy that grows from refill to refill; ended, the error stays as it is',
  },
  nearlyEmpty: {
    written: [
      '{ nearlyEmpty: { below: 3 mL, by: -40 % } }',
      '{ nearlyEmpty: { below: 5 mL, by: -80 % } }',
      '{ nearlyEmpty: { below: 3 mL, by: 0 % } }',
    ],
    pump: UNSENSED,
    expect: 'withdrawal before the low-reservoir alarm; more is aspirated than expected',
  },
  intermittentStall: {
    written: [
      '{ intermittentStall: { lasts: 1h, every: 1d } }',
      '{ intermittentStall: { lasts: 12h, every: 1d } }',
      '{ intermittentStall: none }',
    ],
    pump: 'where it senses rotation: a stall is declared after the detection delay each time, and gone each time',
    expect: 'alarms that nobody hears to the end; the log has them, and a little more is aspirated than expected',
  },
  slowRecovery: {
    written: ['{ slowRecovery: 24h }', '{ slowRecovery: 2h }', '{ slowRecovery: 0s }'],
    pump: 'the stall of the scanner lasts for so much longer',
    expect: 'nothing flows for 2 to 24 h after a scan',
  },
  telemetryLatch: {
    written: ['{ telemetryLatch: true }', '{ telemetryLatch: false }'],
    pump: 'goes on commanding; where it senses rotation it declares a stall',
    expect: 'nothing flows after a scan in which an alarm sounded, until a programmer or the handset reads the pump',
  },
  staleRecord: {
    written: ['{ staleRecord: true }', '{ staleRecord: false }'],
    pump: 'shows the stall of a scan until its second session after it, and logs the recovery then',
    expect: 'it flows as it should; the first interrogation is wrong',
  },
  resistiveFilm: {
    written: [
      '{ resistiveFilm: { above: 1 mL/day, safeState: true } }',
      '{ resistiveFilm: { above: 1 mL/day, safeState: false } }',
      '{ resistiveFilm: none }',
    ],
    pump: 'a low battery reset, in its safe state or not, when more is commanded than the battery carries: at once, and at each rise after an hour of rest',
    expect: 'a critical alarm; in the safe state next to nothing flows',
  },
  syringeError: {
    written: ['{ syringeError: -2 % }', '{ syringeError: +2 % }', '{ syringeError: -10 % }', '{ syringeError: 0 % }'],
    pump: 'nothing: what is typed is believed',
    expect: 'a discrepancy at a refill where there is none',
  },
  fillSensor: {
    written: [
      '{ fillSensor: { gain: -10 %, offset: +1 mL } }',
      '{ fillSensor: { gain: +10 % } }',
      '{ fillSensor: { offset: +0 mL } }',
    ],
    pump: 'on a pump with a fill sensor: believes what it shows, and alarms too early or too late',
    expect: 'aspirated and expected differ at every refill',
  },
  reset: {
    written: ['{ reset: { clock: lost } }', '{ reset: { clock: kept } }'],
    pump: 'starts anew; no bolus resumes; without the time schedules wait for the clock to be set',
    expect: 'a log record; a gap of unknown length where the time was lost',
  },
  batteryReset: {
    written: ['{ batteryReset: { safeState: true } }', '{ batteryReset: { safeState: false } }'],
    pump: 'starts anew with the time, alarms, and waits in its safe state or runs on',
    expect: 'a critical alarm; in the safe state next to nothing flows',
  },
  batteryLow: {
    written: ['batteryLow'],
    pump: 'elective replacement from now on, end of service after the days of its profile',
    expect: 'a non-critical alarm that never clears; nothing mends it',
  },
  falseAlarm: {
    written: ['{ falseAlarm: lowReservoir }', '{ falseAlarm: emptyReservoir }', '{ falseAlarm: none }'],
    pump: 'alarms of its reservoir as a clinician’s session ends, though its calculated volume calls for none; delivers on',
    expect: 'a tone straight after an interrogation; the volume shown is right',
  },
  batteryEmpty: {
    written: ['batteryEmpty'],
    pump: 'end of service at that instant, with elective replacement where it had not come',
    expect: 'a critical alarm that never clears; nothing is delivered any more where the profile stops',
  },
  memoryFault: {
    written: ['{ memoryFault: locked }', '{ memoryFault: oneBank }', '{ memoryFault: bothBanks }'],
    pump: 'locked: delivers on and takes no programming; a bank: nothing until its processor starts again: then it heals one, or goes to its safe state without a prescription',
    expect:
      'locked: an alarm, until hands have a laboratory reset the memory; with both banks a critical one that never clears',
  },
  valvesOpen: {
    written: ['valvesOpen'],
    pump: UNSENSED,
    expect: 'of a valve-gated pump: all it holds is given at once, or 10 mcL and then nothing until the valve is reset',
  },
  leak: {
    written: [
      '{ leak: { share: 50 %, at: connector } }',
      '{ leak: { share: 100 %, at: connector } }',
      '{ leak: { share: 50 %, at: catheter } }',
      '{ leak: { share: 60 %, at: catheter, lasts: 2h, every: 8h } }',
      '{ leak: none }',
    ],
    pump: UNSENSED,
    expect:
      'volumes are as expected; too little effect, always or now and then; contrast shows where it gets out, around the pump or half way',
  },
  tip: {
    written: ['{ tip: dislodged }', '{ tip: subdural }', '{ tip: epidural }', '{ tip: intrathecal }'],
    pump: UNSENSED,
    expect: 'volumes are as expected; next to no effect; contrast shows where the tip lies',
  },
  granuloma: {
    written: ['{ granuloma: 40 % }', '{ granuloma: 80 % }', '{ granuloma: 0 % }'],
    pump: UNSENSED,
    expect: 'volumes are as expected; the effect wears off; contrast gathers around the tip',
  },
  accessPort: {
    written: ['{ accessPort: blocked }', '{ accessPort: oneWay }', '{ accessPort: open }'],
    pump: UNSENSED,
    expect: 'nothing can be aspirated from the access port, and with oneWay all the same something injected',
  },
  pumpFlipped: {
    written: ['{ pumpFlipped: true }', '{ pumpFlipped: false }'],
    pump: UNSENSED,
    expect: 'the needle does not find the port',
  },
  begins: {
    written: [
      '{ begins: stall }',
      '{ begins: occlusion }',
      '{ begins: overTemperature }',
      '{ begins: overFlow }',
      '{ begins: underFlow }',
    ],
    pump: 'what its policy says, after the detection delay, where its profile has the sensor; else nothing',
    expect: 'stall and occlusion: nothing flows; too high or too low a flow: twice or half of what is asked for',
  },
  ends: {
    written: [
      '{ ends: stall }',
      '{ ends: occlusion }',
      '{ ends: overTemperature }',
      '{ ends: overFlow }',
      '{ ends: underFlow }',
    ],
    pump: 'what its latch says: it goes on by itself, or waits for a clinician',
    expect: 'what was in the way is gone',
  },
  disconnect: {
    written: ['disconnect', '{ disconnect: { from: commitUpdate, lose: request } }', 'reconnect'],
    pump: 'an update that was under way is interrupted: delivery stays stopped, or goes on as before, by its profile',
    expect: 'the programmer gets no answer, and says what may have happened',
  },
  reconnect: { written: ['reconnect'], pump: 'answers again', expect: 'the link is there again' },
  latency: {
    written: ['{ latency: 200ms }', '{ latency: 2s }', '{ latency: 0s }'],
    pump: 'nothing',
    expect: 'each frame takes so long, each way',
  },
  noise: {
    written: ['{ noise: { drop: 10 %, corrupt: 5 % } }', '{ noise: { drop: 50 % } }', '{ noise: none }'],
    pump: 'rejects what is damaged and counts it; answers what is repeated once',
    expect: 'retries, now and then an act without an answer',
  },
  frameFault: {
    written: [
      '{ frameFault: { frame: 3, is: drop } }',
      '{ frameFault: { frame: 3, is: duplicate } }',
      '{ frameFault: { frame: 3, is: crashAfter, clock: lost } }',
    ],
    pump: 'what a single frame lost, twice, late, damaged or crashed over calls for',
    expect: 'the same outcome as without it, or one that is told',
  },
  applicationCard: {
    written: [
      '{ applicationCard: { tubingVolume: 0.199 mL } }',
      '{ applicationCard: { replaceBy: unknown } }',
      '{ applicationCard: right }',
    ],
    pump: 'does what it is told: the programmer is wrong',
    expect: 'a prime that gives too much, or a replace-by date that is not there or too late',
  },
  localTime: {
    written: ['{ localTime: +1h }', '{ localTime: -1h }', '{ localTime: +6h }', '{ localTime: -6h }'],
    pump: 'keeps its own clock until a session sets it',
    expect: 'schedules run by another time than the patient’s',
  },
};

/** The name of every fault, in the order of the list. */
export const FAULT_NAMES = Object.keys(WORLD_ACTS) as FaultName[];

/** The faults of a scenario: those of its story, those there from the beginning, and those that may come by chance. */
export function faultsIn({
  faults = [],
  hazards = [],
  story,
}: Pick<Scenario, 'faults' | 'hazards' | 'story'>): ReadonlySet<FaultName> {
  const acts = [...faults, ...hazards.map(({ act }) => act), ...story.flatMap(({ world }) => world ?? [])];
  return new Set(acts.map(({ type }) => type));
}
