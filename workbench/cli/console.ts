import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ExecutorName } from '../../firmware-sim/index.ts';
import {
  type FileNames,
  isFilePath,
  MODES,
  type Mode,
  newPump,
  type Opening,
  type Problem,
  problemLines,
  ScenarioError,
  Session,
} from '../index.ts';
import type { DeskFlags } from './at-desk.ts';
import type { CaseFlags } from './console-case.ts';
import { coloured, NOTHING_SAID, talk } from './console-talk.ts';
import { EXIT, Unusable } from './exit.ts';
import {
  filesFrom,
  mustBeNew,
  mustBeWritable,
  pathFrom,
  readScenarios,
  SCHEMA,
  type ScenarioFile,
  version,
  writeNew,
  writeWhole,
} from './files.ts';
import {
  cardOption,
  executorOption,
  libraryOption,
  type ProgrammerRole,
  roleOption,
  seedOption,
  url,
  wallClock,
} from './options.ts';
import { note, out, word } from './print.ts';
import { libraryCalled } from './sheets.ts';

interface ConsoleFlags {
  readonly connect?: string;
  readonly card?: string;
  readonly role: ProgrammerRole;
  readonly profile: string;
  readonly clock: string;
  readonly executor: ExecutorName;
  readonly seed?: number;
  readonly record?: string;
  readonly trace?: string;
  readonly library?: string;
  readonly case?: string;
  readonly mode: Mode;
  readonly learner?: string;
  readonly debrief?: string;
}

export function consoleCommand(program: Command): void {
  program
    .command('console')
    .description('visit a simulated pump line by line, in the terminal or from a pipe')
    .argument('[file]', 'a scenario whose pump opens the session; without one, a new pump on the shelf')
    .option('--profile <profile>', 'the profile of a new pump: a shipped one, or a file', 'synchromed-ii-like-20')
    .option('--clock <time>', 'local date and time at which a new pump begins', '2026-01-05 08:00')
    .option('--connect <url>', 'a programmer whose pump is in another process, such as ws://127.0.0.1:7100', url)
    .addOption(cardOption())
    .addOption(roleOption())
    .option('--case <file>', 'a training case, to be taken: a file, or the name of a shipped one')
    .addOption(new Option('--mode <mode>', 'how a case is taken').choices(MODES).default('practice'))
    .option('--learner <name>', 'who takes the case, as its debrief says')
    .option('--debrief <file>', 'write the debrief of the case, as JSON, into a file that is not there yet')
    .option('--record <file>', 'keep the session as a scenario, in a file that is not there yet')
    .option('--trace <file>', 'write the trace of the session')
    .addOption(libraryOption())
    .addOption(executorOption())
    .addOption(seedOption())
    .addHelpText(
      'after',
      '\nIn the console, "help" lists what a line can be. Exit codes: as for the others; 2 where a piped line could not be used.',
    )
    .action(async (path: string | undefined, flags: ConsoleFlags, command: Command) => {
      for (const name of ['profile', 'clock'])
        if (path !== undefined && command.getOptionValueSource(name) === 'cli')
          throw new Unusable(`--${name} is of a new pump: expected no ${path}, which says its own`);
      if (flags.connect !== undefined) {
        const { visitElsewhere } = await import('./console-elsewhere.ts');
        process.exitCode = await visitElsewhere(elsewhere(path, flags.connect, flags, command));
        return;
      }
      if (flags.case !== undefined) {
        const { takeCase } = await import('./console-case.ts');
        process.exitCode = await takeCase(caseFlags(path, flags.case, flags, command));
        return;
      }
      for (const name of ['mode', 'learner', 'debrief'])
        if (command.getOptionValueSource(name) === 'cli')
          throw new Unusable(`--${name}: is of a training case: expected --case`);
      for (const name of ['card', 'role'])
        if (command.getOptionValueSource(name) === 'cli')
          throw new Unusable(`--${name}: is of a pump in another process: expected --connect`);
      process.exitCode = await visit(path, flags);
    });
}

/** What a programmer alone is told. Throws Unusable for what only a simulation of one's own can do. */
function elsewhere(path: string | undefined, connect: string, flags: ConsoleFlags, command: Command): DeskFlags {
  if (path !== undefined) throw new Unusable(`${path}: a pump in another process has its own life: expected no file`);
  for (const name of ['record', 'trace', 'executor', 'seed'])
    if (command.getOptionValueSource(name) === 'cli')
      throw new Unusable(`--${name} is of a pump in this process: expected it without --connect`);
  const { card, role, profile, clock, library } = flags;
  const isSet = command.getOptionValueSource('clock') === 'cli';
  return {
    connect,
    role,
    profile,
    clock: isSet ? wallClock(clock) : undefined,
    ...(card === undefined ? {} : { card }),
    ...(library === undefined ? {} : { library }),
  };
}

