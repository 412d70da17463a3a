import type { ClinicianAct } from '../../programmer/index.ts';
import type { TypedClinicianAct } from '../act.ts';
import { ELSEWHERE } from './help.ts';
import { LineError, readLine } from './read-line.ts';

/** What can be looked at from a programmer alone. */
export const DESK_VIEWS = ['screen', 'report', 'card', 'history', 'log', 'help', 'quit'] as const;
export type DeskView = (typeof DESK_VIEWS)[number];

/** What a line asks for of a programmer and a handset whose pump is elsewhere. */
export type DeskLine =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'view'; readonly view: DeskView; readonly rest: string }
  | { readonly kind: 'clinician'; readonly act: ClinicianAct }
  | { readonly kind: 'patient' };

/** Reads a line as the console does, and takes of it what can be done from a programmer or handset. Throws LineError. */
export function readDeskLine(text: string): DeskLine {
  const line = readLine(text);
  if (line.kind === 'nothing') return line;
  if (line.kind === 'view') {
    const view = DESK_VIEWS.find((each) => each === line.view);
    if (view !== undefined) return { kind: 'view', view, rest: line.rest };
    throw new LineError(`${line.view}: is not known to a programmer: expected an act, or ${DESK_VIEWS.join(', ')}`);
  }
  const { clinician, patient, ...others } = line.step;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new LineError(
      `${other}: is not done from a programmer: expected what a clinician or the patient does; ${ELSEWHERE}`,
    );
  if (clinician !== undefined) return { kind: 'clinician', act: typed(clinician) };
  if (patient !== undefined) return { kind: 'patient' };
  throw new LineError('expected an act');
}

/** Nobody here has seen the syringe. */
function typed(act: TypedClinicianAct): ClinicianAct {
  if (act.type !== 'refill') return act;
  const { aspirated, ...rest } = act;
  if (aspirated === 'measured')
    throw new LineError('refill.aspirated: what was measured is not known here: expected a volume such as "2 mL"');
  return { ...rest, aspirated };
}
