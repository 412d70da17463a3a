import { describe, expect, test } from 'vitest';
import {
  libraryOf,
  librarySchema,
  SHIPPED_LIBRARY,
  type WrittenLibrary,
  writtenLibrary,
} from '../../programmer/index.ts';
import { libraryJsonSchema } from '../../workbench/index.ts';
import { libraryHeader } from '../../workbench/library-header.ts';
import { simulate } from '../../workbench/vitest.ts';

const line = (value: number, unit: string) => ({ value, unit, status: 'assumed', source: 'a test' }) as const;
const CLINIC: WrittenLibrary = {
  thecal: 'drug-library/1',
  name: 'Our clinic',
  version: '7',
  refillInterval: line(60, 'd'),
  drugs: {
    baclofen: {
      unit: 'mcg',
      approved: { value: 'on-label', status: 'assumed', source: 'a test' },
      concentrations: [line(500, 'mcg/mL')],
      limits: { dailyDose: { hard: line(250, 'mcg/day') } },
    },
  },
};
const START = {
  fill: { volume: '20 mL', baclofen: '500 mcg/mL' },
  prescribe: { constant: '200 mcg/day', lowReservoir: '2 mL' },
} as const;
const MORE = { prescribe: { constant: '300 mcg/day', ceiling: '400 mcg/day' } } as const;

describe('a simulation from code', () => {
  test('is judged by a library of its own, by none, or by the one that is shipped', () => {
    const by = (options: Parameters<typeof simulate>[2]) =>
      simulate('synchromed-ii-like-20', START, options).clinician(MORE);
    expect(by({ library: CLINIC })).toMatchObject({ refused: 'aboveHardLimit' });
    expect(by({ library: 'none' })).toMatchObject({ done: true });
  });

  test('says what is wrong with one', () => {
    const wrong = { ...CLINIC, version: '' };
    expect(() => simulate('synchromed-ii-like-20', START, { library: wrong })).toThrow('version');
  });
});

describe('the header of a trace', () => {
  const own = libraryOf(librarySchema.parse(CLINIC));

  test('has another library whole and with its digest, so that the run can be had again', () => {
    const { library } = libraryHeader(own);
    expect(library).toEqual({ digest: own.stamp.digest, file: CLINIC });
    expect(libraryOf(librarySchema.parse(CLINIC)).stamp).toEqual(own.stamp);
  });

  test('says that there was none, and nothing of the shipped one', () => {
    expect(libraryHeader(null)).toEqual({ library: 'none' });
    expect(libraryHeader(undefined)).toEqual({});
    expect(libraryHeader(SHIPPED_LIBRARY)).toEqual({});
  });
});

test('a library as a file has it is that library again', () => {
  const again = libraryOf(librarySchema.parse(writtenLibrary(SHIPPED_LIBRARY)));
  expect(again.stamp).toEqual(SHIPPED_LIBRARY.stamp);
});

test('the schema of a library knows its keys', () => {
  expect(libraryJsonSchema()).toMatchObject({
    title: 'Thecal drug library',
    properties: { refillInterval: {}, drugs: {} },
  });
});
