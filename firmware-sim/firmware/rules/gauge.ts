import { after, type Instant } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { book } from './delivery.ts';

/*
 * A reservoir that is measured. The pump reads its fill sensor as it is powered on, once an interval and as a session
 * opens, and believes what it read last until it reads again: more or less than before, whatever was commanded. The
 * ledger goes on counting that; what the reading makes of it is a correction. A memory that has failed holds no
 * calibration either: such a pump reads nothing.
 */

export const isRead = ({ profile, memoryFailed }: PumpContext): boolean =>
  profile.reservoirGauge === 'sensed' && memoryFailed === null;

/** When the sensor is read next; undefined where there is none. */
export function whenRead(context: PumpContext): Instant | undefined {
  const { gauge, profile } = context;
  return gauge === null || !isRead(context) ? undefined : after(gauge.at, profile.gaugeInterval);
}

export function readLevel(draft: Draft, { at, volume }: EventOf<'LEVEL_READ'>): void {
  book(draft, at);
  const { ledger } = draft;
  draft.ledger = { ...ledger, adjusted: ledger.adjusted + BigInt(volume) - BigInt(draft.volume) };
  draft.volume = volume;
  draft.gauge = { at, volume };
}
