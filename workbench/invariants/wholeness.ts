import { digestOf, fromJson, type HistoryEntry, type Json } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import type { TraceRecord } from '../trace.ts';
import { answerOf, logOf, requestOf } from './account.ts';
import type { Rule } from './rule.ts';

/** What only a memory takes that can be programmed. */
const PROGRAMS: readonly (string | undefined)[] = [
  'prescriptionCommitted',
  'reservoirEntered',
  'clockSet',
  'implanted',
];

/** Whether what is physically so of the memory is that an error has locked it, after a record. */
function isLockedAfter(record: TraceRecord, was: boolean): boolean {
  const { layer, kind } = record;
  if (layer === 'firmware') return kind === 'memoryFailed' ? false : was;
  if (layer !== 'plant') return was;
  if (kind === 'memoryReset' || kind === 'replaced') return false;
  const { type, banks } = kind === 'fault' ? fieldsOf(record) : {};
  return was || (type === 'memoryFault' && banks === 'locked');
}

/** Rule 5: a command takes effect whole or not at all, and the mode after an interruption is the documented one. */
export function wholeness(): Rule {
  let sent: string | undefined;
  let taken: string | undefined;
  /** Frames whose command was refused, and frames that became an event of the chart, within an instant. */
  const refusedBy = new Set<number>();
  const handledFor = new Set<number>();
  let isLocked = false;
  return {
    number: 5,
    name: 'commands take effect whole or not at all',
    take(record, { prescription, profile, rate }, complain) {
      const staged = requestOf(record, 'stagePrescription');
      if (staged !== undefined) sent = digestOf((staged['prescription'] ?? null) as Json);
      if (answerOf(record, 'stagePrescription') !== undefined) taken = sent;
      if (record.layer === 'firmware' && record.kind === 'history') {
        const entry = fromJson<HistoryEntry>(record.data);
        if (digestOf(entry.prescription) !== taken)
          complain('a prescription came into force that was not the one sent');
      }
      const status = answerOf(record, 'interrogate');
      if (status !== undefined && digestOf((status['prescription'] ?? null) as Json) !== digestOf(prescription)) {
        complain('the pump reports another prescription than the last one committed');
      }
      const kind = logOf(record)?.kind;
      isLocked = isLockedAfter(record, isLocked);
      if (isLocked && PROGRAMS.includes(kind)) complain(`${kind} of a pump whose memory is locked`);
      // The rate is commanded before the log says why.
      if (kind === 'updateInterrupted' && profile.onUpdateAbort === 'stayStopped' && rate > 0) {
        complain('delivery runs after an interrupted update that must leave the pump stopped');
      }
      if (kind === 'commandRefused' && record.because !== undefined) refusedBy.add(record.because);
      const isEvent = record.layer === 'firmware' && record.kind === 'event';
      if (isEvent) handledFor.add(record.because ?? 0);
      if (kind === 'commandRefused' && handledFor.has(record.because ?? 0))
        complain('a refused command was carried out');
      if (isEvent && refusedBy.has(record.because ?? 0)) complain('a refused command was carried out');
    },
    settle() {
      refusedBy.clear();
      handledFor.clear();
    },
  };
}
