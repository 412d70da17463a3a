import { createInterface } from 'node:readline';
import { showDateTime, type WallClock } from '../../shared/index.ts';
import { actText, completeLine, type DeskLine, LineError, readDeskLine } from '../index.ts';
import { Deferred } from '../node/deferred.ts';
import { Desk } from '../node/desk.ts';
import { asUnusable, pumpMeant } from './elsewhere.ts';
import { EXIT } from './exit.ts';
import { readLibrary } from './files.ts';
import type { ProgrammerRole } from './options.ts';
import { out, styled } from './print.ts';

export interface ElsewhereFlags {
  readonly connect: string;
  readonly card?: string;
  readonly role: ProgrammerRole;
  readonly profile: string;
  readonly clock: WallClock | undefined;
  readonly library?: string;
}

/** A visit, line by line, with a pump in another process; the exit code. Throws Unusable. */
export async function visitElsewhere(flags: ElsewhereFlags): Promise<number> {
  const { card, profile } = pumpMeant(flags);
  const library = flags.library === undefined ? undefined : readLibrary(flags.library);
  const failure = new Deferred<never>();
  try {
    const desk = await Desk.open({
      url: flags.connect,
      profile,
      card,
      library,
      role: flags.role,
      wallClock: flags.clock,
      failed: failure.reject,
    });
    try {
      return await Promise.race([talk(desk), failure.promise]);
    } finally {
      await desk.close();
    }
  } catch (error) {
    throw asUnusable(error);
  }
}

async function talk(desk: Desk): Promise<number> {
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const lines = createInterface({
    input: process.stdin,
    ...(isTerminal ? { output: process.stdout, completer: completeLine } : {}),
    terminal: isTerminal,
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  const ask = () => {
    if (!isTerminal) return;
    const session = desk.isOpen ? 'in session' : 'no session';
    lines.setPrompt(`${showDateTime(desk.localTime)} ${session} > `);
    lines.prompt();
  };
  let [number, unusable] = [0, 0];
  ask();
  try {
    for await (const text of lines) {
      number += 1;
      if (!isTerminal) out(`> ${text}`.trimEnd());
      try {
        const line = readDeskLine(text);
        if (line.kind === 'view' && line.view === 'quit') break;
        const answer = await answerTo(line, desk);
        if (answer !== '') out(answer);
        if (desk.lost !== undefined) throw desk.lost;
      } catch (error) {
        if (!(error instanceof LineError)) throw error;
        if (!isTerminal) unusable += 1;
        out(styled('red', isTerminal ? error.message : `line ${number}: ${error.message}`));
      }
      ask();
    }
  } finally {
    lines.close();
    process.stdin.destroy();
  }
  if (desk.isOpen) await desk.clinician({ type: 'endSession' });
  return unusable > 0 ? EXIT.unusable : EXIT.met;
}

async function answerTo(line: DeskLine, desk: Desk): Promise<string> {
  switch (line.kind) {
    case 'nothing':
      return '';
    case 'view':
      return line.view === 'quit' ? '' : desk.view(line.view, line.rest);
    case 'patient':
      await desk.press();
      return `handset: ${desk.display}`;
    case 'clinician': {
      const before = desk.programmer.screen();
      const outcome = await desk.clinician(line.act);
      const read = 'refused' in outcome ? [] : desk.readBy(line.act);
      return [actText(desk.programmer, outcome, desk.localTime, before), ...read].join('\n');
    }
  }
}
