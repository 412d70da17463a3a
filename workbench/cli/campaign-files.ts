import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import {
  type CampaignResult,
  FileError,
  type Instead,
  loadPlan,
  MOST_RESULT,
  type OpenFile,
  type Plan,
  type Read,
  ResultError,
  readResult,
  resultText,
  type Shard,
  tryStarts,
} from '../index.ts';
import { Unusable } from './exit.ts';
import { filesFrom, problemText, readText, shown, version, writeWhole } from './files.ts';
import { counted, note } from './print.ts';

/** The text of a plan, where it stands, and what is asked for in its place: plain data, which can go to another thread. */
export interface PlanSource {
  readonly path: string;
  readonly text: string;
  readonly instead: Instead;
}

export const planSource = (path: string, instead: Instead): PlanSource => ({ path, text: readText(path), instead });

/** Finds the files that a plan names. */
export const besidePlan = ({ path }: PlanSource): OpenFile => filesFrom(dirname(resolve(path)));

/** The plan in a text, where that is asked for with every start tried on a pump and what is to be known of them told. Throws Unusable. */
export function planIn(source: PlanSource, isTried = false, open = besidePlan(source)): Plan {
  const { path, text, instead } = source;
  try {
    const plan = loadPlan(text, open, instead);
    const problems = isTried ? tryStarts(plan) : [];
    if (problems.length > 0) note(problemText(shown(path), { problems }));
    return plan;
  } catch (error) {
    if (error instanceof FileError) throw new Unusable(problemText(shown(path), error));
    throw error;
  }
}

/** The result in a file. Throws Unusable. */
export function resultIn(path: string): Read {
  const file = shown(path);
  return { file, result: usable(() => readResult(readText(path, MOST_RESULT)), file) };
}

/** What `work` makes of results, or of the text of a file. Throws Unusable where they are none, or do not belong together. */
export function usable<T>(work: () => T, file?: string): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ResultError)) throw error;
    const { line, column, message } = error;
    throw new Unusable(file === undefined ? message : `${file}:${line}:${column}: ${message}`);
  }
}

/** So many parts a campaign in a folder is lived in at most: what is lost when it is stopped is less than one a thread. */
const MOST_SHARDS = 200;

export const shardsOf = ({ pumps }: Plan): number => Math.min(pumps, MOST_SHARDS);

/** Says so where there are more shards than pumps: the number of them may be mistyped. */
export function mindEmpty({ pumps }: Plan, shards: number): void {
  if (shards > pumps) note(`${shards} shards of ${counted(pumps, 'pump')}: some have none`);
}

/** The folder of a campaign: a file for each shard that is done, and the result in their place once all are. */
export class CampaignFolder {
  readonly path: string;
  readonly #result: string;
  readonly #shards: string;
  readonly #csv: string;
  readonly #parquet: string;

  /** Throws Unusable where it has no name. */
  constructor(path: string) {
    if (path === '') throw new Unusable('a folder without a name: expected where to write the campaign');
    this.path = path;
    this.#csv = join(path, 'pumps.csv');
    this.#parquet = join(path, 'pumps.parquet');
    this.#result = join(path, 'result.json');
    this.#shards = join(path, 'shards');
  }

  /** The files of results that are in it. */
  get files(): readonly string[] {
    return [this.#result, ...this.#done()];
  }

  /** Whether somebody has begun to live a campaign in it. */
  get isBegun(): boolean {
    return isFolder(this.#shards);
  }

  /** Makes it, unless what it is to hold would take the place of something else. Throws Unusable. */
  make(): void {
    const lost = this.isBegun ? undefined : [this.#csv, this.#parquet].find((path) => existsSync(path));
    if (lost !== undefined)
      throw new Unusable(`${shown(lost)}: is there already, of no campaign: expected another folder by --out`);
    try {
      mkdirSync(this.#shards, { recursive: true });
    } catch (error) {
      throw new Unusable(`${this.path}: cannot be made: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** The result of the whole campaign; undefined while it is not done. */
  result(): Read | undefined {
    return existsSync(this.#result) ? resultIn(this.#result) : undefined;
  }

  /** The shards that are done. What was being written when a run was stopped has another name. */
  shards(): readonly Read[] {
    return this.#done().map(resultIn);
  }

  /** How many shards are done. */
  get done(): number {
    return this.#done().length;
  }

  #done(): readonly string[] {
    if (!existsSync(this.#shards)) return [];
    if (!this.isBegun) throw new Unusable(`${shown(this.#shards)}: is no folder: expected another folder by --out`);
    return readdirSync(this.#shards)
      .filter((name) => /^\d+-of-\d+\.json$/.test(name))
      .sort()
      .map((name) => join(this.#shards, name));
  }

  write(result: CampaignResult): void {
    const { number, of }: Shard = result.shard;
    const name = `${String(number).padStart(String(of).length, '0')}-of-${of}.json`;
    writeWhole(join(this.#shards, name), resultText(result));
  }

  /** Writes the result of the whole, and its rows, in place of the shards. */
  finish(result: CampaignResult): void {
    writeRows(result, { csv: this.#csv, parquet: this.#parquet });
    writeWhole(this.#result, resultText(result));
    rmSync(this.#shards, { recursive: true, force: true });
  }
}

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** That results are of a plan and of this version; Throws Unusable. */
export function assertOf(plan: Plan, parts: readonly Read[], of?: number): void {
  for (const { file, result } of parts) {
    const other =
      result.plan !== plan.digest
        ? `of another plan, "${result.title}", or one with other pumps or another span`
        : result.version !== version()
          ? `by another version of Thecal, ${result.version}`
          : of !== undefined && result.shard.of !== of
            ? `one of ${counted(result.shard.of, 'shard')}, not of ${of}`
            : undefined;
    if (other !== undefined) throw new Unusable(`${file}: is ${other}: expected another folder by --out`);
  }
}

/** Writes a row for each life, where that is asked for. */
export function writeRows(
  result: CampaignResult,
  { csv, parquet }: { readonly csv?: string; readonly parquet?: string },
): void {
  if (csv !== undefined) writeWhole(csv, csvOf(result));
  if (parquet !== undefined) writeWhole(parquet, parquetOf(result));
}

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function csvOf({ arms, columns, rows }: CampaignResult): string {
  const lines = rows.map(([pump, arm, ...values]) => [pump, quoted(arms[arm ?? 0] ?? ''), ...values].join(','));
  return `${[['pump', 'arm', ...columns].join(','), ...lines].join('\n')}\n`;
}

function parquetOf({ arms, columns, rows }: CampaignResult): Uint8Array {
  const columnData: ColumnSource[] = [
    { name: 'pump', data: rows.map(([pump]) => BigInt(pump ?? 0)), type: 'INT64', nullable: false },
    { name: 'arm', data: rows.map(([, arm]) => arms[arm ?? 0] ?? ''), type: 'STRING', nullable: false },
    ...columns.map((name, i): ColumnSource => {
      const data = rows.map((row) => row[i + 2] ?? null).map((value) => (value === null ? null : BigInt(value)));
      return { name, data, type: 'INT64' };
    }),
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'thecal' }));
}
