import { type Fault, TIPS } from '../firmware-sim/index.ts';
import { fieldsIn } from './fields.ts';
import { faultOnWire } from './remote/acts.ts';
import type { TraceRecord } from './trace.ts';
import { worldSentence } from './world-words.ts';

/** Something on the way from the pump to the patient that is not as it should be, and the record of its beginning. */
interface PathFault {
  readonly what: string;
  readonly record: TraceRecord;
}

type OfPath = Extract<Fault, { type: 'leak' | 'tip' | 'granuloma' | 'begins' | 'ends' }>;

const inWords = (fault: OfPath): string => worldSentence(fault).replace(/^from now on /, '');

/** Whether a fault is there from now on, rather than mended. */
function stands(fault: OfPath): boolean {
  switch (fault.type) {
    case 'leak':
      return fault.leak !== null;
    case 'tip':
      return fault.lies !== 'intrathecal';
    case 'granuloma':
      return fault.share > 0;
    default:
      return fault.type === 'begins';
  }
}

const OF_PATH: readonly unknown[] = ['leak', 'tip', 'granuloma', 'begins', 'ends'] satisfies OfPath['type'][];
const isOfPath = (fault: Fault): fault is OfPath => OF_PATH.includes(fault.type);

/** Whether what a record tells of a fault can be read here. */
export const isReadableFault = (data: unknown): boolean =>
  !OF_PATH.includes(fieldsIn(data)['type']) || faultOnWire.safeParse(data).success;

/** Which of them a fault is; undefined where the catheter has nothing to do with it. */
function placeOf(fault: OfPath): string | undefined {
  if (fault.type !== 'begins' && fault.type !== 'ends') return fault.type;
  return fault.condition === 'occlusion' ? fault.condition : undefined;
}

/**
 * What is wrong with the catheter: a leak, a tip that lies elsewhere, a granuloma, an occlusion, or that the pump is on
 * none. Each makes what reaches the patient another than what leaves the pump.
 */
export function pathFaults(past: readonly TraceRecord[]): PathFault[] {
  const found = new Map<string, PathFault>();
  const begins = (place: string, what: string, record: TraceRecord) => void found.set(place, { what, record });
  for (const record of past) {
    if (record.layer !== 'plant') continue;
    if (record.kind === 'disconnected') begins('connector', 'the pump is on no catheter', record);
    if (record.kind === 'connected') found.delete('connector');
    if (record.kind === 'fault') {
      const { data: fault } = faultOnWire.safeParse(record.data);
      if (fault === undefined || !isOfPath(fault)) continue;
      const place = placeOf(fault);
      if (place !== undefined && stands(fault)) begins(place, inWords(fault), record);
      else if (place !== undefined) found.delete(place);
    }
    // One that is new says where its tip lies; the old one is told of with its faults.
    const tip = TIPS.find((each) => record.kind === 'catheter' && each === fieldsIn(record.data)['tip']);
    if (tip === undefined) continue;
    for (const mended of ['leak', 'tip', 'granuloma', 'occlusion']) found.delete(mended);
    if (tip !== 'intrathecal') begins('tip', inWords({ type: 'tip', lies: tip }), record);
  }
  return [...found.values()];
}
