import type { DrugLibrary } from '../../programmer/index.ts';
import {
  type DeviceProfile,
  type Duration,
  digestOf,
  fromJson,
  readProfile,
  type WallClock,
} from '../../shared/index.ts';
import { namedParts } from '../scenario/document.ts';
import { readBy } from '../scenario/issues.ts';
import type { OpenFile } from '../scenario/named-file.ts';
import { implausible } from '../scenario/plausible.ts';
import { FileError, type Path, type Problem } from '../scenario/problem.ts';
import { span } from '../scenario/text.ts';
import { isOfSort, type Locate, readYamlText, type Sort } from '../scenario/yaml-text.ts';
import { type Choice, distributionSchema, examplesOf, isDistribution, settled } from './distribution.ts';
import { columnsOf, type MeasureName } from './measures.ts';
import { type PER_VISIT, type PlanFile, planSchema, type Setting, settingSchema } from './schema.ts';

/** A plan of a campaign that cannot be used. */
export class PlanError extends FileError {
  override readonly name = 'PlanError';
}

const PLAN: Sort = { name: 'campaign', plural: 'campaigns', head: 'campaign', error: PlanError };

/** Whether a text says of itself that it is a plan of a campaign, whatever else may be wrong with it. */
export const isPlanText = (text: string): boolean => isOfSort(text, PLAN);

/** A variant that is compared with others: what is written of a pump in it, with nothing drawn. */
export interface Arm {
  readonly name: string;
  readonly written: Readonly<Record<string, unknown>>;
}

/** What a plan names rather than says. */
export interface Named {
  readonly sheet: ReturnType<typeof namedParts>['profile'];
  readonly device: DeviceProfile;
  readonly library: DrugLibrary | null | undefined;
}

/** A start that a pump of a plan may have, and where its parts stand. */
export interface PossibleStart {
  readonly setting: Setting;
  readonly where: Locate;
}

/** A plan that can be carried out. */
export interface Plan {
  readonly title: string;
  readonly seed: number;
  readonly pumps: number;
  readonly span: Duration;
  readonly clock: WallClock;
  readonly measure: PlanFile['measure'];
  readonly columns: readonly MeasureName[];
  /** At least one; where the plan names none, the one is called "all". */
  readonly arms: readonly Arm[];
  /** Every start that differs by more than a number between the ends of a range. */
  readonly starts: readonly PossibleStart[];
  /** What stands behind the names of a profile and a library that a pump of this plan may have. */
  readonly named: (of: Pick<Setting, 'profile' | 'library'>) => Named;
  /** Of all that decides what becomes of its pumps. */
  readonly digest: string;
}

/** What is asked for in place of what the plan says. */
export interface Instead {
  readonly pumps?: number | undefined;
  readonly span?: Duration | undefined;
}

const ONLY_ARM = 'all';
const OF_PUMP = Object.keys(settingSchema.shape);

/**
 * Reads a plan from its text; `open` gives the text of a file that it names. Every value that a pump may draw from a
 * list, and the ends of every range, are read. Throws PlanError with every problem found.
 */
export function loadPlan(text: string, open?: OpenFile, instead: Instead = {}): Plan {
  const { value, locate } = readYamlText(text, PLAN);
  const parsed = readBy(planSchema, value, locate);
  if (!parsed.success) throw new PlanError(parsed.problems);
  const { title, seed, pumps, span: lasting, clock, measure, arms: written = {} } = parsed.data;
  const base = Object.fromEntries(Object.entries(parsed.data).filter(([key]) => OF_PUMP.includes(key)));
  const overlays = Object.entries(written);
  const arms: Arm[] =
    overlays.length === 0
      ? [{ name: ONLY_ARM, written: base }]
      : overlays.map(([name, overlay]) => ({ name, written: overlaid(base, overlay) as Arm['written'] }));
  const named = new Map<string, Named>();
  const starts = new Map<string, PossibleStart>();
  const problems = arms.flatMap(({ name, written: whole }) => {
    const overlay = written[name];
    const where: Locate = (path, key) =>
      overlay !== undefined && isOf(overlay, path) ? locate(['arms', name, ...path], key) : locate(path, key);
    return problemsOf(whole, where, (setting) => {
      const parts = namedParts({ profile: setting.profile, library: setting.library }, where, open);
      named.set(keyOf(setting), { sheet: parts.profile, device: readProfile(parts.profile), library: parts.library });
      const { profile, library, start, faults, clinic } = setting;
      starts.set(JSON.stringify({ profile, library, start, faults, margin: clinic.margin }), { setting, where });
      return implausible({ profile: parts.profile, clock, start, story: [] });
    });
  });
  if (problems.length > 0) throw new PlanError(onceEach(problems));
  const plan = { seed, pumps: instead.pumps ?? pumps, span: instead.span ?? lasting };
  const parts = [...named].map(([key, { sheet, library = null }]) => [key, { sheet, library }]);
  return {
    title,
    ...plan,
    clock,
    measure,
    columns: columnsOf(measure),
    arms,
    starts: [...starts.values()],
    named: (of) => {
      const found = named.get(keyOf(of));
      if (found === undefined) throw new Error(`a pump of ${keyOf(of)}, which was not tried`);
      return found;
    },
    digest: digestOf(fromJson(JSON.parse(JSON.stringify({ plan: { ...(value as object), ...plan }, parts })))),
  };
}

