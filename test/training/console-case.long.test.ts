import { expect, test } from 'vitest';
import { missedIn } from '../../workbench/index.ts';
import { thecal } from '../integration/cli.ts';
import { linesOf, of, SHIPPED, taken } from './cases.ts';

/*
 * Who knows what to do passes every case in the terminal; whoever waits and whoever makes the classic error fails it, and
 * reads there what was missed.
 */

const SEED = 1;

test.each([...SHIPPED.keys()].flatMap((name) => (['passive', 'mistaken'] as const).map((who) => [name, who] as const)))(
  '%s is not passed in the terminal by the %s, who reads why',
  (name, who) => {
    const { debrief } = taken(of(name, SEED), who, name);
    const { code, out } = thecal(['console', '--case', name, '--seed', `${SEED}`, '--mode', 'assessment'], {
      input: linesOf(name, who, SEED),
    });
    expect(code).toBe(1);
    expect(out).toContain('\nNOT PASSED: ');
    const missed = missedIn(debrief).map((id) => debrief.rubric.find((line) => line.id === id));
    expect(missed.length).toBeGreaterThan(0);
    for (const line of missed) {
      expect(out).toContain(`✗ ${line?.says}`);
      expect(out.replaceAll(/\s+/g, ' ')).toContain(`An expert: ${line?.expert}`.replaceAll(/\s+/g, ' '));
    }
  },
);

test.each([...SHIPPED.keys()])('%s is passed in the terminal by who knows what to do', (name) => {
  const { code, out } = thecal(['console', '--case', name, '--seed', '1', '--mode', 'assessment'], {
    input: linesOf(name, 'expert', 1),
  });
  expect(out).toContain('\nPASSED: ');
  expect(code).toBe(0);
});
