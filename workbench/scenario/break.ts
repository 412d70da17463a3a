import { parseDocument } from 'yaml';
import { didYouMean, type Instant, instant, parseDuration, UnitError } from '../../shared/index.ts';
import { WORLD_ACTS } from '../act.ts';
import type { AddedFault } from '../added-faults.ts';
import { worldAct } from './acts.ts';
import { readBy } from './issues.ts';

/** A fault added to a run from outside its scenario, as it was written: `flowBias=+60%@30d`. */
export interface Break extends AddedFault {
  readonly text: string;
}

/** A fault that cannot be read: what was written, and what was expected. */
export class BreakError extends Error {
  override readonly name = 'BreakError';
}

const MOST_CHARACTERS = 1000;
const FORM = 'expected a fault and when it comes, such as "flowBias=+60%@30d"';
const KNOWN = `the faults known are\n${Object.entries(WORLD_ACTS)
  .map(([name, about]) => `  ${name}: ${about}`)
  .join('\n')}`;

/**
 * Reads `NAME=VALUE@TIME`: a world act as a scenario has it, its value in YAML, and the time since the simulation
 * began. Without a time it is there from the start; without a value it is a fault that takes none. Throws BreakError.
 */
export function parseBreak(text: string): Break {
  const fail = (message: string): never => {
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    throw new BreakError(`"${shown}": ${message}`);
  };
  if (text.length > MOST_CHARACTERS) fail(`${text.length} characters: ${FORM}`);
  const split = text.lastIndexOf('@');
  const [fault, time] = split === -1 ? [text, undefined] : [text.slice(0, split), text.slice(split + 1)];
  const [, name = '', value] = /^([^=]*?)\s*(?:=([\s\S]*))?$/.exec(fault.trim()) ?? [];
  if (name === '') fail(`${FORM}; ${KNOWN}`);
  if (value?.trim() === '') fail(`nothing after "${name}=": ${FORM}`);
  const read = readBy(worldAct, value === undefined ? name : { [name]: yaml(value, fail) });
  if (read.success) return { text, at: time === undefined ? instant(0) : timeOf(time, fail), act: read.data };
  if (!Object.hasOwn(WORLD_ACTS, name))
    fail(`no fault "${name}"${didYouMean(Object.keys(WORLD_ACTS), name)}; ${KNOWN}`);
  if (value === undefined) return fail(`${name} needs a value, such as "${name}=VALUE@30d"; ${KNOWN}`);
  return fail(read.problems.map(({ message }) => message).join('; '));
}

function timeOf(text: string, fail: (message: string) => never): Instant {
  try {
    return instant(parseDuration(text));
  } catch (error) {
    if (error instanceof UnitError) return fail(`after "@", ${error.message}`);
    throw error;
  }
}

function yaml(text: string, fail: (message: string) => never): unknown {
  const document = parseDocument(text, { schema: 'core', resolveKnownTags: false, prettyErrors: false });
  const [first] = [...document.errors, ...document.warnings];
  if (first !== undefined) fail(`not YAML after "=": ${first.message}`);
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    return fail(`not YAML after "=": ${error instanceof Error ? error.message : error}`);
  }
}
