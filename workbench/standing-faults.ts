import { TIPS } from '../firmware-sim/index.ts';
import { fromJson } from '../shared/index.ts';
import { WORLD_ACTS, type WorldAct } from './act.ts';
import { FAULT_SHEETS } from './fault-sheets.ts';
import { fieldsIn } from './fields.ts';
import type { TraceRecord } from './trace.ts';
import { worldSentence } from './world-words.ts';

/** A fault that is there from when it came until it is ended. */
export interface StandingFault {
  readonly name: WorldAct['type'];
  readonly text: string;
  /** How what ends it is written, as the value of `world`; undefined where the world has nothing that does. */
  readonly end: string | undefined;
}

/** Whether something is so from now on, or no longer; undefined of what happens once. */
function stands(act: WorldAct): boolean | undefined {
  switch (act.type) {
    case 'flowBias':
    case 'nearlyEmpty':
    case 'slowRecovery':
    case 'syringeError':
      return act.by !== 0;
    case 'flowDrift':
      return act.drift !== null;
    case 'intermittentStall':
      return act.rhythm !== null;
    case 'telemetryLatch':
      return act.latches;
    case 'staleRecord':
      return act.stale;
    case 'resistiveFilm':
      return act.film !== null;
    case 'fillSensor':
      return act.gain !== 0 || act.offset !== 0;
    case 'falseAlarm':
      return act.alarm !== null;
    case 'leak':
      return act.leak !== null;
    case 'tip':
      return act.lies !== 'intrathecal';
    case 'granuloma':
      return act.share > 0;
    case 'accessPort':
      return act.port !== 'open';
    case 'pumpFlipped':
      return act.flipped;
    case 'begins':
    case 'disconnect':
    case 'memoryFault':
    case 'batteryLow':
    case 'batteryEmpty':
      return true;
    case 'ends':
    case 'reconnect':
      return false;
    case 'latency':
      return act.oneWay > 0;
    case 'noise':
      return Object.values(act.rates).some((rate) => rate > 0);
    case 'applicationCard':
      return Object.keys(act.card).length > 0;
    case 'reset':
    case 'batteryReset':
    case 'valvesOpen':
    case 'frameFault':
    case 'localTime':
      return undefined;
  }
}

/** What another catheter mends, and what another pump does not. */
const OF_CATHETER: readonly string[] = ['leak', 'tip', 'granuloma', 'occlusion', 'accessPort'];
const NOT_OF_PUMP: readonly string[] = [...OF_CATHETER, 'syringeError', 'link', 'latency', 'noise', 'applicationCard'];

/** Which of them a fault takes the place of, or ends. */
function placeOf(act: WorldAct): string {
  if (act.type === 'begins' || act.type === 'ends') return act.condition;
  return act.type === 'disconnect' || act.type === 'reconnect' ? 'link' : act.type;
}

function endOf(act: WorldAct): string | undefined {
  if (act.type === 'begins') return `{ ends: ${act.condition} }`;
  if (act.type === 'memoryFault') return undefined;
  const { written } = FAULT_SHEETS[act.type];
  return written.length === 1 ? undefined : written.at(-1);
}

const isWorldAct = (type: unknown): boolean => typeof type === 'string' && Object.hasOwn(WORLD_ACTS, type);

/** Follows a trace, and knows which faults are there: those the world has brought and nobody has ended or mended. */
export class StandingFaults {
  readonly #standing = new Map<string, WorldAct>();

  take({ layer, kind, data }: TraceRecord): void {
    if (layer === 'act' && kind === 'world' && isWorldAct(fieldsIn(data)['type'])) this.#put(fromJson<WorldAct>(data));
    if (layer !== 'plant') return;
    if (kind === 'memoryReset') this.#standing.delete('memoryFault');
    if (kind === 'replaced')
      for (const place of this.#standing.keys()) if (!NOT_OF_PUMP.includes(place)) this.#standing.delete(place);
    if (kind !== 'catheter') return;
    // One that is new says where its tip lies.
    const tip = TIPS.find((each) => each === fieldsIn(data)['tip']);
    if (tip === undefined) return;
    for (const place of OF_CATHETER) this.#standing.delete(place);
    this.#put({ type: 'tip', lies: tip });
  }

  get list(): readonly StandingFault[] {
    return [...this.#standing.values()].map((act) => ({
      name: act.type,
      text: worldSentence(act).replace(/^from now on /, ''),
      end: endOf(act),
    }));
  }

  #put(act: WorldAct): void {
    const isThere = stands(act);
    if (isThere === undefined) return;
    this.#standing.delete(placeOf(act));
    if (isThere) this.#standing.set(placeOf(act), act);
  }
}
