import { MS_PER_DAY, type Prescription, type Program, VOLUME_PER_ML } from '../../shared/index.ts';
import type { Commanded, CommandedPump } from './commanded.ts';

/*
 * An onlooker's reckoning of dose limits, the slow way: every rate is a rectangle from one instant to another,
 * and the mass in a window is the sum of what lies in it. It shares nothing with what the pump computes.
 */

/** A mass flow of one drug, in nL/day times ng/mL. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly flow: bigint;
  /** Whether it is basal that a bolus takes the place of. */
  readonly givesWay?: boolean;
}

/** Boluses beside what else flows: what gives way to them is cut out around each. */
export function withBoluses(blocks: readonly Block[], boluses: readonly Block[]): Block[] {
  const cut = (block: Block, { from, to }: Block): Block[] =>
    block.givesWay !== true || from >= to || block.to <= from || to <= block.from
      ? [block]
      : [
          { ...block, to: from },
          { ...block, from: to },
        ].filter((part) => part.from < part.to);
  const left = boluses.reduce<Block[]>((rest, bolus) => rest.flatMap((block) => cut(block, bolus)), [...blocks]);
  return [...left, ...boluses];
}

export function massIn(blocks: readonly Block[], from: number, to: number): bigint {
  let sum = 0n;
  for (const block of blocks) {
    const length = Math.min(block.to, to) - Math.max(block.from, from);
    if (length > 0) sum += block.flow * BigInt(length);
  }
  return sum;
}

export const limitOf = ({ doseLimit }: Prescription): bigint => BigInt(doseLimit?.dose ?? 0) * VOLUME_PER_ML;

const strength = ({ drugs }: Pick<Prescription, 'drugs'>, drug: string | undefined): bigint =>
  BigInt(drugs.find(({ name }) => name === drug)?.concentration ?? 0);

/** What was commanded of a drug, up to `until`. */
export const commandedOf = (rates: readonly Commanded[], drug: string | undefined, until: number): Block[] =>
  rates.flatMap((each, i) => {
    const to = Math.min(rates[i + 1]?.at ?? until, until);
    const flow = BigInt(each.rate) * strength({ drugs: [...each.drugs] }, drug);
    return to > each.at && flow > 0n ? [{ from: each.at, to, flow }] : [];
  });

/** The basal rate at a local time, and all local times within a span at which it might change. */
function basalAt(program: Program, wall: number): number {
  if (program.type === 'dated')
    return program.steps.reduce<number>((now, { at, rate }) => (at <= wall ? rate : now), program.first);
  if (program.type !== 'daily') return program.rate;
  // 1970-01-01 was a Thursday, day 3 of a week that begins with Monday.
  const weekday = (Math.floor(wall / MS_PER_DAY) + 3) % 7;
  const steps = program.groups.find(({ days }) => days.includes(weekday))?.steps ?? [];
  return steps.reduce<number>((now, { at, rate }) => (at <= wall % MS_PER_DAY ? rate : now), 0);
}

function changes(program: Program, from: number, to: number): number[] {
  const found: number[] = program.type === 'dated' ? program.steps.map(({ at }) => at) : [];
  if (program.type === 'daily')
    for (let day = from - (from % MS_PER_DAY); day < to; day += MS_PER_DAY)
      found.push(...program.groups.flatMap(({ steps }) => steps.map(({ at }) => day + at)));
  return [...new Set(found)].filter((at) => at > from && at < to).sort((a, b) => a - b);
}

/** What a program goes on with. */
export interface From {
  readonly now: number;
  readonly until: number;
  /** Local time less pump time. */
  readonly offset: number;
  /** When the next periodic bolus falls due, and how much later one may begin. */
  readonly due: number;
  readonly late: (due: number) => number;
  /** Whether basal gives way to boluses. */
  readonly givesWay: boolean;
}

/** Everything a prescription will command by itself, of a drug. */
export function programOf(prescription: Prescription, drug: string | undefined, from: From): Block[] {
  const { now, until, offset, due, late, givesWay } = from;
  const { program } = prescription;
  const each = strength(prescription, drug);
  const edges = [now, ...changes(program, now + offset, until + offset).map((at) => at - offset), until];
  const blocks = edges.flatMap((at, i) => {
    const to = edges[i + 1];
    return to === undefined ? [] : [{ from: at, to, flow: BigInt(basalAt(program, at + offset)) * each, givesWay }];
  });
  if (program.type !== 'periodic') return blocks;
  const given: Block[] = [];
  for (let at = due; at < until; at += program.interval)
    given.push({ from: at, to: at + program.bolus.duration + late(at), flow: BigInt(program.bolus.rate) * each });
  return withBoluses(blocks, given);
}

/** What is being given at this instant besides the program. */
export function boluses({ context, now }: CommandedPump, drug: string | undefined, asked = 0): Block[] {
  const each = context.prescription === null ? 0n : strength(context.prescription, drug);
  const ordered = context.clinician;
  // One that a patient bolus has suspended goes on after that, and one that the bolus asked for suspends the longer.
  const rest =
    ordered === null
      ? []
      : [
          {
            from: Math.max(now, context.bolus?.ends ?? now),
            to: ordered.ends + asked,
            flow: BigInt(ordered.rate) * each,
          },
        ];
  return [context.bolus, context.periodic]
    .flatMap((bolus) =>
      bolus === null ? [] : [{ from: now, to: bolus.ends as number, flow: BigInt(bolus.rate) * each }],
    )
    .concat(rest);
}

/**
 * Everything commanded, and everything the program in force still will, of a drug, beside a bolus as long as `asked`
 * that a patient asks for, or as `longest` of whoever.
 */
export function allOf(
  pump: CommandedPump,
  drug: string | undefined,
  until: number,
  { offset, asked = 0, longest = 0 }: { offset?: number; asked?: number; longest?: number } = {},
): Block[] {
  const { context, now, rates } = pump;
  const { prescription } = context;
  const past = commandedOf(rates, drug, now);
  if (prescription === null) return past;
  const late = (due: number): number => {
    if (context.profile.periodicDuringBolus !== 'defer') return 0;
    const rest = Math.max(0, (context.clinician?.ends ?? 0) + asked - due);
    return rest + Math.max(longest, prescription.patientBolus?.duration ?? 0);
  };
  const givesWay = context.profile.bolusOverBasal === 'replace';
  const wall = offset ?? context.wallOffset ?? 0;
  const from = { now, until, offset: wall, due: context.periodicNext ?? until, late, givesWay };
  const program = prescription.program;
  const waiting =
    context.periodicDeferred && program.type === 'periodic'
      ? [
          {
            from: now,
            to: now + program.bolus.duration + late(now),
            flow: BigInt(program.bolus.rate) * strength(prescription, drug),
          },
        ]
      : [];
  const running = [...boluses(pump, drug, asked), ...waiting];
  return [...past, ...withBoluses(programOf(prescription, drug, from), running)];
}

/** Ends of windows at which a mass may be greatest: where either end of the window meets an edge. */
export function endsOf(blocks: readonly Block[], window: number, from: number, to: number): number[] {
  const edges = blocks.flatMap((block) => [block.from, block.to, block.from + window, block.to + window]);
  return [...new Set([from, ...edges, to])].filter((at) => at >= from && at <= to);
}
