import type { Fault, HandsAct } from '../firmware-sim/index.ts';
import { fromJson } from '../shared/index.ts';
import { fieldsOf } from './fields.ts';
import type { TraceRecord } from './trace.ts';
import { worldSentence } from './world-words.ts';

/** Something on the way from the pump to the patient that is not as it should be, and the record of its beginning. */
interface PathFault {
  readonly what: string;
  readonly record: TraceRecord;
}

type OfPath = Extract<Fault, { type: 'leak' | 'tip' | 'granuloma' | 'begins' | 'ends' }>;
type NewCatheter = Pick<Extract<HandsAct, { type: 'catheter' }>, 'tip'>;

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

/** Which of them a fault is; undefined where the catheter has nothing to do with it. */
function placeOf({ data }: TraceRecord): string | undefined {
  const { type, condition } = fieldsOf({ data });
  if (type === 'leak' || type === 'tip' || type === 'granuloma') return type;
  return (type === 'begins' || type === 'ends') && condition === 'occlusion' ? condition : undefined;
}

/**
 * What is wrong with the catheter: a leak, a tip that lies elsewhere, a granuloma, an occlusion, or that the pump is on
 * none. Each makes what reaches the patient another than what leaves the pump.
 */
export function pathFaults(past: readonly TraceRecord[]): PathFault[] {
  const found = new Map<string, PathFault>();
  for (const record of past) {
    if (record.layer !== 'plant') continue;
    const place = record.kind === 'fault' ? placeOf(record) : undefined;
    if (place !== undefined) {
      const fault = fromJson<OfPath>(record.data);
      if (stands(fault)) found.set(place, { what: inWords(fault), record });
      else found.delete(place);
    }
    if (record.kind === 'disconnected') found.set('connector', { what: 'the pump is on no catheter', record });
    if (record.kind === 'connected') found.delete('connector');
    // One that is new, not the old one told of with a fault.
    if (record.kind !== 'catheter' || fieldsOf(record)['tip'] === undefined) continue;
    for (const mended of ['leak', 'tip', 'granuloma', 'occlusion']) found.delete(mended);
    const { tip } = fromJson<NewCatheter>(record.data);
    if (tip !== 'intrathecal') found.set('tip', { what: inWords({ type: 'tip', lies: tip }), record });
  }
  return [...found.values()];
}
