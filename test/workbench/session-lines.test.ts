import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTORS } from '../../workbench/scenario/schema.ts';
import { complete } from '../../workbench/session/complete.ts';
import { stepForm } from '../../workbench/session/form.ts';
import { helpAll, helpOn } from '../../workbench/session/help.ts';
import { newPump } from '../../workbench/session/opening.ts';
import { LineError, readLine } from '../../workbench/session/read-line.ts';
import { Session } from '../../workbench/session/session.ts';
import { acts, firstWords, VIEW_NAMES } from '../../workbench/session/vocabulary.ts';

/** The step a line is, as a file would have it. */
function written(text: string): unknown {
  const line = readLine(text);
  return line.kind === 'step' ? line.written : line;
}

const PROGRAMS = ['constant', 'daily', 'weekly', 'periodic', 'dated'];

describe('a line is the step it would be in a scenario', () => {
  test.each<[line: string, step: unknown]>([
    ['interrogate', { clinician: 'interrogate' }],
    ['clinician stop', { clinician: 'stop' }],
    ['prescribe constant: 250 mcg/day', { clinician: { prescribe: { constant: '250 mcg/day' } } }],
    ['prescribe { constant: 250 mcg/day }', { clinician: { prescribe: { constant: '250 mcg/day' } } }],
    ['prescribe: { constant: 250 mcg/day }', { clinician: { prescribe: { constant: '250 mcg/day' } } }],
    [
      'prescribe patientBolus: { dose: 10 mcg, duration: 2min, lockout: 1h, maxPerDay: 4 }, run: true',
      {
        clinician: {
          prescribe: { patientBolus: { dose: '10 mcg', duration: '2min', lockout: '1h', maxPerDay: 4 }, run: true },
        },
      },
    ],
    ['prescribe patientBolus none', { clinician: { prescribe: { patientBolus: 'none' } } }],
    [
      'refill volume: 20 mL, aspirated: measured',
      { clinician: { refill: { volume: '20 mL', aspirated: 'measured' } } },
    ],
    ['hands drain', { hands: 'drain' }],
    ['drain', { hands: 'drain' }],
    ['hands inject 20 mL', { hands: { inject: '20 mL' } }],
    [
      'hands inject: { volume: 20 mL, baclofen: 500 mcg/mL }',
      { hands: { inject: { volume: '20 mL', baclofen: '500 mcg/mL' } } },
    ],
    ['inject volume: 20 mL', { hands: { inject: { volume: '20 mL' } } }],
    ['patient requestBolus', { patient: 'requestBolus' }],
    ['press', { patient: 'requestBolus' }],
    ['press expect refused: lockedOut', { patient: 'requestBolus', expect: { refused: 'lockedOut' } }],
    ['world flowBias +60 %', { world: { flowBias: '+60 %' } }],
    ['advance 3d', { after: '3d' }],
    ['advance 62d 4h', { after: '62d 4h' }],
    ['at 5d clinician stop', { at: '5d', clinician: 'stop' }],
    [
      'at 5d stop expect belief.rate: 0 mL/day',
      { at: '5d', clinician: 'stop', expect: { belief: { rate: '0 mL/day' } } },
    ],
    [
      'after 1h prescribe constant: 1 mg/day, run: true',
      { after: '1h', clinician: { prescribe: { constant: '1 mg/day', run: true } } },
    ],
    ['until alarm lowReservoir', { until: { alarm: 'lowReservoir' }, atMost: '3650d' }],
    ['until alarm lowReservoir atMost 60d', { until: { alarm: 'lowReservoir' }, atMost: '60d' }],
    ['until: { alarm: lowReservoir }, atMost: 60d', { until: { alarm: 'lowReservoir' }, atMost: '60d' }],
    ['every 4h for 20d patient requestBolus', { every: '4h', for: '20d', patient: 'requestBolus' }],
    ['patient requestBolus, every: 4h, for: 20d', { every: '4h', for: '20d', patient: 'requestBolus' }],
    ['expect belief.reservoir: 2 mL', { expect: { belief: { reservoir: '2 mL' } } }],
    ['expect belief.reservoir 2 mL', { expect: { belief: { reservoir: '2 mL' } } }],
    [
      'expect { belief: { rate: 0 mL/day }, belief.reservoir: 2 mL }',
      { expect: { belief: { rate: '0 mL/day', reservoir: '2 mL' } } },
    ],
    ['expect alarms: [], time: 3d', { expect: { alarms: [], time: '3d' } }],
    [
      'expect screen.mode: stopped for an update at hands',
      { expect: { screen: { mode: 'stopped for an update at hands' } } },
    ],
    ['{ after: 1h, patient: requestBolus }', { after: '1h', patient: 'requestBolus' }],
    ['  # nothing', { kind: 'nothing' }],
    ['note at 3d: stop', { kind: 'view', view: 'note', rest: 'at 3d: stop' }],
  ])('%s', (line, step) => {
    expect(written(line)).toEqual(step);
  });
});

