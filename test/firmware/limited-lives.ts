import fc from 'fast-check';
import { expect } from 'vitest';
import { type DeviceProfile, type Prescription, strengthOf } from '../../shared/index.ts';
import { CommandedPump, DAY } from './commanded.ts';
import { type Deed, deeds, prescriptions, profiles, waits } from './limited-draws.ts';
import { allOf, type Block, commandedOf, endsOf, limitOf, massIn, programOf, withBoluses } from './windows.ts';

/** A time under one prescription and one clock: what its windows may hold. */
interface Reign {
  readonly from: number;
  readonly prescription: Prescription;
  /** What would have been given and still commanded without the change that began it; undefined where it may be anything. */
  readonly before: readonly Block[] | undefined;
}

/** Watches one life. */
class Watch {
  readonly pump: CommandedPump;
  readonly #reigns: Reign[] = [];
  #until: number | undefined;
  readonly #strict: boolean;

  constructor(changes: Partial<DeviceProfile>, executor: 'xstate' | 'table', strict: boolean) {
    this.pump = new CommandedPump(changes, { executor });
    this.#strict = strict;
  }

  /** What the windows about to come would hold if nothing were changed. */
  #unchanged(prescription: Prescription, offset?: number): Block[] {
    const window = prescription.doseLimit?.window ?? 0;
    return allOf(
      this.pump,
      prescription.drugs[0]?.name,
      this.pump.now + window,
      offset === undefined ? {} : { offset },
    );
  }

  /** Whether some window that a change reaches would hold more than its limit and than without the change. */
  #worse(prescription: Prescription, next: readonly Block[], before: readonly Block[] | undefined): boolean {
    const { doseLimit } = prescription;
    if (doseLimit === null) return false;
    const { now } = this.pump;
    const { window } = doseLimit;
    const limit = limitOf(prescription);
    const unchanged = (end: number) => (before === undefined ? 0n : massIn(before, end - window, end));
    const ends = endsOf([...next, ...(before ?? [])], window, now, now + window).sort((a, b) => a - b);
    // Where what was allowed anyway meets the limit, what is allowed may be least.
    const meets = ends.flatMap((end, i) => {
      let [low, high] = [end, ends[i + 1] ?? end];
      const over = unchanged(low) > limit;
      if (unchanged(high) > limit === over) return [];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (unchanged(middle) > limit === over) low = middle;
        else high = middle;
      }
      return [low, high];
    });
    return [...ends, ...meets].some((end) => {
      const mass = massIn(next, end - window, end);
      return mass > limit && mass > unchanged(end);
    });
  }

  prescribe(deed: Extract<Deed, { do: 'prescribe' }>): void {
    const { pump } = this;
    const { override, transfer } = deed;
    const inForce = pump.context.prescription;
    const prescription =
      deed.same && inForce !== null ? { ...inForce, drugs: deed.prescription.drugs } : deed.prescription;
    const before = inForce === null ? undefined : this.#unchanged(prescription);
    const staged = pump.stage(prescription, { override });
    if (staged?.code === 'overLimitForNow') this.#checkRefusedCommit(prescription, staged.until, before);
    if (staged !== undefined) return;
    if (deed.pressed) pump.press();
    const begun = inForce === null ? undefined : this.#unchanged(prescription);
    if (pump.begin(prescription) !== undefined) return;
    pump.pass(transfer);
    expect(pump.commit(prescription)).toBeUndefined();
    this.#reigns.push({
      from: pump.now,
      prescription,
      before: override ? [{ from: 0, to: 1e15, flow: 10n ** 20n }] : begun,
    });
  }

  /** A commit is refused only where it would make a window over the limit worse. */
  #checkRefusedCommit(prescription: Prescription, until: number | null, before: readonly Block[] | undefined): void {
    const { pump } = this;
    const window = prescription.doseLimit?.window ?? 0;
    const drug = prescription.drugs[0]?.name;
    const { program } = prescription;
    const { now } = pump;
    const late = pump.context.profile.periodicDuringBolus === 'defer' ? (prescription.patientBolus?.duration ?? 0) : 0;
    const due = program.type === 'periodic' ? now + program.interval : 0;
    const givesWay = pump.context.profile.bolusOverBasal === 'replace';
    const from = { now, until: now + window, offset: pump.context.wallOffset ?? 0, due, late: () => late, givesWay };
    const next = [...commandedOf(pump.rates, drug, now), ...programOf(prescription, drug, from)];
    if (!this.#worse(prescription, next, before)) throw new Error('a commit was refused that makes no window worse');
    // A deferred bolus is reckoned with at its latest, and found out to be early.
    if (!this.#strict || until === null || pump.context.profile.periodicDuringBolus === 'defer') return;
    // A pump that a bolus is to stop is reckoned with as if it went on.
    if (pump.context.clinician?.then === 'stopped') return;
    const other = pump.fork();
    other.passTo(until - 1);
    other.fill();
    expect({ at: until - 1, code: other.stage(prescription)?.code }).toEqual({
      at: until - 1,
      code: 'overLimitForNow',
    });
    other.passTo(until);
    expect(other.stage(prescription)).toBeUndefined();
  }

  moveClock(by: number): void {
    const { pump } = this;
    const { prescription, wallOffset } = pump.context;
    if (pump.now + (wallOffset ?? 0) + by < 0) return;
    const before = prescription === null ? undefined : this.#unchanged(prescription);
    const next = prescription === null ? [] : this.#unchanged(prescription, (wallOffset ?? 0) + by);
    const refused = pump.moveClock(by);
    if (refused?.code === 'overLimitForNow' && prescription !== null) {
      if (!this.#worse(prescription, next, before))
        throw new Error('a clock set was refused that makes no window worse');
    }
    if (refused === undefined && prescription !== null) this.#reigns.push({ from: pump.now, prescription, before });
  }

  press(): void {
    const { pump } = this;
    const before = pump.fork();
    const refused = pump.press();
    if (refused?.code !== 'doseLimit') return;
    this.#until = refused.until ?? undefined;
    this.#checkDenied(before, refused.until);
  }

  /** A request is denied only where the bolus would have broken the limit; at `until` it is granted, just before not. */
  #checkDenied(pump: CommandedPump, until: number | null): void {
    const { prescription, profile } = pump.context;
    const bolus = prescription?.patientBolus;
    if (prescription?.doseLimit == null || bolus == null) throw new Error('a denial for no limit');
    const { window } = prescription.doseLimit;
    const { now } = pump;
    const drug = prescription.drugs[0]?.name;
    const all = allOf(pump, drug, now + window + bolus.duration, { asked: bolus.duration });
    const given = { from: now, to: now + bolus.duration, flow: BigInt(bolus.rate) * BigInt(strengthOf(prescription)) };
    const with_ = withBoluses(all, [given]);
    const ends = endsOf(with_, window, now, now + window + bolus.duration);
    if (!ends.some((end) => massIn(with_, end - window, end) > limitOf(prescription)))
      throw new Error('a bolus was denied that breaks no limit');
    // A deferred bolus is reckoned with at its latest, and found out to be early.
    if (!this.#strict || until === null || profile.periodicDuringBolus === 'defer') return;
    if (profile.maxDoseDenied !== 'deny') return;
    // A pump that is to stop after a bolus grants none then, and what is halted is another thing.
    if (pump.context.clinician?.then === 'stopped' || profile.clinicianOverLimit === 'haltAtLimit') return;
    const other = pump.fork();
    other.passTo(until - 1);
    other.fill();
    expect({ at: until - 1, code: other.wouldRefuse()?.code }).toEqual({ at: until - 1, code: 'doseLimit' });
    other.passTo(until);
    other.fill();
    expect({ at: until, code: other.wouldRefuse()?.code }).toEqual({ at: until, code: undefined });
  }

  /** An order is refused only where the bolus would have broken the limit; at `until` it is taken, just before not. */
  order({ rate, duration, then }: Extract<Deed, { do: 'order' }>): void {
    const { pump } = this;
    const { prescription, profile } = pump.context;
    const payload = { serial: '', rate, duration, then };
    const before = pump.fork();
    const refused = pump.ask({ name: 'clinicianBolus', payload });
    if (refused?.code !== 'doseLimit' || profile.clinicianOverLimit === 'haltAtLimit') return;
    if (prescription?.doseLimit == null) throw new Error('a refusal for no limit');
    const { window } = prescription.doseLimit;
    const { now } = before;
    const all = allOf(before, prescription.drugs[0]?.name, now + window + duration, { longest: duration });
    const given = { from: now, to: now + duration, flow: BigInt(rate) * BigInt(strengthOf(prescription)) };
    const with_ = withBoluses(all, [given]);
    const ends = endsOf(with_, window, now, now + window + duration);
    if (!ends.some((end) => massIn(with_, end - window, end) > limitOf(prescription)))
      throw new Error('a bolus of a clinician was refused that breaks no limit');
    if (!this.#strict || refused.until === null || profile.periodicDuringBolus === 'defer') return;
    // A pump that stands still is reckoned with as if it were started at once, and found to have more room.
    if (before.context.stopped === null) {
      before.passTo(refused.until - 1);
      before.fill();
      expect({ at: refused.until - 1, code: before.ask({ name: 'clinicianBolus', payload })?.code }).toEqual({
        at: refused.until - 1,
        code: 'doseLimit',
      });
    }
    before.passTo(refused.until);
    before.fill();
    expect(before.ask({ name: 'clinicianBolus', payload })).toBeUndefined();
  }

  pressAgain(): void {
    if (this.#until !== undefined && this.#until >= this.pump.now && this.#until < this.pump.now + 2 * DAY) {
      this.pump.passTo(this.#until);
      this.pump.fill();
    }
    this.press();
  }

  /** Lets everything commanded so far leave the longest window, then looks at every window there was. */
  finish(): void {
    const { pump } = this;
    const last = this.#reigns.at(-1);
    pump.pass(last?.prescription.doseLimit?.window ?? 0);
    this.#reigns.forEach((reign, i) => {
      const { doseLimit, drugs } = reign.prescription;
      if (doseLimit === null) return;
      const { window } = doseLimit;
      const to = this.#reigns[i + 1]?.from ?? pump.now;
      const near = pump.rates.filter(({ at }, k) => (pump.rates[k + 1]?.at ?? to) > reign.from - window && at < to);
      const blocks = commandedOf(near, drugs[0]?.name, to);
      for (const end of endsOf(blocks, window, reign.from + 1, to)) {
        const mass = massIn(blocks, end - window, end);
        if (mass <= limitOf(reign.prescription)) continue;
        const touches = end - window < reign.from;
        const allowed = touches && reign.before !== undefined ? massIn(reign.before, end - window, end) : 0n;
        if (mass > allowed)
          throw new Error(
            `the window before ${end} ms holds ${mass}, ${limitOf(reign.prescription)} is the limit, ${allowed} was before`,
          );
      }
    });
  }

  live(deed: Deed): void {
    if (this.pump.context.volume < this.pump.context.profile.reservoirCapacity / 3) this.pump.fill();
    switch (deed.do) {
      case 'press':
        this.press();
        return;
      case 'pressAgain':
        this.pressAgain();
        return;
      case 'clock':
        this.moveClock(deed.by);
        return;
      case 'prescribe':
        this.prescribe(deed);
        return;
      case 'order':
        this.order(deed);
        return;
      case 'reset':
        this.pump.reset();
        return;
      case 'fill':
        this.pump.fill();
        return;
      default:
        this.pump.do(deed.do);
    }
  }
}

/** Random lives under random limits: no window ever holds more than it may, and nothing is denied without need. */
export function livesKeepTheirLimits(numRuns: number, seed = 20_260_105): { granted: number; denied: number } {
  const seen = { granted: 0, denied: 0 };
  fc.assert(
    fc.property(
      profiles,
      fc.constantFrom('table' as const, 'table' as const, 'table' as const, 'xstate' as const),
      fc.integer({ min: 0, max: 3 }),
      fc.array(prescriptions, { minLength: 1, maxLength: 1 }),
      fc.array(fc.tuple(waits, deeds), { minLength: 5, maxLength: 25 }),
      (changes, executor, strict, [first], life) => {
        const watch = new Watch(changes, executor, strict === 0);
        if (first !== undefined)
          watch.prescribe({
            do: 'prescribe',
            prescription: first,
            same: false,
            override: false,
            transfer: 0,
            pressed: false,
          });
        for (const [wait, deed] of life) {
          watch.pump.pass(wait);
          watch.live(deed);
        }
        watch.finish();
        seen.granted += watch.pump.context.granted;
        seen.denied += watch.pump.log.filter(({ data }) => data['code'] === 'doseLimit').length;
      },
    ),
    { numRuns, seed, endOnFailure: true },
  );
  return seen;
}
