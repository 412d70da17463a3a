import { describe, expect, test } from 'vitest';
import { PARAMETER_NAMES, PROFILES, profileNamed, profileSheet } from '../../shared/index.ts';
import { likeAnother } from '../../shared/profiles/like.ts';

const [other] = PROFILES;
if (other === undefined) throw new Error('no profile is shipped');

const made = likeAnother(other, {
  name: 'my-pump',
  title: 'My pump',
  about: 'Made up',
  parameters: { reservoirCapacity: { value: 30, unit: 'mL', status: 'verified', source: 'its own leaflet' } },
});

describe('a sheet like another', () => {
  test('is whole, under its own name', () => {
    expect(profileSheet.parse(made)).toEqual(made);
    expect(made).toMatchObject({ name: 'my-pump', title: 'My pump', about: 'Made up' });
  });

  test('keeps what is said of this device as it is', () => {
    expect(made.parameters.reservoirCapacity).toMatchObject({
      value: 30,
      status: 'verified',
      source: 'its own leaflet',
    });
  });

  test('takes the other values over, none of them as known', () => {
    for (const name of PARAMETER_NAMES.filter((each) => each !== 'reservoirCapacity')) {
      const { value, unit } = other.parameters[name];
      const source = 'as synchromed-ii-like-20; no figure found for this one';
      expect(made.parameters[name], name).toEqual({ value, unit, status: 'assumed', source });
    }
  });

  test('leaves the other sheet as it was', () => {
    expect(profileSheet.parse(other)).toEqual(other);
    expect(other.parameters.reservoirCapacity).toMatchObject({ value: 20 });
  });
});

test('of a shipped sheet no verified line is another device’s', () => {
  const own = new Set(['synchromed-ii-like-20', 'synchromed-ii-like-40']);
  const theirs = new Set(
    Object.values(profileNamed('synchromed-ii-like-20')?.parameters ?? {}).map((line) => line.source),
  );
  for (const { name, parameters } of PROFILES.filter((sheet) => !own.has(sheet.name)))
    for (const line of Object.values(parameters))
      if (line.status === 'verified') expect(theirs.has(line.source), `${name}: ${line.source}`).toBe(false);
});