describe('a line that cannot be used says what was expected', () => {
  test.each([
    ['refil', '"refil" is no act: expected one of accessPort, advance, '],
    ['refil', 'world (did you mean refill?)'],
    ['clearAlarm lowResevoir', 'underFlow (did you mean lowReservoir?)'],
    ['expect refused: lockedOt', ' (did you mean lockedOut?)'],
    ['toast', '"toast" is no act: expected one of accessPort, advance, '],
    ['prescribe', 'clinician.prescribe: expected one of primary, '],
    ['prescribe constnt: 3', 'clinician.prescribe: unknown key "constnt": expected one of primary, '],
    ['prescribe constant: 3', 'clinician.prescribe.constant: expected a dose or a volume per day such as '],
    ['prescribe constant: 3 mcg/day, constant: 4 mcg/day', 'the key "constant" stands here twice'],
    ['refill', 'clinician.refill: expected one of aspirated, volume'],
    ['refill aspirated: measured', 'clinician.refill.volume: expected a volume such as'],
    ['refill 20 mL', 'clinician.refill: "20 mL": expected one of aspirated, volume'],
    ['stop now', 'clinician: "stop now": expected one of interrogate, '],
    ['hands inject {', 'not YAML as scenarios use it: '],
    ['hands inject 20', 'hands.inject: expected a volume such as "20 mL", or { volume: 20 mL,'],
    ['hands', 'hands: expected one of drain, resetValve, film, askPatient, '],
    ['world flowBias 60 percent', 'world.flowBias: "60 percent": expected '],
    ['advance', 'after: expected a value such as "62d 4h"'],
    ['advance 3 days', 'after: "3 days": expected a span of time such as "62d 4h"'],
    ['after 3d after 4d', '"after" stands here twice: expected each once'],
    ['until', 'until: expected one of alarm, '],
    ['until alarm', 'until.alarm: expected one of lowReservoir, '],
    ['until alarm toast', 'until.alarm: "toast": expected one of lowReservoir, '],
    ['until alarm lowReservoir atMost soon', 'atMost: "soon": expected a span of time'],
    ['every 4h patient requestBolus', 'every: "every" needs "for"'],
    ['expect', 'expect: expected one of time, belief, '],
    ['expect belief.toast: 3', 'expect: unknown key "belief.toast"'],
    ['expect refused: lockedOut', 'expect: nothing is done in this step, so nothing can be refused'],
    ['expect belief.reservoir: 1 mL, belief: { reservoir: 2 mL }', '"belief" stands here twice'],
    ['expect __proto__.x: 3', 'expect: unknown key "__proto__.x"'],
    ['stop\u0000', 'not a text: expected one act'],
    ['[interrogate]', '"[interrogate]" is no act'],
    ['{ interrogate }', 'unknown key "interrogate": expected one of at, '],
    [`note ${'x'.repeat(10_000)}`, 'longer than 10000 characters: expected one act'],
    [`expect ${'{ '.repeat(3000)}`, ''],
  ])('%s', (line, message) => {
    let problem = '';
    try {
      readLine(line);
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      problem = error.message;
    }
    expect(problem).toContain(message);
    expect(problem.length).toBeGreaterThan(10);
  });
});

