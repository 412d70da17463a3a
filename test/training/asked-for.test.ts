import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CaseError, loadCase } from '../../workbench/index.ts';
import { ACTORS } from '../../workbench/scenario/schema.ts';
import { actsOf, formOfKey } from '../../workbench/session/vocabulary.ts';
import { argumentsOf } from '../../workbench/training/arguments.ts';
import { ROOT } from '../integration/cli.ts';
import { caseWith, judged, READ } from './small-case.ts';

/*
 * What a rubric may ask for of an act: what was entered with it, and what came of it.
 */

const asked = (what: string) => `  - { id: asked, says: s, expert: e, ${what} }`;
const met = (what: string, ...lines: readonly string[]) => judged(asked(what), lines)['asked'];
const problemsOf = (what: string): string => {
  try {
    loadCase(caseWith(`${READ}\n${asked(what)}`).replace('at: $days d', 'at: 3d'), 1);
    return '';
  } catch (error) {
    if (error instanceof CaseError) return error.message;
    throw error;
  }
};

describe('what was entered is asked for as it is written', () => {
  const INJECT = 'inject volume: 1 mL, baclofen: 1000 mcg/mL';
  const PRESCRIBE =
    'prescribe constant: 190 mcg/day, prime: { fill: pumpAndCatheter, catheter: 60 cm }, aboveLimits: accept';
  const CHANGE = 'edit change: +10 %, patientBolus: { dose: 10 mcg, duration: 5min, lockout: 4h, maxPerDay: 3 }';
  test.each([
    ['hands: inject, with: { baclofen: 1000 mcg/mL }', INJECT, true],
    ['hands: inject, with: { baclofen: 1 mg/mL }', INJECT, true],
    ['hands: inject, with: { baclofen: { atLeast: 1001 mcg/mL } }', INJECT, false],
    ['hands: inject, with: { baclofen: 1000 mcg/mL }', 'inject 1 mL', false],
    ['hands: inject, with: { volume: 1 mL, baclofen: none }', 'inject 1 mL', true],
    ['clinician: prescribe, with: { constant: { atMost: 0.21 mg/day } }', PRESCRIBE, true],
    ['clinician: prescribe, with: { change: any }', PRESCRIBE, false],
    ['clinician: prescribe, with: { prime: any, ceiling: none }', PRESCRIBE, true],
    ['clinician: prescribe, with: { prime.catheter: { atLeast: 50 cm } }', PRESCRIBE, true],
    ['clinician: edit, with: { change: { atLeast: +5 %, atMost: +10 % } }', CHANGE, true],
    ['clinician: edit, with: { change: { atMost: +5 % } }', CHANGE, false],
    ['clinician: edit, with: { patientBolus.lockout: { atLeast: 240min } }', CHANGE, true],
    ['clinician: edit, with: { patientBolus.maxPerDay: { atMost: 2 } }', CHANGE, false],
    ['hands: listen, with: { for: { atLeast: 1h } }', 'listen 90min', true],
    ['clinician: setAlarmInterval, with: { interval: 10min }', 'setAlarmInterval 10min', true],
  ])('{ %s } after %s: %s', (deed, line, isMet) => {
    expect(met(`did: { ${deed} }`, line)).toBe(isMet);
    expect(met(`never: { ${deed} }`, line)).toBe(!isMet);
  });

  test('every act that something is entered with says under which name', () => {
    for (const actor of ACTORS.filter((each) => each !== 'world'))
      for (const act of actsOf(actor)) {
        const names = [...argumentsOf(actor, act).keys()];
        expect(names.length > 0, act).toBe(formOfKey(actor).keys.has(act));
        if (names.length === 1 && names[0] !== 'volume')
          expect(['for', 'field', 'interval', 'alarm', 'choice', 'limits', 'serial'], act).toContain(names[0]);
      }
  });

  test.each([
    [
      'did: { clinician: prescribe, with: { bogus: 1 } }',
      'with.bogus: "bogus" is nothing that is entered with prescribe',
    ],
    ['did: { hands: inject, with: { volum: 1 mL } }', '(did you mean volume?)'],
    ['never: { hands: inject, with: { baclophen: 1 mg/mL } }', '(did you mean baclofen?)'],
    ['never: [{ clinician: edit, with: { patientBolus.lokout: 4h } }]', '(did you mean patientBolus.lockout?)'],
    ['did: { hands: [aspirate, drain], with: { volume: 1 mL } }', 'nothing is entered with drain'],
    ['did: { patient: requestBolus, with: { dose: 1 mg } }', 'nothing is entered with requestBolus'],
    ['did: { measure: callPhysician, with: { by: phone } }', 'nothing is entered with callPhysician'],
    ['did: { hands: inject, with: { volume: 1 mL/day } }', 'with.volume: "1 mL/day": expected one of "'],
    ['did: { hands: inject, with: { volume: { atLeast: 1 } } }', 'with.volume: expected one of "'],
    ['did: { hands: inject, with: { volume: {} } }', 'expected atLeast, atMost or both'],
    ['did: { clinician: refill, with: { reason: stal } }', 'did you mean stall?'],
    ['did: { clinician: refill, with: { reason: [stall, leek] } }', '"leek": expected one of'],
  ])('what nobody can have entered is refused: %s', (what, message) => {
    expect(problemsOf(what)).toContain(message);
  });
});

