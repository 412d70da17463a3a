import { expectedOne } from '../../shared/index.ts';
import { complete } from '../session/complete.ts';
import { helpAll, helpOn } from '../session/help.ts';
import { keysOf, LineError } from '../session/read-line.ts';
import { acts, firstWords, isView, SHORT, type ViewName } from '../session/vocabulary.ts';
import type { Mode } from './debrief.ts';

/*
 * The words of a learner: those of a session, without what is the case's to decide and, in an assessment, without what tells
 * what nobody at the bedside can see. Whoever asks what there is is told of no others: a list of faults is a list of answers.
 */

/** What shows what nobody at the bedside can see: nothing for an assessment. */
const HIDDEN: readonly ViewName[] = ['belief', 'truth', 'why', 'log', 'history'];
/** What is of a story, which a case has none of. */
const NO_STORY: readonly ViewName[] = ['next', 'skip'];
/** Keys of a step that ask what is so. */
const ASKING: readonly string[] = ['until', 'atMost', 'expect'];
/** Words of a lesson that only practice has. */
const COACHING: readonly string[] = ['hint'];

const OWN = {
  briefing: 'who, where and what for, and what the patient says',
  hint: 'what might help now',
  measure: 'does something beside the pump that the case offers: measure NAME; without one, what there is',
  done: 'says that there is nothing left to do: the rest of the time passes, then comes the debrief',
} as const;

/** What a learner did with such a word, to be read later. */
export const WORDS_SAID: Readonly<Record<string, string>> = {
  briefing: 'the briefing is read again',
  hint: 'a hint is asked for',
  measure: 'what could be done beside the pump is looked through',
  done: 'there is nothing left to do',
};

/** Words of a lesson beside those of a session, and what each is. */
export const lessonWords = (mode: Mode): readonly (readonly [word: string, about: string])[] =>
  Object.entries(OWN).filter(([word]) => mode === 'practice' || !COACHING.includes(word));

/** Whether a word that a session knows is a learner's too. */
function isFor(mode: Mode, word: string): boolean {
  if (isView(word)) return !NO_STORY.includes(word) && (mode === 'practice' || !HIDDEN.includes(word));
  if (word === 'world' || acts().get(word) === 'world') return false;
  return mode === 'practice' || !ASKING.includes(word);
}

/** Every word that a learner's line can begin with. */
const wordsOf = (mode: Mode): readonly string[] =>
  [...firstWords().filter((word) => isFor(mode, word)), ...lessonWords(mode).map(([word]) => word)].sort();

/** Why a line is not for a learner; undefined where it is, or where a session tells what is wrong with it. */
export function notForLearner(mode: Mode, line: string): string | undefined {
  const [, first = ''] = /^\s*([^\s:]*)/u.exec(line) ?? [];
  if (first === '' || first.startsWith('#') || first.startsWith('{')) return notAmong(mode, () => keysOf(line));
  if (!firstWords().includes(first)) return `"${first.slice(0, 60)}" is no act: ${expectedOne(wordsOf(mode), first)}`;
  if (isView(first) && NO_STORY.includes(first)) return `${first}: a case has no story to be played`;
  if (isView(first) && !isFor(mode, first))
    return `${first}: not before the debrief: find it out at the bedside or with the programmer`;
  return isView(first) ? undefined : notAmong(mode, () => keysOf(line));
}

/** The same of a step, given as the values that stand in a file. */
export const stepNotForLearner = (mode: Mode, value: unknown): string | undefined =>
  notAmong(mode, () => (typeof value === 'object' && value !== null ? Object.keys(value) : []));

function notAmong(mode: Mode, keys: () => readonly string[]): string | undefined {
  try {
    const given = keys();
    // Said before anything that stands there is read: what was expected there would be a list of faults.
    if (given.includes('world')) return 'world: what breaks is for the case to decide';
    return given.every((key) => isFor(mode, key))
      ? undefined
      : 'expect, until: not before the debrief: expected an act, or a time such as "after 2h"';
  } catch (error) {
    if (error instanceof LineError) return undefined;
    throw error;
  }
}

/** What a learner's line can be, or what an act takes. Throws LineError where there is none of that name. */
export function helpFor(mode: Mode, name: string): string {
  const own = lessonWords(mode);
  if (name === '') return helpAll((word) => isFor(mode, word), own);
  const about = own.find(([word]) => word === name)?.[1];
  if (about !== undefined) return `${name}: ${about}`;
  const [word = ''] = name.split(/[\s.]+/u);
  if (SHORT.has(name) || (firstWords().includes(word) && isFor(mode, word))) return helpOn(name);
  throw new LineError(`help: "${name.slice(0, 60)}": ${expectedOne(wordsOf(mode), name)}`);
}

/** What a learner's line could go on with, and the piece of it that would be replaced. */
export const completeFor = (mode: Mode, line: string): [hits: string[], piece: string] => complete(line, wordsOf(mode));
