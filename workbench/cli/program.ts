import type { Command } from 'commander';
import type { Outcome } from '../../programmer/index.ts';
import { showDateTime, type WallClock } from '../../shared/index.ts';
import { actText, LineError, readDeskLine } from '../index.ts';
import { Deferred } from '../node/deferred.ts';
import { Desk } from '../node/desk.ts';
import { asUnusable, pumpMeant } from './elsewhere.ts';
import { EXIT, Unusable } from './exit.ts';
import { url, wallClock } from './options.ts';
import { out } from './print.ts';

interface ProgramFlags {
  readonly connect: string;
  readonly card?: string;
  readonly profile: string;
  readonly clock?: WallClock;
  readonly json?: true;
}

/** Acts of which nothing would be left when the command ends. */
const NEEDS_SESSION = new Set(['edit', 'review', 'confirm', 'discard', 'compare']);

export function programCommand(program: Command): void {
  program
    .command('program')
    .description('do one act at a programmer whose pump is in another process, and print its screen')
    .argument('<act...>', 'as a line of the console: interrogate; refill volume: 20 mL; press')
    .requiredOption('--connect <url>', "the pump's telemetry, such as ws://127.0.0.1:7100", url)
    .option('--card <file>', 'the card of the pump, which lies in its folder: any other pump is refused')
    .option('--profile <name>', 'the kind of pump, where no card says so', 'synchromed-ii-like-20')
    .option('--clock <time>', "what the programmer's clock shows; that of the pump's room unless given", wallClock)
    .option('--json', 'print screen and outcome as one JSON document')
    .addHelpText('after', '\nExit codes: 0 done, 1 refused, 2 usage or no pump there, 3 internal error.')
    .action(async (words: string[], flags: ProgramFlags) => {
      process.exitCode = await act(words.join(' '), flags).catch((error: unknown) => {
        throw asUnusable(error);
      });
    });
}

async function act(line: string, flags: ProgramFlags): Promise<number> {
  const asked = read(line);
  const { card, profile } = pumpMeant(flags);
  const failure = new Deferred<never>();
  const desk = await Desk.open({
    url: flags.connect,
    profile,
    serial: card?.serial ?? null,
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
      if (!isRefused) for (const read of desk.readBy(asked.act)) out(read);
    }
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
