import type { Command } from 'commander';
import { type DrugLibrary, type LibraryDrug, SHIPPED_LIBRARY, writtenLibrary } from '../../programmer/index.ts';
import { DRUGS, expectedOne, type Json } from '../../shared/index.ts';
import { Unusable } from './exit.ts';
import { libraryOption } from './options.ts';
import { out, table } from './print.ts';
import { libraryCalled } from './sheets.ts';

interface DrugsFlags {
  readonly json?: true;
  readonly library?: string;
}

export function drugsCommand(program: Command): void {
  program
    .command('drugs')
    .description('list the drug library, or every limit of one drug with its status and source')
    .argument('[name]', 'a drug')
    .option('--json', 'print JSON, which --library takes as it is')
    .addOption(libraryOption())
    .action((name: string | undefined, { json, library: path }: DrugsFlags) => {
      const library = path === undefined ? SHIPPED_LIBRARY : libraryCalled(path);
      if (library === null) throw new Unusable('--library none: expected a file');
      if (json) out(JSON.stringify(writtenOf(library, name), null, 2));
      else out(name === undefined ? list(library) : text(library, name));
    });
}

function drugOf({ drugs }: DrugLibrary, name: string): LibraryDrug {
  const listed = DRUGS.filter((drug) => drugs[drug] !== undefined);
  const found = listed.find((drug) => drug === name);
  const drug = found === undefined ? undefined : drugs[found];
  if (drug === undefined) throw new Unusable(`no drug "${name}" in the library: ${expectedOne(listed, name)}`);
  return drug;
}

type Line = readonly [what: string, value: string, status: string, source: string];
interface Written {
  readonly value: number;
  readonly unit: string;
  readonly status: string;
  readonly source: string;
}

const lineOf = (what: string, { value, unit, status, source }: Written): Line => [
  what,
  `${value} ${unit}`,
  status,
  source,
];

function linesOf({ approved, concentrations, limits, stability }: LibraryDrug): Line[] {
  const tiers = Object.entries(limits).flatMap(([name, tier]) =>
    Object.entries(tier).map(([level, line]) => lineOf(`${name}, ${level}`, line)),
  );
  return [
    ['approved', approved.value, approved.status, approved.source],
    ...concentrations.map((line) => lineOf('sold', line)),
    ...tiers,
    ...(stability === undefined ? [] : [lineOf('stability', stability)]),
  ];
}

function list({ name, version, about = '', drugs, stamp }: DrugLibrary): string {
  const rows = DRUGS.flatMap((drug) => {
    const listed = drugs[drug];
    if (listed === undefined) return [];
    const { soft, hard } = listed.limits.dailyDose ?? {};
    const shownAs = (line: Written | undefined) => (line === undefined ? '' : `${line.value} ${line.unit}`);
    return [[drug, listed.approved.value, shownAs(soft), shownAs(hard)]];
  });
  const head = ['drug', 'approved', 'daily dose, soft', 'hard'];
  return `${name} ${version} (${stamp.digest})\n${about}\n\n${table([head, ...rows])}`;
}

function text(library: DrugLibrary, name: string): string {
  const drug = drugOf(library, name);
  return `${name}, in ${library.name} ${library.version}\n\n${table([['what', 'value', 'status', 'source'], ...linesOf(drug)])}`;
}

/** The library as a file has it, whole or with one drug alone. */
function writtenOf(library: DrugLibrary, name: string | undefined): Json {
  if (name === undefined) return writtenLibrary(library);
  return writtenLibrary({ ...library, drugs: { [name]: drugOf(library, name) } });
}
