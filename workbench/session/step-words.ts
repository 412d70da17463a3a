import { INFUSION_WORDS, LOG_WORDS, RESERVOIR_WORDS } from '../../programmer/index.ts';
import { ALARMS, type DrugName, formatDuration } from '../../shared/index.ts';
import type { Condition, Step } from '../scenario/schema.ts';
import { actOf } from '../scenario/story.ts';
import { actSentence, REFUSED_WORDS } from '../tell.ts';
import { readLine, stepOf } from './read-line.ts';

function conditionSentence({ alarm, infusion, level, refused, log }: Condition): string {
  if (alarm !== undefined) return `the pump alarms: ${ALARMS[alarm].text.toLowerCase()}`;
  if (infusion !== undefined) return `the pump is at: ${INFUSION_WORDS[infusion]}`;
  if (level !== undefined) return `the reservoir, as counted, is ${RESERVOIR_WORDS[level]}`;
  if (refused !== undefined) return `something is refused: ${REFUSED_WORDS[refused]}`;
  return log === undefined ? 'the reservoir truly runs dry' : `the log says: ${LOG_WORDS[log]}`;
}

/** When a step comes; undefined where it comes at once. */
function whenOf({ at, after, until, every, for: lasts }: Step): string | undefined {
  if (at !== undefined) return `at ${formatDuration(at)}`;
  if (after !== undefined) return `after ${formatDuration(after)}`;
  if (until !== undefined) return `wait until ${conditionSentence(until)}`;
  if (every === undefined) return undefined;
  return `every ${formatDuration(every)}${lasts === undefined ? '' : ` for ${formatDuration(lasts)}`}`;
}

/** A step as a person would say it: "after 1d: hands ask the patient"; `inPump` is the drug of a dose without one. */
export function stepSentence(step: Step, inPump: DrugName | undefined): string {
  const act = actOf(step);
  const what = act === undefined ? undefined : actSentence(act.by, { ...act.act }, inPump);
  return [whenOf(step), what].filter((part) => part !== undefined).join(': ') || 'look at what is expected';
}

/** A line of the console that is a step, said so; an act may be given as values in JSON. Undefined of any other line. */
export function lineSentence(line: string, isAct: boolean, inPump: DrugName | undefined): string | undefined {
  const read = isAct ? ({ kind: 'step', ...stepOf(JSON.parse(line)) } as const) : readLine(line);
  return read.kind === 'step' ? stepSentence(read.step, inPump) : undefined;
}
