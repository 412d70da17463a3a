import type { Life } from './life.ts';
import type { AskName, Question } from './protocol.ts';
import { Unanswerable } from './unanswerable.ts';

/** What changes nothing. */
export const LOOKS: ReadonlySet<AskName> = new Set<AskName>([
  'trace',
  'aspirated',
  'log',
  'recorded',
  'timeline',
  'xray',
  'curves',
  'faults',
  'records',
  'chain',
  'chart',
  'profile',
  'runScenario',
  'cases',
  'addCase',
  'caseTold',
  'caseBehind',
  'prescriptions',
  'usage',
]);
/** What shows what nobody at the bedside can see. */
const REVEALS: ReadonlySet<AskName> = new Set<AskName>([
  'trace',
  'recorded',
  'xray',
  'curves',
  'faults',
  'records',
  'chain',
]);
const GOES_BACK: ReadonlySet<AskName> = new Set<AskName>(['rewind', 'branch']);

/** Until an assessment is over, the page is not told what is hidden, and nobody goes back. Throws Unanswerable. */
export function mustBeAllowed({ ask, give }: Question, isInstructor: boolean, life: Life | undefined): void {
  if (ask === 'caseBehind' && !isInstructor) throw new Unanswerable('it is for the instructor');
  // Not after the debrief either: it has told what there was to be found.
  if (GOES_BACK.has(ask) && life?.lesson?.mode === 'assessment')
    throw new Unanswerable('nobody goes back in an assessment');
  if (life?.isHiding !== true) return;
  const isRevealed = REVEALS.has(ask) || (ask === 'run' && give.stop !== undefined);
  if (isRevealed && !isInstructor) throw new Unanswerable('not before the debrief');
}
