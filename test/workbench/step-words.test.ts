import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { lineSentence, loadScenario } from '../../workbench/index.ts';
import { stepSentence } from '../../workbench/session/step-words.ts';
import { SHIPPED } from '../integration/cli.ts';

test.each([
  ['hands enterScanner: 1.5 T', 'hands bring the patient into a scanner of 1.5 T'],
  ['{ after: 1d, patient: requestBolus }', 'after 1d: patient asks for a bolus'],
  ['{ until: { alarm: lowReservoir }, atMost: 60d }', 'wait until the pump alarms: low reservoir'],
  ['{ until: { level: low }, atMost: 60d }', 'wait until the reservoir, as counted, is low'],
  ['{ until: { infusion: basal }, atMost: 60d }', 'wait until the pump is at: basal delivery'],
  [
    '{ until: { refused: lockedOut }, atMost: 60d }',
    'wait until something is refused: the lockout interval has not passed',
  ],
  ['{ until: { log: bolusDenied }, atMost: 60d }', 'wait until the log says: patient bolus denied'],
  ['{ until: { truth: dry }, atMost: 60d }', 'wait until the reservoir truly runs dry'],
  ['{ at: 2h }', 'at 2h'],
  ['{ patient: requestBolus, every: 4h, for: 20d }', 'every 4h for 20d: patient asks for a bolus'],
  ['inject 20 mL', 'hands inject 20 mL'],
  ['expect alarms: []', 'look at what is expected'],
  ['truth', undefined],
])('%s is said as: %s', (line, says) => {
  expect(lineSentence(line, false, undefined)).toBe(says);
});

test('every step of shipped scenarios is said without a brace', () => {
  const some = SHIPPED.filter((_, i) => i % 8 === 0);
  const said = some.flatMap((file) => {
    const open = (path: string) => ({ file: path, text: readFileSync(join(dirname(file), path), 'utf8') });
    const { scenario } = loadScenario(readFileSync(file, 'utf8'), open);
    return scenario.story.map((step) => stepSentence(step, undefined));
  });
  expect(said.filter((text) => /[{}[\]"]|undefined|NaN/.test(text))).toEqual([]);
  expect(said.length).toBeGreaterThan(60);
});
