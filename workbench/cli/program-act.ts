import type { Outcome } from '../../programmer/index.ts';
import { showDateTime, type WallClock } from '../../shared/index.ts';
import { actText, LineError, readDeskLine } from '../index.ts';
import { Deferred } from '../node/deferred.ts';
import { Desk } from '../node/desk.ts';
import { asUnusable, pumpMeant } from './elsewhere.ts';
import { EXIT, Unusable } from './exit.ts';
import type { ProgrammerRole } from './options.ts';
import { note, out } from './print.ts';

export interface ProgramFlags {
  readonly connect: string;
  readonly card?: string;
  readonly role: ProgrammerRole;
  readonly profile: string;
  readonly clock?: WallClock;
  readonly json?: true;
}

/** Acts of which nothing would be left when the command ends. */
const NEEDS_SESSION = new Set(['edit', 'editBolus', 'review', 'confirm', 'discard', 'compare']);

const NO_CARD = 'the card of that pump lies in its folder: expected --card FOLDER/card.json, or THECAL_CARD';

/** Does what a line says at a pump in another process; the exit code. Throws Unusable. */
export async function programAct(line: string, flags: ProgramFlags): Promise<number> {
  try {
    return await act(line, flags);
  } catch (error) {
    throw asUnusable(error);
  }
}

async function act(line: string, flags: ProgramFlags): Promise<number> {
  const asked = read(line);
  const { card, profile } = pumpMeant(flags);
  const failure = new Deferred<never>();
  const desk = await Desk.open({
    url: flags.connect,
    profile,
    card,
    role: flags.role,
    wallClock: flags.clock,
    failed: failure.reject,
  });
  try {
    const doing = asked.kind === 'patient' ? desk.press() : desk.clinician(asked.act);
    const outcome = await Promise.race([doing, failure.promise]);
    const isRefused = 'refused' in outcome;
    if (flags.json) out(JSON.stringify(document(desk, asked.kind === 'patient', outcome)));
    else if (asked.kind === 'patient') out(`handset: ${desk.display}`);
    else {
      out(actText(desk.programmer, outcome, desk.localTime));
      if (isRefused && outcome.refused === 'notPaired') note(NO_CARD);
      if (!isRefused) for (const read of desk.readBy(asked.act)) out(read);
    }
    if (desk.lost !== undefined) note(desk.lost.message);
    // Nobody stays at the programmer: what it leaves open would only lapse.
    if (asked.kind === 'clinician' && desk.isOpen)
      await Promise.race([desk.clinician({ type: 'endSession' }), failure.promise]);
    return isRefused ? EXIT.failed : EXIT.met;
  } finally {
    await desk.close();
  }
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
