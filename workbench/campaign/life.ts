import type { Truth } from '../../firmware-sim/index.ts';
import { meanDailyDose } from '../../programmer/index.ts';
import {
  after,
  basalVolume,
  type Duration,
  earliest,
  type Instant,
  instant,
  MS_PER_DAY,
  massOf,
  span,
  strengthOf,
} from '../../shared/index.ts';
import { Simulation } from '../simulation.ts';
import type { TraceSink } from '../trace.ts';
import { HarmWatch } from '../training/harm.ts';
import { appointmentFor } from './appointment.ts';
import { GATHERED, Gatherer } from './gatherer.ts';
import type { Measured } from './measures.ts';
import type { Arm, Plan } from './plan.ts';
import { type Drawn, drawPump } from './population.ts';
import { start } from './start.ts';
import { type RefillBy, visit } from './visit.ts';

const MS_PER_MINUTE = 60_000;
const HOUR = 3_600_000;
/** How often the CSF is looked at. */
const LOOKS = span(4 * HOUR);
/** By then a patient has got used to what the pump delivers: harm is measured from here on. */
const SETTLED = span(14 * MS_PER_DAY);
/** After a visit that shows no date the patient is asked to come again. */
const AGAIN = span(7 * MS_PER_DAY);

/** One pump of a campaign in one arm, from its start to the end of its span or of its service. */
export class Life {
  readonly #plan: Plan;
  readonly #drawn: Drawn;
  readonly #gathered = new Gatherer();
  readonly #harm: HarmWatch | undefined;
  readonly #sim: Simulation;
  #began: Instant = instant(0);
  #isSettled = false;
  /** What it had delivered when its service ended. */
  #atEnd: Truth['doses'] | undefined;

