import type { Scenario } from './scenario/schema.ts';

/** A scenario that is shipped, by the name of its file. */
export interface Shipped {
  readonly file: string;
  readonly scenario: Pick<Scenario, 'title' | 'source' | 'record'>;
}

type OnRecord = Shipped & { readonly scenario: { readonly record: NonNullable<Scenario['record']> } };

const isOnRecord = (each: Shipped): each is OnRecord => each.scenario.record !== undefined;

/** Kinds of id in the order in which they stand: what devices did, what is told of one family of pumps, what clinics do. */
const KINDS = ['F-', 'SC', 'C-'];
const placeOf = (id: string): number =>
  KINDS.findIndex((kind) => id.startsWith(kind)) * 1000 + Number(id.replace(/\D/g, ''));

const first = ({ scenario }: OnRecord): number => Math.min(...scenario.record.of.map(placeOf));

/** Everything on record that a shipped scenario replays: a list by id, and what there is to know of each. */
export function failureTables(shipped: readonly Shipped[]): { readonly index: string; readonly events: string } {
  const recorded = shipped.filter(isOnRecord).sort((a, b) => first(a) - first(b));
  const rows = recorded
    .flatMap((each) => each.scenario.record.of.map((id) => ({ id, ...each })))
    .sort((a, b) => placeOf(a.id) - placeOf(b.id))
    .map(({ id, file, scenario }) => `| ${id} | [${scenario.title}](../scenarios/${file}) |`);
  return {
    index: ['| id | event |', '|---|---|', ...rows].join('\n'),
    events: recorded.map(eventText).join('\n\n'),
  };
}

function eventText({ file, scenario: { title, source = [], record } }: OnRecord): string {
  return [
    `### ${title}`,
    '',
    `${record.of.join(', ')}: [\`${file}\`](../scenarios/${file})`,
    '',
    `- **Believed**: ${record.belief}`,
    `- **True**: ${record.truth}`,
    `- **Seen**: ${record.seen}`,
    `- **Lesson**: ${record.lesson}`,
    ...source.map((each) => `- Source: ${each}`),
  ].join('\n');
}
