import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ExecutorName } from '../../firmware-sim/index.ts';
import { formatDuration, MS_PER_DAY, span } from '../../shared/index.ts';
import {
  assertProfile,
  type Break,
  breachText,
  Coverage,
  coverageReport,
  type Failure,
  farPumps,
  LEFT,
  type PumpMaker,
  type RunResult,
  runScenario,
  ScenarioError,
  sparkline,
} from '../index.ts';
import type { Bridge } from '../node/bridge.ts';
import { FarRefusal } from '../node/connection-lost.ts';
import { addedJson, addedText } from './added.ts';
import { coverageJson, coverageText } from './coverage.ts';
import { asUnusable, profileCalled } from './elsewhere.ts';
import { EXIT, Unusable } from './exit.ts';
import {
  mustBeWritable,
  problemText,
  readScenarios,
  type ScenarioFile,
  SHIPPED,
  shown,
  version,
  writeWhole,
} from './files.ts';
import { junit } from './junit.ts';
import { breakOption, executorOption, seedOption, url } from './options.ts';
import { note, out, recordText, styled, table, word } from './print.ts';
import type { Ran } from './ran.ts';

interface RunFlags {
  readonly json?: true;
  readonly junit?: string;
  readonly trace?: string;
  readonly executor: ExecutorName;
  readonly seed?: number;
  readonly break: readonly Break[];
  readonly coverage?: true;
  readonly pump?: string;
  readonly control?: string;
}

export function runCommand(program: Command): void {
  program
    .command('run')
    .description('replay scenarios and hold their expectations; without a path, the ones that come with Thecal')
    .argument('[paths...]', 'scenario files, or folders of them')
    .option('--json', 'print one JSON document with a result for each scenario')
    .option('--junit <file>', 'write a JUnit report')
    .option('--trace <file>', 'write the trace of every scenario; "-" for standard output')
    .addOption(executorOption())
    .addOption(seedOption())
    .addOption(breakOption())
    .option('--coverage', 'list what no scenario exercised, and why')
    .option('--pump <url>', 'take every pump from another process: where its telemetry is', url)
    .option('--control <url>', 'with --pump: where its control channel is', url)
    .action(async (paths: string[], flags: RunFlags) => {
      process.exitCode = await run(paths, flags);
    });
}

async function run(paths: readonly string[], flags: RunFlags): Promise<number> {
  const { pump, control } = flags;
  if (pump === undefined && control === undefined) return replay(paths, flags, undefined);
  if (pump === undefined || control === undefined)
    throw new Unusable('--pump and --control: expected both, as "thecal pump" prints them');
  if (flags.coverage) throw new Unusable('--coverage looks into the pump: expected it without --pump');
  let bridge: Bridge | undefined;
  try {
    // Sockets and threads are loaded where they are wanted.
    const { Bridge } = await import('../node/bridge.ts');
    bridge = new Bridge(pump, control);
    return await replay(paths, flags, bridge);
  } catch (error) {
    throw asUnusable(error);
  } finally {
    bridge?.close();
  }
}

/** Before anything is done: every scenario must be for the device that runs there. Throws Unusable, naming each other. */
function assertProfiles(files: readonly ScenarioFile[], bridge: Bridge): void {
  const problems = files.flatMap(({ file, loaded }) => {
    try {
      assertProfile(bridge, profileCalled(loaded.scenario.profile));
      return [];
    } catch (error) {
      if (!(error instanceof FarRefusal)) throw error;
      return [`${file}: ${error.message}; nothing has been run`];
    }
  });
  if (problems.length > 0) throw new Unusable(problems.join('\n'));
}

async function replay(paths: readonly string[], flags: RunFlags, bridge: Bridge | undefined): Promise<number> {
  if (flags.json && flags.trace === '-') throw new Unusable('--json and --trace - both want standard output');
  if (flags.junit === '-') throw new Unusable('--junit - is no file: expected the name of one');
  const files = readScenarios(paths);
  mustBeWritable(
    [flags.junit, flags.trace].flatMap((path) => (path === undefined || path === '-' ? [] : [path])),
    files,
  );
  if (bridge !== undefined) assertProfiles(files, bridge);
  const pump = bridge && farPumps(bridge);
  const lines: string[] = [];
  const ran: Ran[] = [];
  const coverage = flags.coverage ? new Coverage() : undefined;
  const say = flags.json || flags.trace === '-' ? note : out;
  for (const file of files) {
    const one = runOne(file, flags, flags.trace === undefined ? undefined : lines, coverage, pump);
    ran.push(one);
    if (!flags.json) say(summaryLine(one));
    for (const problem of one.problems) note(problem.replace(/^.*/, (head) => styled('red', head, process.stderr)));
    // A turn of the loop lets an interruption in.
    await nextTurn();
  }
  if (flags.trace === '-') process.stdout.write(`${lines.join('\n')}\n`);
  else if (flags.trace !== undefined) writeWhole(flags.trace, `${lines.join('\n')}\n`);
  if (flags.junit !== undefined) writeWhole(flags.junit, junit(ran));
  // The reasons are about the shipped scenarios as they stand.
  const asShipped = paths.length === 0 && flags.break.length === 0 && flags.seed === undefined;
  const covered = coverage && coverageReport(coverage.exercised, LEFT, asShipped ? 'is wrong' : 'may be');
  if (flags.json) out(JSON.stringify({ ...asJson(ran), ...(covered && { coverage: coverageJson(covered) }) }));
  else {
    say(totalLine(ran));
    say(curves(ran));
    if (covered !== undefined) say(coverageText(covered));
    note(whereNext(paths.length === 0));
  }
  if (ran.some(({ result }) => result.breaches.length > 0)) return EXIT.broken;
  return ran.some(({ problems }) => problems.length > 0) ? EXIT.failed : EXIT.met;
}

