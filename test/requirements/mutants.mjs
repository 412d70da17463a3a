/*
 * Each requirement's tests on the program as a mutant has changed it: they fail. On the program as it is they pass.
 * Prints what catches what. All runs share one vitest, so that a mutant costs no more than its tests and one changed
 * file.
 *
 *   node test/requirements/mutants.mjs [id…]
 *
 * Exits 1 where a mutant survives, where its place is not there just once, or where a test fails without one.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HERE = 'test/requirements';
const wanted = process.argv.slice(2);
const say = (line) => process.stdout.write(`${line}\n`);

/** The mutant that is at work, and how it changes a file. */
let change = null;
const plugin = {
  name: 'mutant',
  enforce: 'pre',
  load: (id) => (id === change?.file ? change.text(readFileSync(id, 'utf8')) : undefined),
};

const options = { root: ROOT, config: false, watch: false, reporters: [{}], include: [`${HERE}/*.test.ts`] };
const vitest = await createVitest('test', { ...options, pool: 'threads', testTimeout: 60_000 }, { plugins: [plugin] });
const { MUTANTS, mutated } = await vitest.import(join(ROOT, HERE, 'mutants.ts'));
const { filesOf } = await vitest.import(join(ROOT, HERE, 'places.ts'));
const places = filesOf();
const project = vitest.getRootProject();

/** What becomes of the tests of some requirements: the state of each, by its title. */
async function testsOf(ids) {
  const files = new Set(ids.flatMap((id) => places.get(id) ?? []).map((name) => join(ROOT, HERE, name)));
  const testNamePattern = new RegExp(`^(${ids.join('|')}) `);
  const specifications = [...files].map((file) => project.createSpecification(file, { testNamePattern }));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const tests = testModules.flatMap((module) => [...module.children.allTests()]);
  const states = tests.map((test) => [test.name, test.result().state]).filter(([, state]) => state !== 'skipped');
  // A file that can't be loaded has no tests.
  const broken = testModules.filter((module) => module.state() === 'failed' && module.children.size === 0);
  return [...states, ...[...broken, ...unhandledErrors].map(() => ['a file', 'failed'])];
}

const problems = [];
const told = (id, text, isRight) => {
  say(`${isRight ? '✓' : '✗'} ${id.padEnd(6)} ${text}`);
  if (!isRight) problems.push(`${id} ${text}`);
};

const mutants = MUTANTS.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
for (const mutant of mutants) {
  const { id, what, file } = mutant;
  const path = join(ROOT, file);
  try {
    mutated(readFileSync(path, 'utf8'), mutant);
  } catch (error) {
    told(id, error.message, false);
    continue;
  }
  change = { file: path, text: (text) => mutated(text, mutant) };
  vitest.invalidateFile(path);
  const isCaught = (await testsOf([id])).some(([, state]) => state === 'failed');
  change = null;
  vitest.invalidateFile(path);
  told(id, isCaught ? what : `survives: ${what}`, isCaught);
}
// Last, so that no mutant can have been left at work either.
const ids = [...new Set(mutants.map(({ id }) => id))];
const asItIs = await testsOf(ids);
for (const [title, state] of asItIs)
  if (state !== 'passed') told(title.split(' ')[0], `${state} without a mutant: ${title}`, false);
for (const id of ids) if (!asItIs.some(([title]) => title.startsWith(`${id} `))) told(id, 'has no test', false);
await vitest.close();
say(problems.length === 0 ? `all ${mutants.length} mutants are caught` : `not right:\n${problems.join('\n')}`);
process.exit(problems.length === 0 ? 0 : 1);