const keyOf = ({ profile, library }: Pick<Setting, 'profile' | 'library'>): string =>
  library === undefined ? profile : `${profile} with ${library}`;

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isDistribution(value);

/** What an arm says in place of what stands below it, key by key; lists and distributions are replaced whole. */
function overlaid(base: unknown, over: unknown): unknown {
  if (!isTree(base) || !isTree(over)) return over;
  return {
    ...base,
    ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, overlaid(base[key], value)])),
  };
}

/** Whether what stands there is what an overlay says: itself, or in something that it replaces whole. */
const isOf = (overlay: unknown, [first, ...rest]: Path): boolean =>
  first === undefined || !isTree(overlay) || (Object.hasOwn(overlay, first) && isOf(overlay[first], rest));

/** Everything that is wrong with an arm: with its distributions, and with a pump of every value they name. */
function problemsOf(
  written: Arm['written'],
  locate: Locate,
  judge: (setting: Setting) => readonly { readonly path: Path; readonly message: string }[],
): readonly Problem[] {
  const wrong = distributionsIn(written).flatMap(({ value, path }) => {
    const parsed = readBy(distributionSchema, value, (below, key) => locate([...path, ...below], key));
    return parsed.success
      ? []
      : parsed.problems.map((problem) => ({ ...problem, message: `${path.join('.')}: ${problem.message}` }));
  });
  if (wrong.length > 0) return wrong;
  return examples(written).flatMap((example): readonly Problem[] => {
    const parsed = readBy(settingSchema, example, locate);
    if (!parsed.success) return parsed.problems;
    try {
      return judge(parsed.data).map(({ path, message }) => ({
        ...locate(path),
        message: `${path.join('.')}: ${message}`,
      }));
    } catch (error) {
      if (error instanceof FileError) return error.problems;
      throw error;
    }
  });
}

/** Every distribution, also those that are among the values of another. */
function distributionsIn(value: unknown, path: Path = []): { value: object; path: Path }[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, each]) =>
    distributionsIn(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return isDistribution(value) ? [{ value, path }, ...below] : below;
}

/** A pump of the first value of each distribution, and for every other value that one names a pump of that. */
function examples(written: unknown): readonly unknown[] {
  const tried = new Set<string>();
  const waiting: (readonly (readonly [at: string, i: number])[])[] = [[]];
  const found: unknown[] = [];
  for (let others = waiting.shift(); others !== undefined; others = waiting.shift()) {
    const chosen = new Map(others);
    const fixed = others;
    found.push(
      settled(written, (distribution, path): Choice => {
        const at = JSON.stringify(path);
        const all = examplesOf(distribution);
        if (!tried.has(at)) {
          tried.add(at);
          waiting.push(...all.slice(1).map((_, i) => [...fixed, [at, i + 1] as const]));
        }
        return all[chosen.get(at) ?? 0] ?? { value: undefined, path: [] };
      }),
    );
  }
  return found;
}

/** Each problem once, though many pumps have it. */
export const onceEach = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

/** What is drawn at each visit, as it is written. */
export const perVisit = ({ written }: Arm, what: (typeof PER_VISIT)[number]): unknown =>
  isTree(written['clinic']) ? written['clinic'][what] : undefined;

/** Reads a span of time that was drawn: one that has been tried as every other. */
export const readSpan = (drawn: unknown): Duration => span.parse(drawn);
