import type { Outcome } from '../../programmer/index.ts';
import { showDateTime } from '../../shared/index.ts';
import { actText, LineError, readDeskLine } from '../index.ts';
import type { Desk } from '../node/desk.ts';
import { atDesk, type DeskFlags } from './at-desk.ts';
import { EXIT, Unusable } from './exit.ts';
import { note, out } from './print.ts';

export interface ProgramFlags extends DeskFlags {
  readonly json?: true;
}

/** Acts of which nothing would be left when the command ends. */
const NEEDS_SESSION = new Set(['edit', 'editBolus', 'review', 'confirm', 'discard', 'compare']);

const NO_CARD = 'the card of that pump lies in its folder: expected --card FOLDER/card.json, or THECAL_CARD';

const NOT_ANSWERED = 'nobody stays to answer: expected aboveLimits: accept, or less';

/** Does what a line says at a pump in another process; the exit code. Throws Unusable. */
export async function programAct(line: string, flags: ProgramFlags): Promise<number> {
  const asked = read(line);
  return atDesk(flags, (desk) => act(asked, desk, flags));
}

async function act(asked: ReturnType<typeof read>, desk: Desk, { json }: ProgramFlags): Promise<number> {
  const outcome = await (asked.kind === 'patient' ? desk.press() : desk.clinician(asked.act));
  const isRefused = 'refused' in outcome;
  if (json) out(JSON.stringify(document(desk, asked.kind === 'patient', outcome)));
  else if (asked.kind === 'patient') out(`handset: ${desk.display}`);
  else {
    out(actText(desk.programmer, outcome, desk.localTime));
    if (isRefused && outcome.refused === 'notPaired') note(NO_CARD);
    if (isRefused && outcome.refused === 'needsConfirmation') note(NOT_ANSWERED);
    if (!isRefused) for (const read of desk.readBy(asked.act)) out(read);
  }
  if (desk.lost !== undefined) note(desk.lost.message);
  // Nobody stays at the programmer: what it leaves open would only lapse.
  if (isRefused && outcome.refused === 'needsConfirmation') await desk.clinician({ type: 'discard' });
  if (asked.kind === 'clinician' && desk.isOpen) await desk.clinician({ type: 'endSession' });
  return isRefused ? EXIT.failed : EXIT.met;
}

function read(line: string) {
  try {
    const asked = readDeskLine(line);
    if (asked.kind === 'nothing' || asked.kind === 'view')
      throw new Unusable(`"${line.slice(0, 60)}": expected what a clinician or the patient does, such as interrogate`);
    if (asked.kind === 'clinician' && NEEDS_SESSION.has(asked.act.type))
      throw new Unusable(
        `${asked.act.type}: belongs to a longer visit: expected prescribe, or thecal console --connect`,
      );
    return asked;
  } catch (error) {
    if (error instanceof LineError) throw new Unusable(error.message);
    throw error;
  }
}

function document(desk: Desk, isPatient: boolean, outcome: Outcome) {
  const localTime = showDateTime(desk.localTime);
  if (isPatient) return { localTime, outcome, display: desk.display };
  const { log, history } = desk.programmer.knows;
  return {
    localTime,
    outcome,
    screen: desk.programmer.screen(),
    ...(history.length > 0 && { history }),
    ...(log.length > 0 && { log }),
  };
}
