import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ExecutorName } from '../../firmware-sim/index.ts';
import { formatDuration, MS_PER_DAY, readProfile, span } from '../../shared/index.ts';
import {
  assertProfile,
  type Break,
  coverageReport,
  type Failure,
  farPumps,
  LEFT,
  type LifeCurves,
  type PumpMaker,
  type ReportedRun,
  reportHtml,
  sparkline,
} from '../index.ts';
import type { Bridge } from '../node/bridge.ts';
import { FarRefusal } from '../node/connection-lost.ts';
import { addedJson, addedText, hazardsJson, hazardsText } from './added.ts';
import { coverageJson, coverageText } from './coverage.ts';
import { asUnusable } from './elsewhere.ts';
import { EXIT, Unusable } from './exit.ts';
import { mustBeWritable, readScenarios, type ScenarioFile, SHIPPED, shown, version, writeWhole } from './files.ts';
import { junit } from './junit.ts';
import { breakOption, executorOption, jobsOption, seedOption, url } from './options.ts';
import { counted, note, out, styled, table, word } from './print.ts';
import type { Ran } from './ran.ts';
import { type Done, runOne, type Task } from './run-one.ts';
import { sideBySide, threadsFor } from './side-by-side.ts';

interface RunFlags {
  readonly json?: true;
  readonly junit?: string;
  readonly trace?: string;
  readonly report?: string;
  readonly executor: ExecutorName;
  readonly seed?: number;
  readonly break: readonly Break[];
  readonly coverage?: true;
  readonly jobs?: number;
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
    .option('--report <file>', 'write one page with the curves of every scenario, to open in a browser or print')
    .addOption(executorOption())
    .addOption(seedOption())
    .addOption(breakOption())
    .option('--coverage', 'list what no scenario exercised, and why')
    .addOption(jobsOption())
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
  if (flags.jobs !== undefined) throw new Unusable('--jobs is for many pumps: expected it without --pump');
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
      assertProfile(bridge, readProfile(loaded.scenario.profile));
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
  for (const name of ['junit', 'report'] as const)
    if (flags[name] === '-') throw new Unusable(`--${name} - is no file: expected the name of one`);
  const files = readScenarios(paths);
  mustBeWritable(
    [flags.junit, flags.report, flags.trace].flatMap((path) => (path === undefined || path === '-' ? [] : [path])),
    files.map(({ file }) => file),
    'a scenario',
  );
  if (bridge !== undefined) assertProfiles(files, bridge);
  const traces: string[] = [];
  const ran: Ran[] = [];
  const reported: ReportedRun[] = [];
  const exercised = new Set<string>();
  const began = performance.now();
  const say = flags.json || flags.trace === '-' ? note : out;
  for await (const done of runAll(files, flags, bridge && farPumps(bridge))) {
    const one = done.ran;
    ran.push(one);
    if (done.trace !== undefined) traces.push(done.trace);
    if (done.life !== undefined) reported.push(reportedOf(one, done.life));
    for (const item of done.exercised) exercised.add(item);
    if (!flags.json) say(summaryLine(one));
    for (const problem of one.problems) note(problem.replace(/^.*/, (head) => styled('red', head, process.stderr)));
  }
  if (flags.trace === '-') process.stdout.write(`${traces.join('\n')}\n`);
  else if (flags.trace !== undefined) writeWhole(flags.trace, `${traces.join('\n')}\n`);
  if (flags.junit !== undefined) writeWhole(flags.junit, junit(ran));
  if (flags.report !== undefined) writeWhole(flags.report, reportHtml(reported, version()));
  // The reasons are about the shipped scenarios as they stand.
  const asShipped = paths.length === 0 && flags.break.length === 0 && flags.seed === undefined;
  const covered = flags.coverage && coverageReport(exercised, LEFT, asShipped ? 'is wrong' : 'may be');
  if (flags.json) out(JSON.stringify({ ...asJson(ran), ...(covered && { coverage: coverageJson(covered) }) }));
  else {
    say(totalLine(ran, performance.now() - began));
    say(curves(ran));
    if (covered !== undefined) say(coverageText(covered));
    note(whereNext(paths.length === 0));
  }
  if (ran.some(({ result }) => result.breaches.length > 0)) return EXIT.broken;
  return ran.some(({ problems }) => problems.length > 0) ? EXIT.failed : EXIT.met;
}

const reportedOf = ({ id, scenario, result, problems }: Ran, life: LifeCurves): ReportedRun => ({
  id,
  title: scenario.title,
  about: scenario.about,
  source: scenario.source?.join('; '),
  expectations: result.expectations,
  problems,
  simulatedMs: result.simulatedMs,
  life,
});

/** What becomes of each scenario, in the order of the files: in this thread, or in several where that pays. */
function runAll(files: readonly ScenarioFile[], flags: RunFlags, pump: PumpMaker | undefined): AsyncGenerator<Done> {
  const { executor, seed, break: breaks, trace, coverage = false } = flags;
  const tasks = files.map(
    ({ id, file, text, loaded: { scenario } }): Task => ({
      ...{ id, file, text, scenario, executor, seed, breaks, coverage },
      trace: trace !== undefined,
      report: flags.report !== undefined,
    }),
  );
  const cores = pump === undefined ? availableParallelism() : 1;
  const threads =
    flags.jobs === undefined
      ? threadsFor(
          tasks.map(({ scenario }) => scenario),
          cores,
        )
      : Math.min(flags.jobs, tasks.length);
  return threads > 1 ? sideBySide(tasks, threads) : inTurn(tasks, pump);
}

async function* inTurn(tasks: readonly Task[], pump: PumpMaker | undefined): AsyncGenerator<Done> {
  for (const task of tasks) {
    yield runOne(task, pump);
    // A turn of the loop lets an interruption in.
    await nextTurn();
  }
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

function summaryLine({ scenario, result, breaks, problems, wallMs }: Ran): string {
  const mark = problems.length === 0 ? styled('green', '✓') : styled('red', '✗');
  const { expectations, failures, simulatedMs } = result;
  const met = `${expectations - failures.length}/${expectations} met`;
  return `${mark} ${scenario.title}  ${styled('dim', `${formatDuration(span(simulatedMs))}, ${met}, ${wallMs.toFixed(0)} ms`)}${addedText({ breaks, result })}${hazardsText(result)}`;
}

function totalLine(ran: readonly Ran[], wallMs: number): string {
  const sum = (of: (one: Ran) => number) => ran.reduce((total, one) => total + of(one), 0);
  const failed = ran.filter(({ problems }) => problems.length > 0).length;
  const expectations = sum(({ result }) => result.expectations);
  const met = expectations - sum(({ result }) => result.failures.length);
  const days = Math.round(sum(({ result }) => result.simulatedMs) / MS_PER_DAY);
  const seconds = (wallMs / 1000).toFixed(2);
  const verdict = failed === 0 ? styled('green', 'all as expected') : styled('red', `${failed} failed`);
  return `\n${counted(ran.length, 'scenario')}, ${verdict}: ${met} of ${expectations} expectations met, ${days} days simulated in ${seconds} s`;
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
      ...hazardsJson(result),
    })),
    passed: ran.length - failed,
    failed,
  };
}
