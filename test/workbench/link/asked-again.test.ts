import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  chainText,
  loadScenario,
  runScenario,
  Session,
  Teller,
  type TraceRecord,
  whyAt,
} from '../../../workbench/index.ts';

/** A shipped scenario as it is told, and its trace. */
function shipped(id: string) {
  const teller = new Teller();
  const records: TraceRecord[] = [];
  runScenario(loadScenario(readFileSync(`scenarios/${id}.yaml`, 'utf8')), {
    id,
    version: '',
    onRecord: (record, sim) => {
      teller.take(record, sim);
      records.push(record);
    },
  });
  const told = teller.moments.map(({ time, happened }) => `${time} ${happened.join('; ')}`);
  return { records, told };
}

describe('what is asked again is told', () => {
  test('with the answer that was lost, and that it is carried out once', () => {
    const press = shipped('press-granted-once').told.find((line) => line.includes('is lost'));
    expect(press).toBe(
      '0s patient asks for a bolus; the request requestBolus of the handset comes twice; patient bolus granted; ' +
        'the answer requestBolus to the handset is lost; ' +
        'the pump gives requestBolus the same answer again: it is carried out once',
    );
  });

  test('with what the pump then does, where it had not read it', () => {
    expect(shipped('press-granted-once').told).toContain(
      '6h 0.5s the handset asks again: requestBolus; patient bolus granted',
    );
  });

  test('until it is answered', () => {
    expect(shipped('noisy-link').told).toContain('10d 0.5s the programmer asks again: authenticate; answered');
  });

  test('over a crash: what became of it, and that it is sent only where it never arrived', () => {
    const asked =
      'the programmer asks again: enterReservoir; the programmer, in a new session, asks what became of enterReservoir';
    const { told } = shipped('crash-over-a-refill');
    expect(told).toContain(`10d 0.5s ${asked}; enterReservoir had never arrived; answered`);
    expect(told).toContain(
      `22d 0.5s ${asked}; the pump had taken enterReservoir, and gives the answer it gave: it is carried out once; answered`,
    );
  });

  test('not of a head that has slipped: all is lost then, and one word says it', () => {
    expect(shipped('interrupted-update').told.filter((line) => line.includes('again:'))).toEqual([]);
  });
});

test('a chain of causes goes from a commit through the repeat to the loss, and on to the act', () => {
  const { records } = shipped('noisy-link');
  const [standing] = whyAt(records, 864_002_000);
  const kinds = standing?.chain.map(({ layer, kind, data }) => `${layer} ${kind} ${Object(data).name ?? ''}`.trim());
  const asked = kinds?.slice(kinds.indexOf('link frame interrogate')) ?? [];
  expect(kinds?.[0]).toBe('act clinician');
  expect(asked.slice(0, 3)).toEqual(['link frame interrogate', 'link lost interrogate', 'link frame interrogate']);
  expect(kinds?.at(-1)).toBe('firmware rate');
  const lines = chainText(standing?.chain ?? []);
  expect(lines.filter((line) => line.includes('link frame again'))).toHaveLength(1);
});

describe('at the console an act whose answer was lost', () => {
  const session = new Session(loadScenario(readFileSync('scenarios/left-stopped.yaml', 'utf8')), {
    id: 'console',
    version: '',
  });
  const say = (...lines: string[]) => lines.map((line) => session.line(line).text).at(-1) ?? '';

  test('is not told as done: the screen says that nobody knows', () => {
    const text = say('next 2', 'disconnect { from: resume, lose: answer }', 'resume');
    expect(text).toContain('clinician resumes delivery\n');
    expect(text).toMatch(/ {2}no answer$/mu);
    expect(text).not.toMatch(/basal delivery started|not done/);
  });

  test('is told once a programmer has asked what became of it', () => {
    expect(say('reconnect', 'interrogate')).toMatch(
      /asks what became of resume; the pump had\s+taken resume, and gives the answer it gave: it is carried out once/,
    );
  });

  test('is told as what the handset shows, too', () => {
    const text = say('disconnect { from: requestBolus, lose: answer }', 'press');
    expect(text).toContain('patient asks for a bolus\n');
    expect(text).not.toMatch(/denied|granted/);
  });
});
