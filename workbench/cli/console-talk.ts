import { createInterface, type Interface } from 'node:readline';
import { completeLine, type Session } from '../index.ts';
import { out, styled } from './print.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
interface Talked {
  /** Lines that could not be used. Whoever sits at a terminal corrects them on the spot. */
  readonly unusable: number;
  readonly interrupted: NodeJS.Signals | undefined;
}

export const NOTHING_SAID: Promise<Talked> = Promise.resolve({ unusable: 0, interrupted: undefined });

/** What takes lines: a session, or a lesson. */
export type Talker = Pick<Session, 'line' | 'prompt'> & {
  /** What a line could go on with, where that is not as in any visit. */
  readonly complete?: typeof completeLine;
};

/** Hands lines to the session until it is over. */
export function talk(session: Talker): Promise<Talked> {
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const lines = createInterface({
    input: process.stdin,
    ...(isTerminal ? { output: process.stdout, completer: session.complete ?? completeLine } : {}),
    terminal: isTerminal,
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  return new Promise((done, fail) => {
    let [number, unusable, last] = [0, 0, performance.now()];
    let interrupted: NodeJS.Signals | undefined;
    let [over, quitted] = [false, false];
    const interrupt = (signal: NodeJS.Signals) => {
      interrupted = signal;
      lines.close();
    };
    for (const signal of SIGNALS) process.once(signal, interrupt);
    lines.on('SIGINT', () => interrupt('SIGINT'));
    lines.on('close', () => {
      over = true;
      for (const signal of SIGNALS) process.removeListener(signal, interrupt);
      process.stdin.destroy();
      if (isTerminal && !quitted) out('');
      done({ unusable, interrupted });
    });
    lines.on('line', (text) => {
      // What has been read ahead of the end is not heeded.
      if (over) return;
      number += 1;
      const now = performance.now();
      const elapsed = isTerminal ? now - last : 0;
      last = now;
      try {
        if (!isTerminal) out(`> ${text}`.trimEnd());
        const { text: answer, problem, quit } = session.line(text, elapsed);
        if (answer !== '') out(coloured(answer));
        if (problem !== undefined) {
          if (!isTerminal) unusable += 1;
          out(styled('red', isTerminal ? problem : `line ${number}: ${problem}`));
        }
        quitted = quit;
        if (quit) lines.close();
        else ask(lines, session, isTerminal);
      } catch (error) {
        fail(error);
        lines.close();
      }
    });
    ask(lines, session, isTerminal);
  });
}

function ask(lines: Interface, session: Talker, isTerminal: boolean): void {
  if (!isTerminal) return;
  lines.setPrompt(session.prompt);
  lines.prompt();
}

/** Warnings and whatever went wrong stand out. */
export const coloured = (text: string): string =>
  text.replaceAll(/^(?:!|refused|NOT AS EXPECTED|ALWAYS-TRUE RULE).*$/gmu, (line) => styled('red', line));