describe('what came of an act is asked for as what was reached', () => {
  test.each([
    ['found: noComplaint', ['askPatient'], true],
    ['found: noComplaint', ['film'], false],
    ['found: firstFilm', ['film'], true],
    ['found: rotorTurned', ['film', 'after 2h', 'film'], true],
    ['turned: { atLeast: 10 }', ['film', 'after 2h', 'film'], true],
    ['turned: 0', ['film', 'after 2h'], false],
    ['refused: alreadyRunning', ['interrogate', 'resume'], true],
    ['refused: alreadyRunning', ['interrogate', 'stop'], false],
    ['found: noComplaint, belief: { infusion: stopped }', ['askPatient', 'stop', 'askPatient'], true],
    ['found: noComplaint, belief: { infusion: stopped }', ['askPatient', 'stop'], false],
  ])('%s after %j: %s', (wanted, lines, isMet) => {
    expect(met(`reached: { ${wanted} }`, ...lines)).toBe(isMet);
  });

  test('and what is never to be refused is', () => {
    expect(met('never: { refused: alreadyRunning }', 'resume')).toBe(false);
    expect(met('never: { refused: alreadyRunning }', 'stop')).toBe(true);
  });

  test.each(['found: noComplaint', 'turned: 10', 'refused: alreadyRunning', 'retryIn: 1h', 'shortest: 5min'])(
    'in the end there is none of it: %s',
    (wanted) => {
      expect(problemsOf(`finally: { ${wanted} }`)).toContain('comes of an act: expected it in "reached"');
    },
  );
});

test('the guide names what can be entered with each act', () => {
  const guide = readFileSync(join(ROOT, 'docs', 'educators.md'), 'utf8');
  const rows = guide.split('\n').filter((row) => /^\| `(?:hands|clinician): /u.test(row));
  expect(rows.length).toBeGreaterThan(5);
  const seen = new Set<string>();
  for (const row of rows) {
    const [, first = '', names = '', examples = ''] = row.split('|');
    const [actor = '', acts = []] = [
      /(hands|clinician)/u.exec(first)?.[0],
      wordsIn(first.replace(/(hands|clinician): /u, '')),
    ];
    for (const act of acts) seen.add(`${actor} ${act}`);
    const taken = (name: string) => acts.some((act) => argumentsOf(actor, act).has(name));
    for (const name of wordsIn(names).filter((each) => each !== 'pocket' && each !== 'measured'))
      expect(taken(name), `${name} of ${acts}`).toBe(true);
    for (const [example] of examples.matchAll(/with: \{[^`]*\}/gu)) {
      const asked = acts.map((act) => problemsOf(`did: { ${actor}: ${act}, ${example} }`));
      expect(asked, example).toContain('');
    }
  }
  for (const actor of ['clinician', 'hands'])
    for (const act of formOfKey(actor).keys.keys()) expect(seen).toContain(`${actor} ${act}`);
});

const wordsIn = (cell: string): readonly string[] => [...cell.matchAll(/`(\w+)`/gu)].map(([, word = '']) => word);
