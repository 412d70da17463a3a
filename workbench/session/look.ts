import { BELIEF, PATIENT, TRUTH, type View } from '../scenario/readings.ts';
import { LineError } from './read-line.ts';
import { screenText, warningText } from './telling.ts';
import { historyText, logText, readingsText, whyText } from './views.ts';
import type { ViewName } from './vocabulary.ts';
import type { Watcher } from './watcher.ts';

/** How many log records are shown unless more are asked for. */
const LOG_SHOWN = 20;
/** Most of anything that can be asked for at once. */
const MOST = 100_000;

const NO_SESSION = 'No session has been opened: interrogate the pump first.';

/** What is only looked at: it changes nothing and is not recorded. */
export function look(
  view: Exclude<ViewName, 'next' | 'skip' | 'note' | 'help'>,
  rest: string,
  given: View,
  watcher: Watcher,
): string {
  const { sim } = given;
  switch (view) {
    case 'screen':
      return [...warningText(sim.screen()), ...screenText(sim.screen())].join('\n');
    case 'report':
      return watcher.report?.trimEnd() ?? NO_SESSION;
    case 'card':
      return watcher.card?.trimEnd() ?? NO_SESSION;
    case 'history':
      return historyText(watcher.history, sim.profile);
    case 'log':
      return logText(watcher.log, countIn(view, rest, LOG_SHOWN));
    case 'belief':
      return readingsText(BELIEF, given);
    case 'truth':
      return [
        readingsText(TRUTH, given),
        '  the patient, as the teaching model has it:',
        readingsText(PATIENT, given),
      ].join('\n');
    case 'why':
      return whyText(watcher.records, sim.now);
    case 'quit':
      return '';
  }
}

/** The count after a word, such as 3 in "next 3". Throws LineError. */
export function countIn(word: string, rest: string, otherwise: number): number {
  if (rest === '') return otherwise;
  const count = Number(rest);
  if (/^\d{1,6}$/u.test(rest) && count >= 1 && count <= MOST) return count;
  throw new LineError(`${word}: "${rest.slice(0, 60)}": expected a whole number from 1 to ${MOST}`);
}
