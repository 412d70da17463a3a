import { formatDuration, parseDuration, span } from '../../shared/index.ts';
import type { Written } from './bed.ts';

/*
 * Shrinking takes what was drawn back towards the simplest draw, each part by itself. What it leaves is a scenario, and
 * of a scenario more can be taken away: a step with its time kept, several steps at once, any key that is no more needed.
 */

interface Fields {
  readonly [key: string]: Written | undefined;
}
const isFields = (value: Written | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const timeOf = ({ after }: Fields): number => (typeof after === 'string' ? parseDuration(after) : 0);
const later = (step: Fields, by: number): Fields =>
  by === 0 ? step : { ...step, after: formatDuration(span(timeOf(step) + by)) };

/** A story without some steps in a row; the time before them is waited before the next, or left out too. */
function* withoutSteps(story: readonly Fields[]): Generator<readonly Fields[]> {
  for (let size = story.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = story.length - size; from >= 0; from -= size) {
      const [left, gone, [next, ...rest]] = [
        story.slice(0, from),
        story.slice(from, from + size),
        story.slice(from + size),
      ];
      yield [...left, ...story.slice(from + size)];
      const time = gone.reduce((sum, step) => sum + timeOf(step), 0);
      if (time > 0 && next !== undefined) yield [...left, later(next, time), ...rest];
    }
  }
}

/** A time with fewer parts: of "1h 12min 3s", "1h" and "1h 12min". */
function* rounder(time: string): Generator<string> {
  const parts = time.split(' ');
  for (let count = 1; count < parts.length; count += 1) yield parts.slice(0, count).join(' ');
}

/** A value with one part of it, however deep, taken away, or with a rounder time. */
function* withoutParts(value: Written | undefined): Generator<Written> {
  if (Array.isArray(value)) {
    for (const [i, each] of value.entries()) {
      yield value.toSpliced(i, 1);
      for (const simpler of withoutParts(each)) yield value.with(i, simpler);
    }
  } else if (isFields(value)) {
    for (const [key, each] of Object.entries(value)) {
      const { [key]: _, ...rest } = value;
      yield rest;
      for (const simpler of withoutParts(each)) yield { ...value, [key]: simpler };
      if (key === 'after' && typeof each === 'string')
        for (const time of rounder(each)) yield { ...value, after: time };
    }
  }
}

function* simpler(scenario: Fields): Generator<Fields> {
  const { story, ...rest } = scenario;
  const steps = Array.isArray(story) ? story.filter(isFields) : [];
  for (const fewer of withoutSteps(steps)) yield { ...scenario, story: fewer };
  for (const fewer of withoutParts(rest)) if (isFields(fewer)) yield { ...fewer, story: steps };
  for (const fewer of withoutParts(steps)) yield { ...scenario, story: fewer };
}

/** The simplest scenario found of which something still holds; `holds` says no to what is no scenario. */
export function reduced(scenario: Written, holds: (scenario: Written) => boolean): Written {
  if (!isFields(scenario)) return scenario;
  let simplest: Fields = scenario;
  for (let found: Fields | undefined = simplest; found !== undefined; ) {
    found = undefined;
    for (const one of simpler(simplest)) {
      if (!holds(one)) continue;
      [found, simplest] = [one, one];
      break;
    }
  }
  return simplest;
}
