import type { Duration } from '../../shared/index.ts';
import { type Act, isBesidePump } from '../act.ts';
import type { WrittenAct } from '../scenario/written.ts';
import { LineError, readLine } from './read-line.ts';

/** What a line asks of whoever stands at the bedside of a pump that is elsewhere. */
export type HandsLine =
  | { readonly kind: 'act'; readonly act: Extract<Act, { by: 'hands' | 'world' }>; readonly written: WrittenAct }
  | { readonly kind: 'elapse'; readonly by: Duration };

const EXPECTED = 'expected what hands or the world do, or after a time such as "after 3d"';

/** Reads a line as the console does, and takes of it what hands, the world and time do. Throws LineError. */
export function readHandsLine(text: string): HandsLine {
  const line = readLine(text);
  if (line.kind !== 'step') throw new LineError(`"${text.slice(0, 60)}": ${EXPECTED}`);
  const { after, hands, world, ...others } = line.step;
  const [other] = Object.keys(others);
  if (other === 'clinician' || other === 'patient')
    throw new LineError(`${other}: is done from a programmer, or the handset: thecal program --connect URL`);
  if (other !== undefined) throw new LineError(`${other}: ${EXPECTED}`);
  if (after !== undefined && (hands !== undefined || world !== undefined))
    throw new LineError('after: expected a time alone, and the act in a line of its own');
  if (after !== undefined) return { kind: 'elapse', by: after };
  const { hands: byHands, world: byWorld } = line.written;
  if (hands !== undefined && byHands !== undefined)
    return { kind: 'act', act: { by: 'hands', act: hands }, written: { hands: byHands } };
  if (world === undefined || byWorld === undefined) throw new LineError(EXPECTED);
  if (isBesidePump(world)) throw new LineError(`${world.type}: is of the programmer’s side: ${EXPECTED}`);
  return { kind: 'act', act: { by: 'world', act: world }, written: { world: byWorld } };
}
