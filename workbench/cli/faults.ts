import type { Command } from 'commander';
import { expectedOne } from '../../shared/index.ts';
import { FAULT_NAMES, FAULT_SHEETS, type FaultName, faultsIn, WORLD_ACTS } from '../index.ts';
import { Unusable } from './exit.ts';
import { readScenarios } from './files.ts';
import { out, table, wrap } from './print.ts';

export function faultsCommand(program: Command): void {
  program
    .command('faults')
    .description('list everything that can go wrong, or what to expect of one fault and where it is replayed')
    .argument('[name]', 'a fault')
    .option('--json', 'print JSON')
    .action((name: string | undefined, { json }: { readonly json?: true }) => {
      const names = name === undefined ? FAULT_NAMES : [faultCalled(name)];
      const replayed = replays();
      const sheets = names.map((each) => sheetOf(each, replayed.get(each)));
      if (json) out(JSON.stringify(sheets, null, 2));
      else out(name === undefined ? list(sheets) : sheets.map(text).join('\n'));
    });
}

function faultCalled(name: string): FaultName {
  const found = FAULT_NAMES.find((fault) => fault === name);
  if (found !== undefined) return found;
  const speaking = FAULT_NAMES.filter((fault) => tellsOf(fault).includes(name.toLowerCase()));
  if (speaking.length > 0) throw new Unusable(`no fault "${name}"; of it tell ${speaking.join(', ')}`);
  throw new Unusable(`no fault "${name}": ${expectedOne(FAULT_NAMES, name)}`);
}

/** All that is said of a fault, in small letters. */
const tellsOf = (name: FaultName): string =>
  [WORLD_ACTS[name], ...Object.values(FAULT_SHEETS[name]).flat()].join(' ').toLowerCase();

type Sheet = ReturnType<typeof sheetOf>;

const sheetOf = (name: FaultName, replayed: readonly string[] = []) => ({
  name,
  what: WORLD_ACTS[name],
  ...FAULT_SHEETS[name],
  scenarios: replayed,
});

/** In which shipped scenarios each fault comes. */
function replays(): ReadonlyMap<FaultName, readonly string[]> {
  const found = new Map<FaultName, string[]>();
  for (const { id, loaded } of readScenarios([]))
    for (const fault of faultsIn(loaded.scenario)) found.set(fault, [...(found.get(fault) ?? []), id]);
  return found;
}

const list = (sheets: readonly Sheet[]): string =>
  [
    table(sheets.map(({ name, what }) => [name, what])),
    '',
    'In a step:            world: { flowBias: +15 % }',
    'From the beginning:   faults: [{ flowBias: +15 % }]',
    'By chance:            hazards: [{ world: { begins: stall }, share: 2.4 %, unapproved: 7 %, within: 2374d }]',
    'Without a file:       thecal run FILE --break "flowBias=+15 %@30d"',
    'At a pump that runs:  world flowBias +15 %, in thecal console or thecal hands',
    '',
    'thecal faults NAME says what to expect of one.',
  ].join('\n');

const WIDTH = 100;
const part = (head: string, lines: readonly string[]): string[] => ['', head, ...lines.map((line) => `  ${line}`)];

const text = ({ name, what, written, pump, expect, scenarios }: Sheet): string =>
  [
    name,
    ...wrap(what, WIDTH),
    ...part('written', written),
    ...part('what the pump makes of it', wrap(pump, WIDTH)),
    ...part('what is true, and who finds out', wrap(expect, WIDTH)),
    ...part('replayed in', scenarios.length === 0 ? ['no shipped scenario'] : scenarios),
  ].join('\n');
