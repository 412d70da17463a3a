import { COMMANDS, type MessageName, mayAsk } from '../shared/index.ts';
import { CLINICIAN_ACTS, type ClinicianAct } from './acts.ts';
import type { VisitContext } from './visit-context.ts';

/** The acts that make sense now: what the pump said it takes, and what the programmer can do itself. */
export function canDo(
  value: string,
  { status, pending, reviewed, order, orderReviewed, history, settings }: VisitContext,
): ClinicianAct['type'][] {
  const edited = pending !== null || order !== null;
  if (value === 'away') return edited ? ['interrogate', 'discard'] : ['interrogate', 'registerPump'];
  if (value !== 'ready' || status === null) return [];
  const may = (name: MessageName) => mayAsk(settings.role, name);
  const taken = new Set<string>(COMMANDS.filter((name) => status.accepts.includes(name) && may(name)));
  const programs = taken.has('stagePrescription') && taken.has('beginUpdate');
  const orders = taken.has('clinicianBolus');
  const offered: Readonly<Partial<Record<ClinicianAct['type'], boolean>>> = {
    implant: taken.has('implant'),
    refill: taken.has('enterReservoir'),
    prescribe: programs && order === null,
    edit: programs && order === null,
    review: (programs && pending !== null) || (orders && order !== null),
    confirm: (programs && reviewed !== null) || (orders && orderReviewed !== null),
    bolus: orders && pending === null,
    editBolus: orders && pending === null,
    discard: edited,
    stop: taken.has('stop'),
    silence: taken.has('silenceAlarm'),
    clearAlarm: taken.has('clearAlarm'),
    setAlarmInterval: taken.has('setAlarmInterval'),
    testAlarm: taken.has('testAlarm'),
    minimumRate: taken.has('minimumRate'),
    setClock: status.service !== 'shelf' && taken.has('setClock'),
    // Which pump is on the record is settled before a session is opened.
    registerPump: false,
    resume: taken.has('resume'),
    compare: history.length > 1,
    readHistory: may('readHistory'),
    readLog: may('readLog'),
    readUsage: may('readLog'),
    endSession: !edited,
  };
  return CLINICIAN_ACTS.filter((act) => offered[act] ?? true);
}
