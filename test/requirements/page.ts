import { PARAMETER_NAMES, PROFILES } from '../../shared/index.ts';
import { ITEMS, type Item } from './items.ts';

/** What a requirement's tests came to in a run. */
export type Verdict = 'passes' | 'fails';

/** The page that lists every requirement: where it comes from, where its test is, and what that came to. */
export function page(places: ReadonlyMap<string, readonly string[]>, verdicts: ReadonlyMap<string, Verdict>): string {
  const row = ({ id, source, says }: Item): string => {
    const files = (places.get(id) ?? []).map((name) => `[${name}](../test/requirements/${name})`).join(', ');
    return `| ${id} | ${source} | ${says} | ${files} | ${verdicts.get(id) ?? 'has no test'} |`;
  };
  return `# Requirements

What a pump must do, from public requirement sets for infusion pumps and from bugs seen in other simulators, in our own
words. Each has a test of its name in \`test/requirements/\` and a mutant, a change of one place of the program, that the
test catches (\`npm run mutants\`). AT items are those of the profile \`generic-pca\`; R items hold on every profile that
comes with Thecal, three of them every day and all in the long run. \`npm run requirements\` runs the tests and writes this page.

| id | source | what it says | test | verdict |
|---|---|---|---|---|
${ITEMS.map(row).join('\n')}

## Where the generic PCA pump does not do all that is asked for

| id | what, and why |
|---|---|
${ITEMS.flatMap(({ id, but }) => (but === undefined ? [] : [`| ${id} | ${but} |`])).join('\n')}

## Where other profiles decide otherwise

| id | parameter | ${PROFILES.map(({ name }) => name).join(' | ')} | why |
|---|---|${PROFILES.map(() => '---|').join('')}---|
${ITEMS.flatMap(({ id, otherwise }) => (otherwise === undefined ? [] : [otherwiseRow(id, otherwise)])).join('\n')}
`;
}

function otherwiseRow(id: string, { parameter, why }: NonNullable<Item['otherwise']>): string {
  const values = PROFILES.map(({ parameters }) => {
    const name = PARAMETER_NAMES.find((known) => known === parameter);
    if (name === undefined) return 'no such parameter';
    const { value, unit, status } = parameters[name];
    return ['choice', 'count', 'sensors'].includes(unit) ? `${value} (${status})` : `${value} ${unit} (${status})`;
  });
  return `| ${id} | ${parameter} | ${values.join(' | ')} | ${why} |`;
}

/** The verdicts of the tests that ran, by their titles and whether they passed. */
export function verdictsOf(ran: readonly { readonly title: string; readonly status: string }[]): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  for (const { title, status } of ran) {
    const id = title.split(' ')[0] ?? '';
    if (!ITEMS.some((item) => item.id === id)) continue;
    verdicts.set(id, status === 'passed' && verdicts.get(id) !== 'fails' ? 'passes' : 'fails');
  }
  return verdicts;
}
