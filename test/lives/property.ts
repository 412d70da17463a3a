import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { runScenario } from '../../workbench/index.ts';
import { type Counterexample, counterexample, told, write } from './counterexample.ts';
import { lives } from './life.ts';
import { lived, NoScenario, type Runner } from './lived.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Where counterexamples are left. */
const FOLDER = join(ROOT, '.counterexamples');

/** Which lives are drawn. */
interface Drawing {
  readonly numRuns: number;
  readonly seed: number;
  /** Goes straight to a life that was found before. */
  readonly path?: string | undefined;
  /** What lives them; this Thecal unless given. */
  readonly run?: Runner;
}

export interface Found extends Counterexample {
  readonly name: string;
  readonly seed: number;
  readonly path: string;
}

/** The first of many random lives in which a rule is broken, made as simple as can be; undefined where there is none. */
export function firstBroken({ numRuns, seed, path = '', run = runScenario }: Drawing): Found | undefined {
  const sound = fc.property(lives, (life) => {
    const { breach, thrown } = lived(life, run);
    return breach === undefined && thrown === undefined;
  });
  const result = fc.check(sound, { numRuns, seed, path });
  if (!result.failed) return undefined;
  const [life] = result.counterexample ?? [];
  if (life === undefined || result.errorInstance instanceof NoScenario) throw result.errorInstance;
  const name = `seed-${seed}`;
  return { ...counterexample(life, name, run), name, seed, path: result.counterexamplePath ?? '' };
}

/** The seed and path to go by: those of the test, or the ones somebody asks for. */
function asked(seed: number): { readonly seed: number; readonly path?: string | undefined } {
  const { THECAL_LIVES_SEED, THECAL_LIVES_PATH } = process.env;
  return THECAL_LIVES_SEED === undefined ? { seed } : { seed: Number(THECAL_LIVES_SEED), path: THECAL_LIVES_PATH };
}

/** Throws, with a scenario file that shows it, where one of many random lives breaks an always-true rule. */
export function livesBreakNoRule(numRuns: number, seed: number, run: Runner = runScenario): void {
  const found = firstBroken({ numRuns, run, ...asked(seed) });
  if (found !== undefined) throw new Error(toldOf(found, FOLDER, run));
}

/** Leaves a counterexample in a folder; what is to be said of it. */
export function toldOf(found: Found, folder: string, run: Runner): string {
  const { name, seed, path } = found;
  const drawn = `THECAL_LIVES_SEED=${seed} THECAL_LIVES_PATH=${path} goes straight to the life it was made of.`;
  return told(found, write(found, folder, name), ROOT, drawn, run);
}