/** What a case is taken with. Throws Unusable for what the case decides itself. */
function caseFlags(path: string | undefined, taken: string, flags: ConsoleFlags, command: Command): CaseFlags {
  if (path !== undefined) throw new Unusable(`${path}: a case has a pump of its own: expected no file`);
  for (const name of ['connect', 'profile', 'clock', 'library', 'card', 'role'])
    if (command.getOptionValueSource(name) === 'cli')
      throw new Unusable(`--${name}: a case says its own: expected it without --case`);
  return { ...flags, case: taken };
}

async function visit(path: string | undefined, flags: ConsoleFlags): Promise<number> {
  for (const name of ['record', 'trace'] as const)
    if (flags[name] === '-') throw new Unusable(`--${name} - is no file: expected the name of one`);
  const file = path === undefined ? undefined : oneScenario(path);
  const outputs = [flags.record, flags.trace].filter((output) => output !== undefined);
  mustBeWritable(outputs, file === undefined ? [] : [file.file], 'a scenario');
  if (flags.record !== undefined) mustBeNew(flags.record);
  const trace: string[] = [];
  const keep = (line: unknown) => void trace.push(JSON.stringify(line));
  const opening = file?.loaded ?? opened(flags);
  const session = new Session(opening, {
    library: flags.library === undefined ? undefined : libraryCalled(flags.library),
    id: file?.id ?? 'console',
    version: version(),
    executor: flags.executor,
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.trace === undefined ? {} : { onHeader: keep, onRecord: keep }),
  });
  out(coloured(session.greeting));
  const names = namesFor(opening, path, flags);
  const kept = () => keepAll(session, flags, trace, names);
  const { unusable, interrupted } = await (session.stillborn ? NOTHING_SAID : talk(session)).finally(kept);
  // What is kept is kept; now the interruption may end it as it would have.
  if (interrupted !== undefined) process.kill(process.pid, interrupted);
  if (session.breaches.length > 0) return EXIT.broken;
  if (unusable > 0) return EXIT.unusable;
  return session.missed > 0 ? EXIT.failed : EXIT.met;
}

/** Writes what is to be kept, however the session ended. */
function keepAll(
  session: Session,
  { record, trace: to }: ConsoleFlags,
  trace: readonly string[],
  names: FileNames,
): void {
  const last = session.finish();
  if (last !== '') out(coloured(last));
  if (record !== undefined) {
    const text = session.recorded(schemaFrom(record), names);
    try {
      writeNew(record, text);
    } catch (error) {
      // Whoever typed it shall not have to type it again.
      note(text);
      throw error;
    }
    note(`recorded: thecal run ${word(record)}`);
  }
  if (to !== undefined) writeWhole(to, `${trace.join('\n')}\n`);
}

function oneScenario(path: string): ScenarioFile {
  const [file, another] = readScenarios([path]);
  if (file === undefined || another !== undefined) throw new Unusable(`${path}: expected one scenario file`);
  return file;
}

function opened({ profile, clock }: ConsoleFlags): Opening {
  try {
    return newPump(profile, clock, filesFrom(process.cwd()));
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const text = (problem: Problem) => (problem.file === undefined ? `--${problem.message}` : problemLines([problem]));
    throw new Unusable(error.problems.map(text).join('\n'));
  }
}

/** Where a recorded scenario finds the JSON Schema, from its own folder. */
function schemaFrom(record: string): string {
  return pathFrom(dirname(resolve(record)), SCHEMA);
}

/** What a recorded scenario calls the files it names: by their paths from its own folder. */
function namesFor({ written }: Opening, opened: string | undefined, { record, library }: ConsoleFlags): FileNames {
  const from = (folder: string, reference: string): string =>
    record === undefined || !isFilePath(reference)
      ? reference
      : pathFrom(dirname(resolve(record)), resolve(folder, reference));
  const folder = opened === undefined ? '.' : dirname(opened);
  const profile = from(folder, written.profile);
  if (library !== undefined) return { profile, library: from('.', library) };
  return written.library === undefined ? { profile } : { profile, library: from(folder, written.library) };
}
