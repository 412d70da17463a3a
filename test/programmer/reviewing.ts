import { expect } from 'vitest';
import type { ClinicianAct, FieldName } from '../../programmer/index.ts';
import { type bench, prescribe, running } from '../harness.ts';

export type Bench = ReturnType<typeof bench>;
export type Entry = Parameters<typeof prescribe>[0];

export const edit = (entry: Entry): Extract<ClinicianAct, { type: 'edit' }> => {
  const { run, override } = entry;
  return { ...prescribe(entry), type: 'edit', run: run ?? null, override: override ?? null };
};
export const REVIEW = { type: 'review' } as const;
export const CONFIRM = { type: 'confirm' } as const;

/** Every field of the screen, as shown; that one of them is told alone as it stands there. */
export function texts({ sim }: Bench): Partial<Record<FieldName, string>> {
  const shown: Partial<Record<FieldName, string>> = Object.fromEntries(
    sim.screen().fields.map(({ name, text }) => [name, text]),
  );
  expect(sim.refillBy).toBe(shown.refillBy);
  return shown;
}
/** The parts that differ, as "before → after". */
export const changes = ({ sim }: Bench) =>
  Object.fromEntries(
    sim
      .screen()
      .comparison.filter(({ changed }) => changed)
      .map(({ part, before, after }) => [part, `${before} → ${after}`]),
  );
/** A pump at 200 mcg/day with some edits reviewed. */
export function reviewed(entry: Entry, made = running()) {
  made.clinician(edit(entry));
  expect(made.clinician(REVIEW)).toEqual({ done: true });
  return made;
}
