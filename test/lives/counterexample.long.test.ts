import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadScenario } from '../../workbench/index.ts';
import { folder, thecal } from '../integration/cli.ts';
import { ran } from './lived.ts';
import { firstBroken, toldOf } from './property.ts';
import { copyWith } from './sabotaged.ts';

/** What is changed, the lives that show it first, the rule they break, and the most acts that may be left. */
const CHANGED = [
  {
    what: 'a firmware that keeps no lockout',
    source: 'firmware-sim/firmware/rules/lockout.js',
    find: 'lockedUntil !== null && at < lockedUntil;',
    replace: 'false;',
    seed: 3,
    says: 'always-true rule 3 broken',
    acts: 3,
  },
  {
    what: 'a rule that forbids a quarter of what a pump may command',
    source: 'workbench/invariants/limits.js',
    find: 'commanded > profile.rateMaximum',
    replace: 'commanded > profile.rateMaximum / 4',
    seed: 1,
    says: 'always-true rule 1 broken',
    acts: 3,
  },
] as const;

test.each(CHANGED)(
  '$what is found, and the file that is printed replays it',
  async ({ source, find, replace, ...of }) => {
    const { root, run } = await copyWith(source, find, replace);
    const found = firstBroken({ numRuns: 300, seed: of.seed, run });
    if (found === undefined) throw new Error('no life shows it');
    const place = folder();
    const said = toldOf(found, place, run);
    expect(said).toContain(of.says);
    expect(said).toContain('replays it to the last record of the trace.');
    expect(found.acts).toBeLessThanOrEqual(of.acts);

    const path = `${place}/${found.name}.yaml`;
    const text = readFileSync(path, 'utf8');
    expect(said).toContain(text);
    expect(ran(loadScenario(text), found.life.executor, run).breach).toEqual(found.lived.breach);

    const replayed = thecal(['run', '--executor', found.life.executor, path], { root });
    expect(replayed.err).toContain(of.says);
    expect(replayed.code).toBe(3);
    // Left alone, the program breaks no rule in it; a press that it now refuses was granted there.
    expect([0, 1]).toContain(thecal(['run', '--executor', found.life.executor, path]).code);
  },
);
