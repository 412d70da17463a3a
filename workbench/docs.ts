import { BODY, FINDINGS, PHARMACOLOGY, plainChart, SIGNS } from '../firmware-sim/index.ts';
import { type Line, PARAMETER_NAMES, PARAMETERS } from '../shared/index.ts';
import { campaignJsonSchema } from './campaign/schema.ts';
import { mermaid } from './diagram.ts';
import { failureTables, type Shipped } from './failures.ts';
import { profileJsonSchema } from './profile/schema.ts';
import { protocolTables } from './protocol-tables.ts';
import { libraryJsonSchema } from './scenario/library.ts';
import { READINGS, type Reading } from './scenario/readings.ts';
import { scenarioJsonSchema } from './scenario/schema.ts';
import { NEW_CASE } from './training/new-case.ts';
import { caseJsonSchema } from './training/schema.ts';

/**
 * The files of docs/ that are wholly or partly generated, as they should be. `read` gives a file as it is;
 * `shipped` are the scenarios that come with it. What stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->` is replaced.
 */
export function generated(read: (name: string) => string, shipped: readonly Shipped[]): Record<string, string> {
  const { index, events } = failureTables(shipped);
  return {
    'failures.md': fill(fill(read('failures.md'), 'index', index), 'events', events),
    'body.md': fill(read('body.md'), 'pharmacology', pharmacologyTable()),
    'educators.md': fill(fill(read('educators.md'), 'case', `\`\`\`yaml\n${NEW_CASE}\`\`\``), 'found', foundTable()),
    'chart.md': fill(read('chart.md'), 'chart', `\`\`\`mermaid\n${mermaid(plainChart)}\`\`\``),
    'protocol.md': Object.entries(protocolTables()).reduce(
      (text, [name, content]) => fill(text, name, content),
      read('protocol.md'),
    ),
    'scenarios.md': fill(read('scenarios.md'), 'readings', readingTables()),
    'profiles.md': fill(read('profiles.md'), 'parameters', parameterTable()),
    'campaign.schema.json': `${JSON.stringify(campaignJsonSchema(), null, 2)}\n`,
    'case.schema.json': `${JSON.stringify(caseJsonSchema(), null, 2)}\n`,
    'drug-library.schema.json': `${JSON.stringify(libraryJsonSchema(), null, 2)}\n`,
    'profile.schema.json': `${JSON.stringify(profileJsonSchema(), null, 2)}\n`,
    'scenario.schema.json': `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`,
  };
}

function fill(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`no ${begin} … ${end} to fill`);
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`;
}

/** What the teaching model of the body rests on. */
function pharmacologyTable(): string {
  const row = (what: string, name: string, { value, unit, status, source }: Line) =>
    `| ${what} | ${name} | ${value} ${unit} | ${status} | ${source} |`;
  const ofDrugs = Object.entries(PHARMACOLOGY).flatMap(([drug, { volume, clearance, borne, borneInBlood }]) => [
    row(drug, 'spreads in', volume),
    row(drug, 'cleared', clearance),
    row(drug, 'borne in the CSF', borne),
    row(drug, 'borne in the blood', borneInBlood),
  ]);
  return [
    '| drug | what | value | status | source |',
    '|---|---|---|---|---|',
    ...ofDrugs,
    row('every drug', 'of what is outside the dura, into the CSF', BODY.epiduralToCsf),
    row('every drug', 'half taken up from outside the dura', BODY.epiduralHalfLife),
    row('every drug', 'half taken up from under the skin', BODY.depotHalfLife),
    row('every drug', 'half gone from the blood', BODY.bloodHalfLife),
    row('every drug', 'time to get used to a level', BODY.adaptation),
  ].join('\n');
}

/** What hands may find, as files and as people say it. */
function foundTable(): string {
  const signs = Object.entries(SIGNS).map(([name, { says }]) => [name, says] as const);
  const rows = [...signs, ...Object.entries(FINDINGS)].map(([name, says]) => `| \`${name}\` | ${says} |`);
  return ['| `found` | what the learner reads |', '|---|---|', ...rows].join('\n');
}

function readingTables(): string {
  const rows = Object.entries(READINGS).flatMap(([group, table]) =>
    Object.entries(table).map(([name, reading]) => `| \`${group}.${name}\` | ${kindOf(reading)} | ${reading.about} |`),
  );
  return ['| expectation | value | what it is |', '|---|---|---|', ...rows].join('\n');
}

function parameterTable(): string {
  const rows = PARAMETER_NAMES.map((name) => {
    const { about, units } = PARAMETERS[name];
    return `| \`${name}\` | ${units.join(', ')} | ${about.replaceAll(' | ', ', ')} |`;
  });
  return ['| parameter | unit | what it is |', '|---|---|---|', ...rows].join('\n');
}

const KINDS: Readonly<Record<Reading['kind'], string>> = {
  volume: 'volume',
  total: 'volume',
  rate: 'rate',
  doseRate: 'dose per day',
  mass: 'mass',
  level: 'level',
  concentration: 'concentration',
  duration: 'time',
  count: 'number',
  text: 'text',
};

const kindOf = ({ kind, choices }: Reading): string =>
  choices?.map((choice) => `\`${choice}\``).join(', ') ?? KINDS[kind];
