/* Runs the tests of the requirements, and writes requirements.md with what they came to. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'thecal-'));
const outputFile = join(folder, 'report.json');
const options = { root: ROOT, watch: false, project: ['everyday'], reporters: [['json', { outputFile }]] };
const vitest = await createVitest('test', options);
try {
  await vitest.start(['test/requirements/']);
  const { page, verdictsOf } = await vitest.import(join(ROOT, 'test/requirements/page.ts'));
  const { filesOf } = await vitest.import(join(ROOT, 'test/requirements/places.ts'));
  const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8'));
  const verdicts = verdictsOf(testResults.flatMap(({ assertionResults }) => assertionResults));
  writeFileSync(join(ROOT, 'docs/requirements.md'), page(filesOf(), verdicts));
  const failing = [...verdicts].filter(([, verdict]) => verdict === 'fails').map(([id]) => id);
  process.stdout.write(failing.length === 0 ? `all ${verdicts.size} pass\n` : `these fail: ${failing.join(', ')}\n`);
  process.exitCode = failing.length === 0 ? 0 : 1;
} finally {
  await vitest.close();
  rmSync(folder, { recursive: true });
}
