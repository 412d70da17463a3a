import { describe, expect, test } from 'vitest';
import { showDateTime } from '../../shared/index.ts';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { runScenario } from '../../workbench/scenario/run.ts';
import { Teller } from '../../workbench/tell.ts';

/** A story told, of a pump with morphine 25 mg/mL: what happened and what was seen, by the time. */
function told(...steps: string[]): string[] {
  const teller = new Teller();
  const text = `thecal: scenario/1
title: A story
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start:
  fill: { volume: 20 mL, morphine: 25 mg/mL }
  prescribe: { constant: 5 mg/day, ceiling: 20 mg/day }
story:
  - after: 1h
${steps.map((step) => `  - { ${step} }\n`).join('')}`;
  runScenario(loadScenario(text), { id: 'told', version: '0', onRecord: (record, sim) => teller.take(record, sim) });
  return teller.moments
    .filter(({ t }) => t > 0)
    .map(({ time, happened, seen }) => `${time} ${happened.join('; ')} | ${seen}`);
}

test('what is true is told beyond the reservoir, to the patient', () => {
  const teller = new Teller();
  const text = `thecal: scenario/1
title: Half of it leaks
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start:
  fill: { volume: 20 mL, baclofen: 1000 mcg/mL }
  prescribe: { constant: 400 mcg/day }
story:
  - { at: 10d, world: { leak: { share: 100 %, at: connector } } }
  - { after: 1d, hands: askPatient }
`;
  runScenario(loadScenario(text), { id: 'told', version: '0', onRecord: (record, sim) => teller.take(record, sim) });
  const last = teller.moments.at(-1);
  expect(last?.true).toBe(
    '0.4 mL/day flows, 400 mcg/day; 15.6 mL left; 0.4 mL under the skin; high fever, rigid, itching and confused',
  );
  expect(last?.happened).toEqual(['hands ask the patient', 'found: high fever, rigid, itching and confused']);
});

describe('an act that the pump never answered', () => {
  test('is told as unanswered when the programmer gives up, with what the clinician saw', () => {
    expect(told('world: disconnect', 'clinician: stop').slice(1)).toEqual([
      '1h clinician stops delivery | ',
      '1h 10s no answer: the pump does not answer; check that the telemetry head is over the pump | ' +
        '! Not done: the pump does not answer; check that the telemetry head is over the pump',
    ]);
  });

  test('is told of the handset too', () => {
    expect(told('world: disconnect', 'patient: requestBolus').at(-1)).toMatch(
      /^1h 10s no answer: the pump does not answer; .* \| handset: the pump does not answer; /,
    );
  });

  test('is told once: a session that ends by itself answers nothing', () => {
    const story = told('clinician: interrogate', 'clinician: resume, expect: { refused: alreadyRunning }', 'after: 1h');
    expect(story.filter((line) => line.includes('not done'))).toEqual([]);
    expect(story.at(-1)).toMatch(/^1h clinician resumes delivery; command refused: delivery is already running \|/);
  });
});

test('an act that the programmer refuses is told as not done', () => {
  const story = told(
    'clinician: { edit: { constant: 6 mg/day } }',
    'clinician: endSession, expect: { refused: pendingEdits }',
  );
  expect(story[1]).toMatch(
    /^1h clinician ends the session; not done: edits have not been programmed: confirm or discard them \|/,
  );
});

describe('what a prescription says anew', () => {
  test.each<[entry: string, words: string]>([
    ['constant: 4 mg/day', '4 mg/day'],
    ['constant: 4 mg/day, ceiling: 20 mg/day', '4 mg/day, ceiling 20 mg/day'],
    [
      'patientBolus: { dose: 0.5 mg, duration: 5min, lockout: 3h, maxPerDay: 4 }',
      'patient bolus 0.5 mg in 5min, lockout 3h, 4 in 24 h',
    ],
    ['bridge: { catheter: 60 cm }', 'first a bridge (catheter 60 cm)'],
    ['bridge: { catheter: 0.1 mL, dose: 2 mg/day }', 'first a bridge at 2 mg/day (catheter 0.1 mL)'],
    ['prime: pumpOnly', 'first a prime of the pump'],
    ['prime: { fill: pumpAndCatheter, catheter: 60 cm }', 'first a prime of pump and catheter (catheter 60 cm)'],
    ['startAt: 2026-02-05 08:00', 'from 2026-02-05 08:00 on'],
    ['opening: recompute', 'with the rest of what comes before the program'],
    ['constant: 4 mg/day, run: true', '4 mg/day, run'],
    ['daily: [{ at: "00:00", give: 4 mg/day }]', 'every day 00:00 4 mg/day'],
    [
      'weekly: [{ days: [mon, tue, wed, thu, fri], steps: [{ at: "00:00", give: 4 mg/day }, { at: "08:30", give: 5 mg/day }] }, { days: [sat, sun], steps: [{ at: "00:00", give: 0.2 mL/day }] }]',
      'Mon Tue Wed Thu Fri 00:00 4 mg/day, 08:30 5 mg/day; Sat Sun 00:00 0.2 mL/day',
    ],
    [
      `daily: [${[0, 1, 2, 3, 4].map((hour) => `{ at: "0${hour}:00", give: 4 mg/day }`).join(', ')}]`,
      'a schedule of 5 steps',
    ],
    [
      'dated: [{ give: 4 mg/day }, { at: 2026-02-05 08:00, give: 5 mg/day }]',
      '4 mg/day, from 2026-02-05 08:00 5 mg/day',
    ],
    [
      `dated: [{ give: 4 mg/day }, ${[1, 2, 3, 4, 5].map((day) => `{ at: 2026-02-0${day} 08:00, give: 5 mg/day }`).join(', ')}]`,
      '4 mg/day and 5 dated steps',
    ],
  ])('%s', (entry, words) => {
    expect(told(`clinician: { prescribe: { ${entry} } }`)[0]).toContain(`1h clinician prescribes: ${words}; `);
  });
});

test('a moment has the local time of the room, which travel moves', () => {
  const teller = new Teller();
  const text = `thecal: scenario/1
title: A journey
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
story:
  - world: { localTime: +6h }
  - clinician: interrogate
`;
  runScenario(loadScenario(text), { id: 'told', version: '0', onRecord: (record, sim) => teller.take(record, sim) });
  expect(teller.moments.map(({ localTime }) => showDateTime(localTime))).toEqual([
    '2026-01-05 08:00',
    '2026-01-05 14:00',
  ]);
});