describe('the vocabulary follows the schema of a step', () => {
  test('every act of every actor begins a line, and none is hidden by a word of the console', () => {
    for (const actor of ACTORS) {
      const { words = [], keys = new Map() } = stepForm().keys.get(actor) ?? {};
      expect(words.length + keys.size).toBeGreaterThan(0);
      for (const act of [...words, ...keys.keys()]) expect(firstWords()).toContain(act);
    }
    for (const view of VIEW_NAMES) expect([...acts().keys(), ...stepForm().keys.keys()]).not.toContain(view);
  });

  test('help names every act and view; help on an act names every key', () => {
    const all = helpAll();
    for (const word of [...acts().keys(), ...VIEW_NAMES]) expect(all).toMatch(new RegExp(`\\b${word}\\b`));
    for (const [act, actor] of acts()) {
      const text = helpOn(act);
      for (const key of stepForm().keys.get(actor)?.keys.get(act)?.keys.keys() ?? []) expect(text).toContain(key);
    }
    expect(() => helpOn('toast')).toThrow('help: "toast": expected one of ');
  });

  test.each(['constructor', '__proto__', 'toString', 'valueOf'])('help on %s, which every object has', (word) => {
    expect(() => helpOn(word)).toThrow(`help: "${word}": expected one of `);
    expect(() => readLine(`${word} 3`)).toThrow(LineError);
  });

  test('every example that help gives can be typed', () => {
    const examples = [...acts().keys(), ...stepForm().keys.keys()].flatMap((word) => {
      const [, example] = /^for example: (.*)$/m.exec(helpOn(word)) ?? [];
      return example === undefined ? [] : [example];
    });
    expect(examples).toContain('prescribe primary: baclofen, baclofen: 500 mcg/mL, bupivacaine: 500 mcg/mL');
    for (const example of examples) expect(readLine(example).kind, example).toBe('step');
  });

  test.each(PROGRAMS)('the example of the program %s is taken by a pump', (program) => {
    const [, example = ''] = /^for example: (.*)$/m.exec(helpOn(`prescribe ${program}`)) ?? [];
    const session = new Session(newPump('synchromed-ii-like-20', '2026-01-05 08:00'), { id: 'help', version: '0' });
    for (const line of ['inject volume: 20 mL, baclofen: 500 mcg/mL', 'refill volume: 20 mL', 'implant'])
      session.line(line);
    const { text, problem } = session.line(`${example}, baclofen: 500 mcg/mL`);
    expect(problem).toBeUndefined();
    expect(text).toMatch(/^ {2}Daily dose /m);
    expect(helpOn('prescribe')).not.toContain('[]');
  });
});

describe('what Tab offers', () => {
  test.each<[line: string, piece: string, hits: string[]]>([
    ['interr', 'interr', ['interrogate']],
    ['pres', 'pres', ['prescribe', 'press']],
    ['prescribe con', 'con', ['constant: ']],
    ['prescribe constant: 250 mcg/day, low', 'low', ['lowReservoir: ']],
    ['prescribe patientBolus: { dose: 10 mcg, lock', 'lock', ['lockout: ']],
    ['prescribe patientBolus: { dose: 10 mcg }, ru', 'ru', ['run: ']],
    ['prescribe primary: mor', 'mor', ['morphine']],
    ['hands inj', 'inj', ['inject', 'injectPort']],
    ['hands inject: { vol', 'vol', ['volume: ']],
    ['until al', 'al', ['alarm']],
    ['until alarm low', 'low', ['lowReservoir', 'lowBatteryReset']],
    ['until alarm lowReservoir atM', 'atM', ['atMost']],
    ['until log bolusG', 'bolusG', ['bolusGranted']],
    ['expect bel', 'bel', ['belief.']],
    ['expect belief.res', 'belief.res', ['belief.reservoir: ']],
    ['expect belief.infusion: bas', 'bas', ['basal']],
    ['expect belief: { reservoir: 2 mL, ra', 'ra', ['rate: ']],
    ['expect alarms: [low', 'low', ['lowReservoir', 'lowBatteryReset']],
    ['{ after: 3d, pat', 'pat', ['patient']],
    ['stop exp', 'exp', ['expect ']],
    ['help presc', 'presc', ['prescribe']],
    ['note pres', 'pres', []],
    ['toast pres', 'pres', []],
    [' refill vol', 'vol', ['volume: ']],
    ['\tinterr', 'interr', ['interrogate']],
    ['  help presc', 'presc', ['prescribe']],
    ['log: ', '', []],
    ['help:presc', 'presc', []],
    [': pres', 'pres', []],
    ['# pres', 'pres', []],
    ['constructor ', '', []],
  ])('%s', (line, piece, hits) => {
    expect(complete(line)).toEqual([hits, piece]);
  });

  test('after whatever was typed, it never ends the console', () => {
    const pieces = fc.constantFrom(...firstWords(), ...' :,{}[]"\'.#\t', '__proto__', 'constructor', 'belief', '3 mL');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (typed) => {
        const line = typed.join('');
        const [hits, piece] = complete(line);
        expect(line.endsWith(piece)).toBe(true);
        for (const hit of hits) expect(hit.startsWith(piece)).toBe(true);
      }),
      { numRuns: 2000, seed: 20_260_105 },
    );
  });
});
