import { z } from 'zod';
import { namedParts } from '../scenario/document.ts';
import { readBy } from '../scenario/issues.ts';
import type { OpenFile } from '../scenario/named-file.ts';
import { implausible } from '../scenario/plausible.ts';
import { FileError, type Path, type Problem } from '../scenario/problem.ts';
import { isWritten } from '../scenario/schema.ts';
import { isOfSort, type Locate, readYamlText, type Sort } from '../scenario/yaml-text.ts';
import type { Opening } from '../session/opening.ts';
import { type Drawn, drawn, filled, MOST_STEPS, namesIn, valuesOf } from './draw.ts';
import {
  type CaseFile,
  caseSchema,
  type Draw,
  drawSchema,
  headSchema,
  isWrittenScript,
  type ScriptStep,
} from './schema.ts';

/** A training case that cannot be used. */
export class CaseError extends FileError {
  override readonly name = 'CaseError';
}

const CASE: Sort = { name: 'case', plural: 'cases', head: 'case', error: CaseError };

/** Whether a text says of itself that it is a training case, whatever else may be wrong with it. */
export const isCaseText = (text: string): boolean => isOfSort(text, CASE);

/** Somebody who takes the case by a script: the steps as they are written. */
export type Script = readonly ScriptStep[];

/** A case as one seed makes it. */
export interface LoadedCase {
  readonly seed: number;
  /** What was drawn, by name. */
  readonly values: Drawn;
  readonly lesson: Omit<CaseFile, 'begins' | 'learners' | 'draw'>;
  /** The pump and its story up to where the learner comes in. */
  readonly opening: Opening;
  readonly scripts: { readonly expert: Script; readonly passive: Script; readonly mistaken: Script };
  readonly error: { readonly says: string; readonly misses: readonly string[] };
  /** Where each part of it stands in its text. */
  readonly locate: Locate;
}

/**
 * Reads a case from its text, as a seed makes it; `open` gives the text of a file it names. Throws CaseError with every
 * problem found.
 */
export function loadCase(text: string, seed: number, open?: OpenFile): LoadedCase {
  const { value, locate } = readYamlText(text, CASE);
  const at = (path: Path, message: string): Problem => ({ ...locate(path), message: `${path.join('.')}: ${message}` });
  const draws = drawsIn(value, locate, at);
  const values = drawn(draws, seed, String(fieldOf(value, 'title')));
  const undrawn = new Set<string>();
  const whole = filled(value, values, (name) => void undrawn.add(name));
  const parsed = readBy(caseSchema, whole, locate);
  if (!parsed.success) throw new CaseError(parsed.problems);
  if (undrawn.size > 0)
    throw new CaseError([...undrawn].map((name) => at(['draw'], `"$${name}" stands in the case: expected it here`)));
  const { begins, learners, draw: _, ...lesson } = parsed.data;
  const written = scenarioOf(whole);
  const scripts = scriptsOf(whole);
  const named = namedParts(
    { profile: begins.profile, library: begins.library },
    (path) => locate(['begins', ...path]),
    open,
  );
  const { profile: __, library: ___, ...others } = begins;
  const scenario = { thecal: 'scenario/1' as const, title: lesson.title, ...others, ...named };
  const problems = implausible(scenario);
  if (problems.length > 0) throw new CaseError(problems.map(({ path, message }) => at(['begins', ...path], message)));
  const { error: says, misses } = learners.mistaken;
  return { seed, values, lesson, opening: { scenario, written }, scripts, error: { says, misses }, locate };
}

/** What a case is called; nothing else of it is looked at. Throws CaseError where it is no text of a case. */
export function caseTitle(text: string): string {
  const { value, locate } = readYamlText(text, CASE);
  const parsed = readBy(headSchema, value, locate);
  if (!parsed.success) throw new CaseError(parsed.problems);
  return parsed.data.title;
}

/** What a case draws. Throws CaseError where a range is none. */
function drawsIn(
  value: unknown,
  locate: Locate,
  at: (path: Path, message: string) => Problem,
): Readonly<Record<string, Draw>> {
  const given = fieldOf(value, 'draw');
  if (given === undefined) return {};
  // Before anything else: where a value is not drawn, all that it stands in would be wrong too.
  const parsed = readBy(z.object({ draw: drawSchema }), { draw: given }, locate);
  if (!parsed.success) throw new CaseError(parsed.problems);
  const { draw: draws } = parsed.data;
  const wrong = Object.entries(draws).filter(([, draw]) => !isRange(draw));
  if (wrong.length > 0)
    throw new CaseError(
      wrong.map(([name]) =>
        at(
          ['draw', name],
          `expected from, to and step in one unit, upwards, whose steps reach its end and are at most ${MOST_STEPS}, such as 2 mL, 4 mL, 0.5 mL`,
        ),
      ),
    );
  const names = Object.entries(draws).flatMap(([name, draw]) => namesIn(name, draw).map((each) => ({ each, name })));
  const twice = names.filter(({ each }, i) => names.findIndex((other) => other.each === each) < i);
  if (twice.length > 0)
    throw new CaseError(
      twice.map(({ each, name }) => at(['draw', name], `"${each}" is drawn twice: expected it once`)),
    );
  return draws;
}

/** Whether a draw is a list, or a range whose last step is its end: whoever writes an end wants it drawn. */
function isRange(draw: Draw): boolean {
  const last = valuesOf(draw)?.at(-1);
  return last !== undefined && (!('to' in draw) || Number.parseFloat(`${last}`) === Number.parseFloat(draw.to));
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

/** The beginning of a case that has been read, as the scenario it is. */
function scenarioOf(whole: unknown): Opening['written'] {
  const written = { thecal: 'scenario/1', title: fieldOf(whole, 'title'), ...(fieldOf(whole, 'begins') as object) };
  if (!isWritten(written)) throw new Error('a case that was read has no scenario');
  return written;
}

function scriptsOf(whole: unknown): LoadedCase['scripts'] {
  const learners = fieldOf(whole, 'learners');
  const script = (value: unknown) => (isWrittenScript(value) ? value : []);
  return {
    expert: script(fieldOf(learners, 'expert')),
    passive: script(fieldOf(learners, 'passive')),
    mistaken: script(fieldOf(fieldOf(learners, 'mistaken'), 'does')),
  };
}