function runOne(
  { id, file, loaded }: ScenarioFile,
  flags: RunFlags,
  lines: string[] | undefined,
  coverage: Coverage | undefined,
  pump: PumpMaker | undefined,
): Ran {
  const start = performance.now();
  const keep = (line: unknown) => void lines?.push(JSON.stringify(line));
  try {
    const result = runScenario(loaded, {
      id,
      version: version(),
      executor: flags.executor,
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      breaks: flags.break,
      pump,
      ...(coverage === undefined ? {} : { observer: coverage }),
      ...(lines === undefined ? {} : { onHeader: keep }),
      onRecord: (record) => {
        if (lines !== undefined) keep(record);
        coverage?.take(record);
      },
    });
    const problems = [...result.failures.map((failure) => failureText(file, failure)), ...breachTexts(file, result)];
    const { scenario } = loaded;
    return { id, file, scenario, result, breaks: flags.break, wallMs: performance.now() - start, problems };
  } catch (error) {
    if (error instanceof FarRefusal) throw new Unusable(`${file}: ${error.message}`);
    if (!(error instanceof ScenarioError)) throw error;
    throw new Unusable(problemText(file, error));
  }
}

function failureText(
  file: string,
  { line, column, step, time, what, expected, got, wouldPass, before }: Failure,
): string {
  const where = step === 0 ? '' : `step ${step} `;
  const lines = [`${file}:${line}:${column}: ${where}at ${time}`, `  ${what}: expected ${expected}, got ${got}`];
  if (wouldPass !== undefined) lines.push(`  would pass: ${wouldPass}`);
  if (before.length > 0) lines.push('  before it:', ...before.map((record) => `    ${recordText(record)}`));
  return lines.join('\n');
}

const failureJson = ({ line, column, step, time, what, expected, got }: Failure) => ({
  line,
  column,
  step,
  time,
  what,
  expected,
  got,
});

function breachTexts(file: string, { breaches }: RunResult): string[] {
  return breaches.map((breach) => `${file}: ${breachText(breach)}`);
}

function summaryLine({ scenario, result, breaks, problems, wallMs }: Ran): string {
  const mark = problems.length === 0 ? styled('green', '✓') : styled('red', '✗');
  const { expectations, failures, simulatedMs } = result;
  const met = `${expectations - failures.length}/${expectations} met`;
  return `${mark} ${scenario.title}  ${styled('dim', `${formatDuration(span(simulatedMs))}, ${met}, ${wallMs.toFixed(0)} ms`)}${addedText({ breaks, result })}`;
}

function totalLine(ran: readonly Ran[]): string {
  const sum = (of: (one: Ran) => number) => ran.reduce((total, one) => total + of(one), 0);
  const failed = ran.filter(({ problems }) => problems.length > 0).length;
  const expectations = sum(({ result }) => result.expectations);
  const met = expectations - sum(({ result }) => result.failures.length);
  const days = Math.round(sum(({ result }) => result.simulatedMs) / MS_PER_DAY);
  const seconds = (sum(({ wallMs }) => wallMs) / 1000).toFixed(2);
  const verdict = failed === 0 ? styled('green', 'all as expected') : styled('red', `${failed} failed`);
  return `\n${ran.length} ${ran.length === 1 ? 'scenario' : 'scenarios'}, ${verdict}: ${met} of ${expectations} expectations met, ${days} days simulated in ${seconds} s`;
}

/** The reservoir of the scenario in which belief and truth part most. */
function curves(ran: readonly Ran[]): string {
  const gap = ({
    result: {
      curves: { believed, true: really },
    },
  }: Ran) => Math.max(...believed.map((value, i) => Math.abs(value - (really[i] ?? 0))));
  const widest = ran.reduce<Ran | undefined>(
    (best, one) => (best === undefined || gap(one) > gap(best) ? one : best),
    undefined,
  );
  if (widest === undefined) return '';
  const { believed, true: really } = widest.result.curves;
  const most = Math.max(...believed, ...really);
  return table([
    [`\nReservoir in "${widest.scenario.title}"`],
    [`  believed ${sparkline(believed, most)}`],
    [`  true     ${sparkline(really, most)}`],
  ]);
}

function whereNext(shipped: boolean): string {
  const lines = ['', 'Where next:'];
  if (shipped)
    lines.push(`  npx thecal tell ${word(shown(join(SHIPPED, 'silent-over-infusion.yaml')))}   one scenario as prose`);
  lines.push(
    '  npx thecal --help                                  every command',
    '  README.md, docs/                                   a first session, the chart, the scenario format',
  );
  return lines.join('\n');
}

function asJson(ran: readonly Ran[]) {
  const failed = ran.filter(({ problems }) => problems.length > 0).length;
  return {
    scenarios: ran.map(({ id, file, scenario, result, breaks, wallMs, problems }) => ({
      id,
      title: scenario.title,
      file,
      passed: problems.length === 0,
      expectations: result.expectations,
      simulatedMs: result.simulatedMs,
      wallMs: Math.round(wallMs * 1000) / 1000,
      events: result.events,
      ...(result.failures.length > 0 && { failures: result.failures.map(failureJson) }),
      ...addedJson({ breaks, result }),
    })),
    passed: ran.length - failed,
    failed,
  };
}
