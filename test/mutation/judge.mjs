/*
 * What became of the mutants of the rule files: how many the tests told, and of those they did not, why not. Begun by
 * `npm run mutation` when Stryker is done.
 *
 *   node test/mutation/judge.mjs [report.json…]
 *
 * A mutant that survives is refused by the compiler, which counts as Stryker counts such ones: not at all. Or it has a
 * reason in `survivors.yaml`. Exits 1 where one has neither, where a reason is for none, and below 90 %.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LEAST = 90;
const say = (line = '') => process.stdout.write(`${line}\n`);

const reports = process.argv.length > 2 ? process.argv.slice(2) : [join(ROOT, 'reports/mutation/mutation.json')];
const TOLD = ['Killed', 'Timeout', 'RuntimeError'];
const placeOf = ({ location: { start, end }, replacement }) =>
  `${start.line}:${start.column}-${end.line}:${end.column} ${replacement}`;
/** The test files that are to tell; one that cannot be loaded is left out by Stryker, and nothing is said. */
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');
const LIST = ['list', '--filesOnly', '--json', '--root', ROOT, '--config', join(ROOT, 'test/mutation/config.ts')];
const tests = JSON.parse(execFileSync(process.execPath, [VITEST, ...LIST], { encoding: 'utf8' }));
const ran = new Set();

/** Every file with its source and its mutants; one that several reports have is told where one of them tells it. */
const files = new Map();
for (const path of reports) {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  for (const name of Object.keys(report.testFiles)) ran.add(name);
  for (const [name, { source, mutants }] of Object.entries(report.files)) {
    const file = files.get(name) ?? { source, mutants: new Map() };
    if (file.source !== source) throw new Error(`${path} is of another ${name} than the reports before`);
    for (const mutant of mutants)
      if (!TOLD.includes(file.mutants.get(placeOf(mutant))?.status)) file.mutants.set(placeOf(mutant), mutant);
    files.set(name, file);
  }
}
const missing = tests.map(({ file }) => relative(ROOT, file)).filter((name) => !ran.has(name));
if (missing.length > 0) throw new Error(`tests that told nothing, as they did not run: ${missing.join(', ')}`);

/** A copy of what the firmware is compiled from, in which a mutant can be tried. */
const bench = mkdtempSync(join(tmpdir(), 'thecal-mutants-'));
process.on('exit', () => rmSync(bench, { recursive: true }));
for (const name of ['shared', 'firmware-sim', 'tsconfig.base.json', 'package.json'])
  cpSync(join(ROOT, name), join(bench, name), { recursive: true });
symlinkSync(join(ROOT, 'node_modules'), join(bench, 'node_modules'));
const options = { composite: false, noEmit: true };
writeFileSync(
  join(bench, 'tsconfig.json'),
  JSON.stringify({ extends: './tsconfig.base.json', compilerOptions: options, include: ['shared', 'firmware-sim'] }),
);

function compiles() {
  try {
    execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', bench], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
if (!compiles()) throw new Error('the firmware does not compile as it is');

/** Where in a text a line and a column are, both counted from 1. */
function offsetOf(text, { line, column }) {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}

/** Whether the compiler takes a mutant. */
function isProgram(path, source, { location, replacement }) {
  const mutated =
    source.slice(0, offsetOf(source, location.start)) + replacement + source.slice(offsetOf(source, location.end));
  writeFileSync(join(bench, path), mutated);
  const taken = compiles();
  writeFileSync(join(bench, path), source);
  return taken;
}

/** `{ file: [{ at: the line it begins on, becomes: [replacements], because }] }` */
const REASONS = parse(readFileSync(join(ROOT, 'test/mutation/survivors.yaml'), 'utf8')) ?? {};
const used = new Set();
const squeezed = (text) => text.replace(/\s+/gu, ' ').trim();
/** The words of an error that only a broken invariant throws. */
const ofInvariant = (line, { mutatorName }) => mutatorName === 'StringLiteral' && /\bsure\(|\bError\(/u.test(line);

function reasonFor(name, line, mutant) {
  if (ofInvariant(line, mutant)) return 'the words of an error that nothing reaches';
  const reason = (REASONS[name] ?? []).find(
    ({ at, becomes }) => squeezed(at) === line && becomes.map(squeezed).includes(squeezed(mutant.replacement)),
  );
  if (reason === undefined) return undefined;
  used.add(reason);
  return reason.because;
}

const unexplained = {};
let [told, reasoned, refused] = [0, 0, 0];
say('file                     told  refused by the compiler  survive');
for (const [path, { source, mutants: byPlace }] of files) {
  const name = basename(path);
  const mutants = [...byPlace.values()];
  const caught = mutants.filter(({ status }) => TOLD.includes(status)).length;
  const left = mutants.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status));
  const survivors = left.filter((mutant) => isProgram(path, source, mutant));
  told += caught;
  refused += left.length - survivors.length;
  say(
    `${name.padEnd(22)} ${String(caught).padStart(6)} ${String(left.length - survivors.length).padStart(24)} ${String(survivors.length).padStart(8)}`,
  );
  for (const mutant of survivors) {
    const line = squeezed(source.split('\n')[mutant.location.start.line - 1]);
    const because = reasonFor(name, line, mutant);
    if (because !== undefined) {
      reasoned += 1;
      say(`  ${line}\n    as ${squeezed(mutant.replacement)}: ${because}`);
      continue;
    }
    unexplained[name] ??= [];
    const same = unexplained[name].find(({ at }) => at === line);
    if (same === undefined) unexplained[name].push({ at: line, becomes: [mutant.replacement], because: '' });
    else same.becomes.push(mutant.replacement);
  }
}

const open = Object.values(unexplained).flatMap((all) => all.flatMap(({ becomes }) => becomes));
const share = (100 * told) / (told + reasoned + open.length);
const stale = [...files.keys()].flatMap((path) =>
  (REASONS[basename(path)] ?? []).filter((reason) => !used.has(reason)),
);
if (open.length > 0) say(`\nsurvive, and survivors.yaml gives no reason:\n${stringify(unexplained, { lineWidth: 0 })}`);
for (const { at } of stale) say(`survivors.yaml gives a reason for what does not survive: ${at}`);
say(
  `\n${share.toFixed(1)} % of ${told + reasoned + open.length} mutants that are programs are told; ${reasoned} survive with a reason, ${open.length} without; the compiler refuses ${refused} more`,
);
if (open.length > 0 || stale.length > 0 || share < LEAST) process.exitCode = 1;
