import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { type DrugName, doseRate, expectedOne, unitOf } from '../../shared/index.ts';
import {
  drawPump,
  MEASURES,
  type MeasureName,
  Notable,
  nameOf,
  type Plan,
  profileHeader,
  rowOf,
  type TraceHeader,
  type TraceRecord,
  watchedLife,
} from '../index.ts';
import { planIn, planSource } from './campaign-files.ts';
import type { ReplayFlags } from './campaign-flags.ts';
import { EXIT, Unusable } from './exit.ts';
import { mustBeWritable, shown, version } from './files.ts';
import { note, out, table } from './print.ts';

/** Lives one pump alone, in one arm or in all, and prints its rows; what to end with. */
export function replayPump(path: string, flags: ReplayFlags): number {
  const plan = planIn(planSource(path, flags));
  const { pump, arm: only, trace } = flags;
  const names = plan.arms.map(({ name }) => name);
  if (pump > plan.pumps) throw new Unusable(`--pump ${pump}: expected a number from 1 to ${plan.pumps}`);
  if (only !== undefined && !names.includes(only)) throw new Unusable(`--arm ${only}: ${expectedOne(names, only)}`);
  if (trace !== undefined) mustBeWritable([trace], [path], 'the plan');
  const written = trace === undefined ? undefined : new WholeFile(trace);
  try {
    const arms = names.flatMap((name, i) => (only === undefined || name === only ? [i] : []));
    const lived = arms.map((arm) => replayed(plan, arm, pump, (line) => written?.line(JSON.stringify(line))));
    written?.keep();
    const head = ['', ...arms.map((arm) => names[arm] ?? ''), ''];
    const rows = plan.columns.map((name, i) => [
      name,
      ...lived.map(({ row, drug }) => valueText(name, row[i + 2] ?? null, drug)),
      MEASURES[name].about,
    ]);
    out(table([head, ...rows]));
    for (const { name, notable } of lived) out(`\n${[name, ...notable.map((line) => `  ${line}`)].join('\n')}`);
    if (trace !== undefined) note(`${shown(trace)}: its trace`);
    const breaches = lived.flatMap((each) => each.breaches);
    for (const breach of breaches) note(breach);
    return breaches.length > 0 ? EXIT.broken : EXIT.met;
  } finally {
    written?.drop();
  }
}

/** The row of a life, what was notable in it, and the always-true rules it broke. */
function replayed(plan: Plan, at: number, pump: number, line: (line: TraceHeader | TraceRecord) => void) {
  const arm = plan.arms[at];
  if (arm === undefined) throw new Error(`there is no arm ${at}`);
  const { sheet, seed, start } = drawPump(plan, arm, pump);
  const name = nameOf(arm, pump);
  line({
    trace: 'thecal.trace/1',
    thecal: version(),
    scenario: name,
    ...profileHeader(sheet),
    seed,
    executor: 'table',
  });
  const notable = new Notable();
  const { measured, breaches } = watchedLife(plan, arm, pump, (record) => {
    notable.take(record);
    line(record);
  });
  const drug = start.fill.solution?.[0]?.name;
  return { name, drug, row: rowOf(plan, pump, at, measured), notable: notable.lines, breaches };
}

/** A value as it stands in the row; a dose exactly, in the unit its drug is prescribed in. */
function valueText(name: MeasureName, value: number | null, drug: DrugName | undefined): string {
  if (value === null) return '-';
  if (MEASURES[name].unit !== 'ngPerDay' || drug === undefined) return `${value}`;
  return doseRate.format(doseRate.of(value), NG_DECIMALS, `${unitOf(drug)}/day`);
}

/** Decimals a dose in mg has, to the ng. */
const NG_DECIMALS = 6;

/** Written at once when it has so many characters. */
const CHUNK = 1_000_000;

/** A file that is written line by line, too long to be held, and is there whole or not at all. */
class WholeFile {
  readonly #path: string;
  readonly #part: string;
  readonly #file: number;
  #kept = '';
  #isOpen = true;

  constructor(path: string) {
    this.#path = path;
    this.#part = `${path}.${process.pid}.part`;
    this.#file = openSync(this.#part, 'w');
  }

  line(text: string): void {
    this.#kept += `${text}\n`;
    if (this.#kept.length < CHUNK) return;
    writeSync(this.#file, this.#kept);
    this.#kept = '';
  }

  keep(): void {
    writeSync(this.#file, this.#kept);
    this.#close();
    renameSync(this.#part, this.#path);
  }

  /** What was not kept is taken away. */
  drop(): void {
    this.#close();
    rmSync(this.#part, { force: true });
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#file);
    this.#isOpen = false;
  }
}
