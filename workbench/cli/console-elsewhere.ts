import { createInterface } from 'node:readline';
import { showDateTime } from '../../shared/index.ts';
import { actText, completeLine, type DeskLine, LineError, readDeskLine } from '../index.ts';
import type { Desk } from '../node/desk.ts';
import { atDesk, type DeskFlags } from './at-desk.ts';
import { EXIT } from './exit.ts';
import { out, styled } from './print.ts';

/** A visit, line by line, with a pump in another process; the exit code. Throws Unusable. */
export const visitElsewhere = (flags: DeskFlags): Promise<number> => atDesk(flags, talk);

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
