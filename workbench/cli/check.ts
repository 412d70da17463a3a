import { basename, dirname } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  CaseError,
  type Debrief,
  formatDuration,
  isCaseText,
  isDebriefText,
  isLibraryText,
  isPlanText,
  isProfileText,
  type LoadedCase,
  learnerProblems,
  loadCase,
  loadLibrary,
  loadPlan,
  loadProfile,
  type OpenFile,
  tryStarts,
} from '../index.ts';
import { debriefIn, MOST_DEBRIEF } from './debrief.ts';
import { filesFrom, problemText, readEach, scenarioIn, version } from './files.ts';
import { counted, note, out } from './print.ts';

export function checkCommand(program: Command): void {
  program
    .command('check')
    .description(
      'check that scenarios, profiles, drug libraries and campaigns can be read, without running them, and that training cases are taken as they say',
    )
    .argument('[paths...]', 'files, or folders of them')
    .addOption(
      new Option('--seeds <n>', 'with how many seeds the three learners of a training case take it')
        .argParser(seeds)
        .default(3),
    )
    .action((paths: string[], flags: { readonly seeds: number }) => {
      const titles = readEach(
        paths,
        (path, file, text) => [`${file}: ${titleOf(path, file, text, flags.seeds)}`],
        MOST_DEBRIEF,
      );
      for (const title of titles) out(title);
    });
}

const MOST_SEEDS = 1000;

function seeds(value: string): number {
  const number = Number(value);
  if (/^\d{1,4}$/.test(value) && number >= 1 && number <= MOST_SEEDS) return number;
  throw new InvalidArgumentError(`expected a whole number from 1 to ${MOST_SEEDS}.`);
}

/** What is in a file. Throws FileError. */
function titleOf(path: string, file: string, text: string, taken: number): string {
  if (isDebriefText(text)) return debriefTitle(debriefIn(file, text));
  if (isProfileText(text)) return profileTitle(text);
  if (isCaseText(text)) return caseTitle(path, text, taken);
  if (isPlanText(text)) return planTitle(path, file, text);
  return isLibraryText(text) ? libraryTitle(text) : scenarioIn(path, file, text).loaded.scenario.title;
}

/** What a drug library is called, and how many drugs it knows. Throws LibraryError. */
function libraryTitle(text: string): string {
  const { name, version, drugs } = loadLibrary(text);
  const count = Object.keys(drugs).length;
  return `${name} ${version} (a drug library, ${counted(count, 'drug')})`;
}

/** What a campaign asks, of how many. Throws PlanError. */
function planTitle(path: string, file: string, text: string): string {
  const plan = loadPlan(text, filesFrom(dirname(path)));
  const problems = tryStarts(plan);
  if (problems.length > 0) note(problemText(file, { problems }));
  const { title, pumps, arms, span } = plan;
  return `${title} (a campaign, ${counted(pumps, 'pump')}, ${formatDuration(span)}, ${counted(arms.length, 'arm')})`;
}

/** With so many seeds a case is read at least: what one draws may fit where what another draws does not. */
const LEAST_READ = 20;

/** What a case is called, and by how many it was taken. Throws CaseError where it is not as it says. */
function caseTitle(path: string, text: string, taken: number): string {
  const open = filesFrom(dirname(path));
  const all = casesOf(text, open, Math.max(LEAST_READ, taken));
  const problems = learnerProblems(all.slice(0, taken), { id: basename(path), version: version() });
  if (problems.length > 0) throw new CaseError(problems);
  const [first] = all;
  const tried = taken === 1 ? 'seed 0' : `seeds 0 to ${taken - 1}`;
  return `${first?.lesson.title} (a training case, ${first?.lesson.rubric.length} lines of rubric; taken by expert, passive and mistaken with ${tried})`;
}

/** A case as each of so many seeds makes it. Throws CaseError, with the seed where another makes one that can be read. */
function casesOf(text: string, open: OpenFile, count: number): readonly LoadedCase[] {
  const cases: LoadedCase[] = [];
  let wrong: { readonly seed: number; readonly error: CaseError } | undefined;
  for (let seed = 0; seed < count; seed += 1)
    try {
      cases.push(loadCase(text, seed, open));
    } catch (error) {
      if (!(error instanceof CaseError)) throw error;
      wrong ??= { seed, error };
    }
  if (wrong === undefined) return cases;
  const { seed, error } = wrong;
  if (cases.length === 0) throw error;
  throw new CaseError(error.problems.map((each) => ({ ...each, message: `${each.message} (seed ${seed})` })));
}

/** What a debrief is of. */
const debriefTitle = ({ case: { title }, learner, seed }: Debrief): string =>
  `${title} (a debrief${learner === null ? '' : ` of ${learner}`}, seed ${seed})`;

/** What a profile is called, and what it is like. Throws ProfileError. */
function profileTitle(text: string): string {
  const { sheet, like, own } = loadProfile(text);
  const lines = `${counted(own.length, 'line')} of its own`;
  return `${sheet.title} (a profile${like === undefined ? '' : ` like ${like}`}, ${lines})`;
}
