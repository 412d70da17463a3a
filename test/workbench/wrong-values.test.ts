import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { FileError, loadLibrary, loadProfile, loadScenario } from '../../workbench/index.ts';

/*
 * Every value of a file of each sort, one at a time, is another. What is said of it says where and what was expected, in
 * words of ours: never those of the library that schemas are made with.
 */

const PROFILE = `thecal: profile/1
name: my-pump
title: My pump
about: The pump of our bench.
like: synchromed-ii-like-40
parameters:
  reservoirCapacity: { value: 30, unit: mL, status: verified, source: weighed }
  lowReservoirPolicy: { value: basalOnly, status: assumed, source: to see what it does }
  sensors: { value: rotation, status: assumed, source: to see what it does }
  handsetDrugs: { value: any, status: assumed, source: to see what it does }
  serviceLife: { value: 84, status: assumed, source: to see what it does }
  historyCapacity: { value: 48, status: assumed, source: to see what it does }
`;
const LIBRARY = `thecal: drug-library/1
name: Our clinic
version: "1"
drugs:
  morphine:
    unit: mg
    approved: { value: on-label, status: verified, source: a label }
    concentrations: [{ value: 25, unit: mg/mL, status: verified, source: a label }]
    limits: { dailyDose: { soft: { value: 10, unit: mg/day, status: assumed, source: our practice } } }
    stability: { value: 180, unit: d, status: unverified, source: to be looked up }
`;
const SCENARIO = `thecal: scenario/1
title: A story of many parts
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
seed: 3
start: { fill: { volume: 20 mL, morphine: 25 mg/mL }, prescribe: { daily: [{ at: "00:00", give: 5 mg/day }] } }
faults: [{ flowBias: +15 % }]
story:
  - { until: { alarm: lowReservoir }, atMost: 60d, expect: { time: 45d, alarms: [lowReservoir] } }
  - { every: 6h, jitter: 1h, for: 2d, patient: requestBolus }
  - { hands: { inject: { volume: 1 mL, saline: true } }, expect: { belief: { reservoir: { atLeast: 2 mL } } } }
  - { clinician: { refill: { aspirated: measured, volume: 20 mL, reason: beside, note: as told } } }
  - { clinician: { setClock: now }, expect: { refused: lockedOut, retryIn: 1h } }
  - { world: { frameFault: { frame: 1, is: drop } } }
never: [{ log: bolusDenied }]
`;

const WRONG = [null, -1, 1e308, Number.NaN, '', '__proto__', true, [], [null], { constructor: 1 }];
/** Words of a schema library, of JavaScript, and of a problem that nobody has found words for. */
const NOBODYS = /Invalid|received|Too (small|big)|Unrecognized|undefined|\[object|expected another value/;

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A value with each of its parts, one at a time, made another or left out. */
function* changed(value: object): Generator<object> {
  for (const [key, inner] of Object.entries(value)) {
    const but = (others: object): object =>
      Array.isArray(value) ? Object.values({ ...value, ...others }) : { ...value, ...others };
    for (const wrong of WRONG) yield but({ [key]: wrong });
    const { [key]: _, ...rest } = Object.fromEntries(Object.entries(value));
    yield Array.isArray(value) ? Object.values(rest) : rest;
    if (isNested(inner)) for (const other of changed(inner)) yield but({ [key]: other });
  }
  if (!Array.isArray(value)) yield { ...value, another: 1 };
}

/** Every problem that is said of the files made from one. */
function* said(text: string, load: (text: string) => unknown): Generator<string> {
  for (const other of changed(parse(text))) {
    try {
      load(stringify(other));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      for (const { line, column, message } of error.problems) yield `${line}:${column}: ${message}`;
    }
  }
}

describe('a wrong value anywhere is told in words of ours', () => {
  test.each([
    ['a profile', PROFILE, loadProfile],
    ['a drug library', LIBRARY, loadLibrary],
    ['a scenario', SCENARIO, loadScenario],
  ])('%s', (_, text, load) => {
    const problems = [...said(text, (each) => load(each))];
    expect(problems.length).toBeGreaterThan(200);
    expect(
      problems.filter((problem) => NOBODYS.test(problem) || !/expected|is missing|needs|one |belongs to/.test(problem)),
    ).toEqual([]);
  });
});
