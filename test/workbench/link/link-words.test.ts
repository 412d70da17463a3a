import { describe, expect, test } from 'vitest';
import { chainText, loadScenario, runScenario, Teller, type TraceRecord } from '../../../workbench/index.ts';
import { chainsIn } from '../../../workbench/why.ts';

const text = (story: string) => `thecal: scenario/1
title: A story
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start:
  fill: { volume: 20 mL, morphine: 25 mg/mL }
  prescribe:
    constant: 5 mg/day
    patientBolus: { dose: 0.5 mg, duration: 5min, lockout: 1h, maxPerDay: 4 }
story:
  - after: 1h
${story}`;

/** A story and what is told of it; runs late steps at once where they may be. */
function ran(story: string, late: 'isAnError' | 'atOnce' = 'isAnError') {
  const teller = new Teller();
  const records: TraceRecord[] = [];
  const result = runScenario(loadScenario(text(story)), {
    id: 'told',
    version: '0',
    late,
    onRecord: (record, sim) => {
      teller.take(record, sim);
      records.push(record);
    },
  });
  const told = teller.moments.filter(({ t }) => t > 0).flatMap(({ happened }) => happened);
  return { result, records, told };
}

const one = (fault: string, act = 'patient: requestBolus') =>
  ran(`  - world: { frameFault: { ${fault} } }\n  - ${act}\n`).told;

describe('what happens to a frame is told in words', () => {
  test.each([
    ['message: requestBolus, of: request, is: drop', 'the request requestBolus of the handset is lost'],
    ['message: requestBolus, of: answer, is: duplicate', 'the answer requestBolus to the handset comes twice'],
    [
      'message: requestBolus, of: request, is: corrupt, bit: 7',
      'bit 7 of the request requestBolus of the handset is flipped',
    ],
    ['frame: 5, is: truncate, to: 9', 'the request requestBolus of the handset is cut off after 9 bytes'],
    [
      'frame: 5, is: truncate, to: 900',
      'the request requestBolus of the handset is too short for a cut after 900 bytes',
    ],
    ['frame: 5, is: reorder', 'the request requestBolus of the handset is held back'],
    [
      'frame: 5, is: crashBefore, clock: kept',
      'the pump crashes before it takes the request requestBolus of the handset',
    ],
    [
      'frame: 5, is: crashAfter, clock: lost',
      'the pump crashes when it has carried out the request requestBolus of the handset, and loses the time',
    ],
  ])('%s', (fault, words) => {
    expect(one(fault)).toContain(words);
  });

  test('and so is what will happen', () => {
    const { told } = ran(`
  - world: { noise: { drop: 10 %, reorder: 2.5 % } }
  - world: { noise: none }
  - world: { latency: 200ms }
  - world: { frameFault: { frame: 3, is: reorder } }
  - world: { frameFault: { message: stop, of: answer, is: truncate } }
`);
    expect(told).toEqual([
      'from now on, of the frames, 10 % are lost, 2.5 % are held back',
      'the link is quiet',
      'from now on a frame takes 0.2s each way',
      'frame 3 from now on will be held back',
      'the next answer stop will be cut short',
    ]);
  });

  test('of a head that has slipped only that it has', () => {
    const { told } = ran('  - world: disconnect\n  - patient: requestBolus\n    expect: { refused: noAnswer }\n');
    expect(told.filter((said) => said.includes('lost'))).toEqual([
      'the telemetry head slips: frames are lost, from now on or from a message on',
    ]);
  });

  test('in a chain of causes, too', () => {
    const { records } = ran(
      '  - world: { frameFault: { message: requestBolus, of: request, is: duplicate } }\n  - patient: requestBolus\n',
    );
    const granted = records.findLast(
      ({ layer, kind, data }) => layer === 'firmware' && kind === 'log' && Object(data).kind === 'bolusGranted',
    );
    if (granted === undefined) throw new Error('nothing was granted');
    const chain = chainText(chainsIn(records)(granted)).join('\n');
    expect(chain).toContain('1h link duplicated the request requestBolus of the handset comes twice');
    expect(chain).toContain('1h link arrived the request requestBolus of the handset arrives');
  });
});

describe('a step whose time has passed because frames were asked for again', () => {
  const late =
    '  - world: { latency: 1min }\n  - clinician: interrogate\n    expect: { refused: noAnswer }\n  - at: 1h 1s\n    patient: requestBolus\n';

  test('is an error of the story', () => {
    expect(() => ran(late)).toThrow('time cannot go back');
  });

  test('is done at once where that is asked for', () => {
    const { records } = ran(late, 'atOnce');
    const [gaveUp] = records.filter(
      ({ layer, kind, t }) => layer === 'programmer' && kind === 'screen' && t > 3_600_000,
    );
    const pressed = records.find(({ layer, kind }) => layer === 'act' && kind === 'patient');
    expect(gaveUp?.t).toBeGreaterThan(3_601_000);
    expect(pressed?.t).toBe(gaveUp?.t);
  });
});
