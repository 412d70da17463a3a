import { fromJson, type LogKind, type LogRecord } from '../../shared/index.ts';
import type { Act } from '../act.ts';
import { fieldsIn } from '../fields.ts';
import type { Simulation } from '../simulation.ts';
import type { TraceRecord } from '../trace.ts';
import type { Break } from './break.ts';
import type { Path } from './problem.ts';
import type { Condition, Scenario, Step } from './schema.ts';

/**
 * The real acts a scenario's `faults` and `start` are short for, in order, and where each is written; those of
 * `breaks` that are there from the start come after the scenario's own faults.
 */
export function startActs(
  { start, faults = [] }: Pick<Scenario, 'start' | 'faults'>,
  breaks: readonly Break[] = [],
): { readonly act: Act; readonly path: Path }[] {
  const own = faults.map((act, i) => ({ act: { by: 'world', act } as const, path: ['faults', i] }));
  const added = breaks.flatMap(({ at, act }) => (at > 0 ? [] : [{ act: { by: 'world', act } as const, path: [] }]));
  const world = [...own, ...added];
  if (start === undefined) return world;
  const { fill, prescribe } = start;
  const acts: Act[] = [
    // A story begins with what the pump is said to hold, not with the water it was shipped with.
    ...(fill.solution === null ? [] : [{ by: 'hands', act: { type: 'prepare', solution: fill.solution } } as const]),
    { by: 'hands', act: { type: 'inject', ...fill } },
    { by: 'clinician', act: { type: 'refill', aspirated: null, volume: fill.volume } },
    { by: 'clinician', act: { type: 'implant' } },
  ];
  if (prescribe !== undefined) {
    const drugs = prescribe.drugs ?? fill.solution;
    const primary = prescribe.primary ?? drugs?.[0]?.name ?? null;
    // A story begins with a patient whose dose somebody has answered for.
    acts.push({ by: 'clinician', act: { ...prescribe, drugs, primary, aboveLimits: 'accept' } });
  }
  acts.push({ by: 'clinician', act: { type: 'endSession' } });
  const written = (act: Act) => ['start', act.act.type === 'prescribe' ? 'prescribe' : 'fill'];
  return [...world, ...acts.map((act) => ({ act, path: written(act) }))];
}

/** The act of a step; undefined where it has none. */
export function actOf({ clinician, patient, hands, world }: Step): Act | undefined {
  if (clinician !== undefined) return { by: 'clinician', act: clinician };
  if (patient !== undefined) return { by: 'patient', act: patient };
  if (hands !== undefined) return { by: 'hands', act: hands };
  return world === undefined ? undefined : { by: 'world', act: world };
}

const NONE: readonly string[] = [];

/** Whether a condition holds now, or is among what has happened, by the name it gives that. */
export function holds(condition: Condition, sim: Simulation, happened: Pick<Set<string>, 'has'>): boolean {
  if (condition.alarm !== undefined) return sim.belief().alarms.some(({ code }) => code === condition.alarm);
  if (condition.infusion !== undefined) return sim.belief().infusion === condition.infusion;
  if (condition.level !== undefined) return sim.belief().reservoir === condition.level;
  if (condition.truth !== undefined && sim.truth().reservoir === 0 && sim.belief().rate > 0) return true;
  return happened.has(nameOf(condition));
}

/** A condition in a word, such as "alarm lowReservoir". */
export function nameOf(condition: Condition): string {
  const [key = '', value = ''] = Object.entries(condition)[0] ?? [];
  return `${key} ${value}`;
}

/** What a record says has happened, by the names of conditions. */
export function namesOf({ layer, kind, data }: TraceRecord): readonly string[] {
  if (layer === 'link') return NONE;
  const fields = fieldsIn(data);
  if (layer === 'plant' && kind === 'ranDry') return ['truth dry'];
  if (layer === 'firmware' && kind === 'rate') return [`infusion ${fields['infusion']}`];
  if (layer === 'firmware' && kind === 'log') return namesOfLog(fromJson<LogRecord>(data));
  const { refused } = layer === 'act' && kind === 'refused' ? fields : fieldsIn(fields['outcome']);
  return refused === undefined ? [] : [`refused ${refused}`];
}

function namesOfLog({ kind, data }: { readonly kind: LogKind; readonly data: LogRecord['data'] }): string[] {
  return kind === 'alarmRaised' ? [`log ${kind}`, `alarm ${data['code']}`] : [`log ${kind}`];
}
