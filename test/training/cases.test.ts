import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { LoadedCase } from '../../workbench/index.ts';
import type { CaseFile } from '../../workbench/training/schema.ts';
import { of, SHIPPED, takenByThree } from './cases.ts';

describe('every third case is for who knows what to do, and not for who waits or errs', () => {
  test.each([...SHIPPED.keys()].filter((_, i) => i % 3 === 0))('%s', takenByThree);
});

/** What a case keeps from its learner: what is hidden, what an expert does, and what was drawn of it. */
function secretsOf(name: string, { lesson, values }: LoadedCase): readonly string[] {
  const { title, briefing, complaint, hidden, measures }: CaseFile = parse(SHIPPED.get(name) ?? '');
  const isIn = (drawn: string, ...texts: readonly unknown[]) => JSON.stringify(texts).includes(`$${drawn}`);
  const drawn = Object.keys(values).filter(
    (each) => isIn(each, hidden) && !isIn(each, title, briefing, complaint, measures),
  );
  return [
    ...lesson.hidden.trim().split(/(?<=[.:;])\s+/),
    ...lesson.rubric.map(({ expert }) => expert),
    ...drawn.map((each) => String(values[each])).filter((value) => /\d/.test(value)),
  ].map(oneLine);
}
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** The secrets of a case that stand in what its learner is told before it begins. */
function toldOf({ lesson }: Pick<LoadedCase, 'lesson'>, secrets: readonly string[]): readonly string[] {
  const { title, briefing, complaint, measures = {} } = lesson;
  const told = oneLine([title, briefing, complaint, ...Object.values(measures).map(({ says }) => says)].join(' '));
  // 3h does not stand in 13h.
  return secrets.filter((secret) =>
    told
      .split(secret)
      .slice(0, -1)
      .some((before) => !/\d[\d.]*$/.test(before)),
  );
}

describe('what a case says of itself', () => {
  test.each([...SHIPPED.keys()])('%s hides what it hides, and would be found to tell it', (name) => {
    const loaded = of(name, 3);
    const secrets = secretsOf(name, loaded);
    expect(secrets.length).toBeGreaterThan(2);
    expect(toldOf(loaded, secrets)).toEqual([]);
    const { lesson } = loaded;
    const leaking = (secret: string) => ({ lesson: { ...lesson, complaint: `${lesson.complaint}\n${secret}` } });
    for (const secret of secrets) expect(toldOf(leaking(secret), secrets)).toContain(secret);
  });
});
