import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type Duration,
  formatDuration,
  type Instant,
  instant,
  type ProfileSheet,
  readProfile,
  span,
} from '../../shared/index.ts';
import {
  type Break,
  runScenario,
  ScenarioError,
  type TracedRun,
  type TraceRecord,
  TrumpetError,
  trumpet,
} from '../index.ts';
import { EXIT, Unusable } from './exit.ts';
import { problemText, readEach, type ScenarioFile, scenarioIn, shown, version } from './files.ts';
import { breakOption, seedOption, time } from './options.ts';
import { note, out, word } from './print.ts';
import { isTraceText, MOST_TRACE, pick, sheetIn, tracedRuns } from './traces.ts';
import { trumpetJson, trumpetText } from './trumpet-text.ts';

interface TrumpetFlags {
  readonly scenario?: string;
  readonly from?: Duration;
  readonly to?: Duration;
  readonly stabilisation?: Duration;
  readonly cycles?: readonly number[];
  readonly windows?: readonly Duration[];
  readonly sample?: Duration;
  readonly seed?: number;
  readonly break: readonly Break[];
  readonly json?: true;
}

export function trumpetCommand(program: Command): void {
  program
    .command('trumpet')
    .description('measure how evenly a pump truly delivered: start-up curve and trumpet curve of a run')
    .argument('<file>', 'a scenario file, or a trace written by "thecal run --trace" or "thecal pump --trace"')
    .option('--scenario <id>', 'which scenario, where a trace holds several')
    .option('--from <time>', 'look at nothing before this time since the simulation began, such as "30d"', time)
    .option('--to <time>', 'look at nothing after this time', time)
    .option('--stabilisation <time>', 'what the trumpet curve leaves out at the beginning (default: 2h)', time)
    .option('--cycles <list>', 'lengths of the windows in stroke cycles (default: 1,2,5,11,19,31)', cycles)
    .addOption(new Option('--windows <list>', 'or in time, "15min,60min"').argParser(windows).conflicts('cycles'))
    .option('--sample <time>', 'sample interval (default: a stroke cycle; of windows in time, at most 1min)', time)
    .addOption(seedOption())
    .addOption(breakOption())
    .option('--json', 'print JSON')
    .action((path: string, flags: TrumpetFlags) => {
      process.exitCode = measure(path, flags);
    });
}

function cycles(text: string): readonly number[] {
  const counts = text.split(',').map((each) => each.trim());
  if (counts.every((each) => /^[1-9]\d{0,8}$/.test(each))) return counts.map(Number);
  throw new InvalidArgumentError('expected whole numbers such as 1,2,5.');
}

function windows(text: string): readonly Duration[] {
  const lengths = text.split(',').map(time);
  if (lengths.every((length) => length > 0)) return lengths;
  throw new InvalidArgumentError('expected spans of time above 0 such as 15min,60min.');
}

/** One run, whether it was just now or is told by a trace. */
interface Told {
  readonly scenario: string;
  readonly sheet: ProfileSheet;
  readonly records: readonly TraceRecord[];
  /** When it was over, by what is known of it. */
  readonly end: number;
  readonly exitCode: number;
}

function measure(path: string, flags: TrumpetFlags): number {
  const [tell, another] = readEach(
    [path],
    (full, file, text) => {
      if (!isTraceText(text)) return [ranOf(scenarioIn(full, file, text), flags)];
      const runs = tracedRuns(text, file);
      return [() => traced(pick(runs, flags.scenario, path), file, flags)];
    },
    MOST_TRACE,
  );
  if (tell === undefined || another !== undefined) throw new Unusable(`${path}: expected one scenario file or trace`);
  const { scenario, sheet, records, end, exitCode } = tell();
  const { stabilisation, sample } = flags;
  const asked = flags.windows === undefined ? flags.cycles && { cycles: flags.cycles } : { lengths: flags.windows };
  try {
    const measured = trumpet(records, {
      strokeVolume: readProfile(sheet).strokeVolume,
      ...between(flags, end),
      ...(stabilisation === undefined ? {} : { stabilisation }),
      ...(asked === undefined ? {} : { windows: asked }),
      ...(sample === undefined ? {} : { sample }),
    });
    const all = { scenario, strokeStatus: sheet.parameters.strokeVolume.status, trumpet: measured };
    out(flags.json ? JSON.stringify(trumpetJson(all), null, 2) : trumpetText(all));
    return exitCode;
  } catch (error) {
    if (error instanceof TrumpetError) throw new Unusable(`${shown(path)}: ${error.message}`);
    throw error;
  }
}

/** What of a run is looked at. Throws Unusable where that is nothing. */
function between({ from, to }: TrumpetFlags, end: number): { from: Instant; to: Instant } {
  const told = `${formatDuration(span(end))}, when the run ends`;
  if (to !== undefined && to > end) throw new Unusable(`--to ${formatDuration(to)}: expected at most ${told}`);
  const last = to ?? end;
  if (from !== undefined && from >= last) {
    const until = to === undefined ? told : `--to ${formatDuration(to)}`;
    throw new Unusable(`--from ${formatDuration(from)}: expected a time before ${until}`);
  }
  return { from: instant(from ?? 0), to: instant(last) };
}

function traced({ header, records }: TracedRun, file: string, { seed, break: breaks }: TrumpetFlags): Told {
  if (seed !== undefined || breaks.length > 0)
    throw new Unusable(`${file}: --seed and --break are of a scenario: this is the trace of a run that is over`);
  const end = records.at(-1)?.t ?? 0;
  return { scenario: header.scenario, sheet: sheetIn(header, file), records, end, exitCode: EXIT.met };
}

/** Runs a scenario when it is called. */
function ranOf({ id, file, loaded }: ScenarioFile, { scenario, seed, break: breaks }: TrumpetFlags): () => Told {
  if (scenario !== undefined) throw new Unusable(`--scenario picks one of a trace: ${file} is a scenario`);
  return () => {
    const records: TraceRecord[] = [];
    try {
      const { failures, breaches, simulatedMs } = runScenario(loaded, {
        id,
        version: version(),
        ...(seed === undefined ? {} : { seed }),
        breaks,
        onRecord: (record) => {
          if (record.layer === 'plant' || record.kind === 'rate') records.push(record);
        },
      });
      if (failures.length + breaches.length > 0)
        note(
          `${failures.length} expectations not met, ${breaches.length} always-true rules broken: thecal run ${word(file)}`,
        );
      const exitCode = breaches.length > 0 ? EXIT.broken : failures.length > 0 ? EXIT.failed : EXIT.met;
      return { scenario: id, sheet: loaded.scenario.profile, records, end: simulatedMs, exitCode };
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      throw new Unusable(problemText(file, error));
    }
  };
}