  /** `watch` is told everything that happens. */
  constructor(plan: Plan, arm: Arm, pump: number, watch?: TraceSink) {
    this.#plan = plan;
    this.#drawn = drawPump(plan, arm, pump);
    this.#harm = plan.measure.includes('harm') ? new HarmWatch() : undefined;
    const { device, seed, library, hazards } = this.#drawn;
    this.#sim = new Simulation({
      ...{ profile: device, wallClock: plan.clock, seed, executor: 'table', frames: false, library, hazards },
      ...(this.#harm && { sampler: (truth, now) => this.#look(truth, now), sampleEvery: LOOKS }),
    });
    if (watch !== undefined) this.#sim.onTrace(watch);
    this.#sim.onTrace((record) => {
      this.#gathered.take(record);
      // Time goes on to the end of a stride; its life does not.
      if (this.#gathered.ended !== undefined) this.#atEnd ??= this.#sim.doses();
    }, GATHERED);
  }

  /** Until when it went. */
  get now(): Instant {
    return this.#sim.now;
  }

  /** Lives it; once. */
  whole(): Measured {
    const sim = this.#sim;
    const started = start(sim, this.#drawn);
    if ('refused' in started) return { startRefused: 1 };
    this.#began = sim.now;
    const { requests } = this.#drawn;
    if (requests != null) {
      const { every, jitter = span(0) } = requests;
      sim.habit({ act: { type: 'requestBolus' }, every, jitter, for: this.#plan.span });
    }
    // What a start delivers is not of its life.
    const before = sim.doses();
    const { firstFill, longestFill } = this.#visits(started.refillBy);
    const gathered = this.#gathered;
    const end = this.#end;
    return {
      ...gathered.counts,
      livedMinutes: minutes(end - this.#began),
      firstRefillMinutes: firstFill === undefined ? null : minutes(firstFill),
      longestFillMinutes: minutes(longestFill),
      stoppedMinutes: minutes(gathered.stopped.total(end)),
      dryMinutes: minutes(gathered.dry.total(end)),
      ...this.#dose(before, end),
      ...this.#harmed(),
    };
  }

  /** Until when it is a life: to the end of its service, or of what it has lived. */
  get #end(): Instant {
    return this.#gathered.ended ?? this.#sim.now;
  }

  /** Lets time go on from visit to visit, in strides in which nobody could come for an alarm. */
  #visits(first: RefillBy | undefined) {
    const [sim, gathered, drawn] = [this.#sim, this.#gathered, this.#drawn];
    const { clinic } = drawn;
    const end = after(sim.now, this.#plan.span);
    let [refillBy, filledAt, visits, alarms, longestFill] = [first, sim.now, 1, 1, 0];
    let firstFill: Duration | undefined;
    const appointed = (): Instant => {
      if (refillBy === undefined) return after(sim.now, AGAIN);
      return after(appointmentFor(sim.now, refillBy, clinic.margin), drawn.late(visits));
    };
    let appointment = appointed();
    while (sim.now < end && gathered.ended === undefined) {
      const soonest = drawn.afterAlarm(alarms);
      const called = gathered.alarmed === undefined ? undefined : after(gathered.alarmed, soonest);
      const coming = earliest([appointment, called]) ?? end;
      const stride = called === undefined ? after(sim.now, soonest) : end;
      sim.arriveAt(earliest([coming, stride, end]) ?? end);
      if (sim.now < coming || sim.now === end || gathered.ended !== undefined) continue;
      if (refillBy !== undefined && sim.now > refillBy.passed) gathered.add('missedRefills');
      const visited = visit(sim, drawn.start);
      [visits, alarms] = [visits + 1, alarms + (called === undefined ? 0 : 1)];
      gathered.alarmed = undefined;
      refillBy = visited.refillBy;
      if (visited.filled) {
        gathered.filled(sim.now);
        const lasted = span(sim.now - filledAt);
        firstFill ??= lasted;
        [longestFill, filledAt] = [Math.max(longestFill, lasted), sim.now];
      }
      appointment = appointed();
    }
    if (refillBy !== undefined && this.#end > refillBy.passed) gathered.add('missedRefills');
    return { firstFill, longestFill: Math.max(longestFill, this.#end - filledAt) };
  }

  /** What the primary drug came to, and what it should have come to by program and granted boluses. */
  #dose(before: Truth['doses'], end: Instant): Pick<Measured, 'dosePerDay' | 'doseErrorPpm'> {
    const { prescription, wall } = this.#sim.belief();
    const [drug] = prescription?.drugs ?? [];
    const time = span(end - this.#began);
    const lived = BigInt(time);
    if (prescription === null || drug === undefined || time === 0) return { dosePerDay: null, doseErrorPpm: null };
    const doses = this.#atEnd ?? this.#sim.doses();
    const given = BigInt((doses[drug.name] ?? 0) - (before[drug.name] ?? 0));
    const day = BigInt(MS_PER_DAY);
    const { program } = prescription;
    const strength = strengthOf(prescription);
    // Dated steps come once: a mean day says nothing of them.
    const basal =
      program.type === 'dated' && wall !== null
        ? BigInt(massOf(basalVolume(program, span(Math.max(0, wall - (this.#sim.now - this.#began))), time), strength))
        : (BigInt(meanDailyDose(prescription, wall, this.#drawn.device)) * lived) / day;
    const planned = basal + BigInt(massOf(this.#gathered.granted, strength));
    return {
      dosePerDay: Number((given * day) / lived),
      doseErrorPpm: planned === 0n ? null : Number(((given - planned) * 1_000_000n) / planned),
    };
  }

  #look(truth: () => Truth, now: Instant): void {
    if (now < this.#began + SETTLED || this.#harm === undefined || this.#gathered.ended !== undefined) return;
    if (this.#isSettled) this.#harm.look(truth(), now);
    else this.#harm.begin(truth(), now);
    this.#isSettled = true;
  }

  #harmed(): Measured {
    const primary = this.#drawn.start.fill.solution?.[0]?.name;
    const harm = this.#harm?.harm.find(({ drug }) => drug === primary);
    if (harm === undefined) return {};
    const { little, tooLittle, much, tooMuch } = harm.lasted;
    return {
      littleMinutes: minutes(little),
      tooLittleMinutes: minutes(tooLittle),
      muchMinutes: minutes(much),
      tooMuchMinutes: minutes(tooMuch),
    };
  }
}

/** Whole minutes. */
const minutes = (time: number): number => Math.floor(time / MS_PER_MINUTE);
