import { z } from 'zod';
import { EXECUTOR_NAMES, type Truth } from '../../firmware-sim/index.ts';
import { libraryOf, librarySchema, type Screen } from '../../programmer/index.ts';
import {
  after,
  between,
  formatDuration,
  fromJson,
  type HistoryEntry,
  type Instant,
  impossible,
  instant,
  type LogKind,
  type ProfileSheet,
  profileSheet,
  REFUSALS,
  readProfile,
  type Status,
  UnitError,
} from '../../shared/index.ts';
import type { Act, Outcome, Refused } from '../act.ts';
import { breachText, Invariants } from '../invariants/index.ts';
import { ProfileError } from '../profile/problem.ts';
import { sheetOf } from '../profile/sheet-of.ts';
import { Simulation } from '../simulation.ts';
import { REFUSED_WORDS } from '../tell.ts';
import type { TraceRecord } from '../trace.ts';
import type { Setting } from './course.ts';
import { type Checked, check } from './expect.ts';
import { implausible } from './plausible.ts';
import type { View } from './readings.ts';
import { condition, expectation, scenarioSchema } from './schema.ts';
import { type Overrides, settingsOf } from './settings.ts';
import { holds, nameOf, namesOf, startActs } from './story.ts';
import { keys, span } from './text.ts';
import { readAct, readWritten, type WrittenAct, WrittenError } from './written.ts';

const { profile, start, clock, seed, faults } = scenarioSchema.shape;
const pumpSchema = keys({ profile: profile.or(profileSheet), start });
const optionsSchema = keys({
  clock: clock.prefault('2026-01-05 08:00'),
  seed: seed.unwrap().optional(),
  faults: faults.unwrap().default([]),
  executor: z.enum(EXECUTOR_NAMES).optional(),
  library: z.literal('none').or(librarySchema).optional(),
});

/** What `start` says in a scenario file, with the same keys. */
export type Start = NonNullable<z.input<typeof scenarioSchema>['start']>;
/** The other keys with which a scenario file sets a simulation up, and the executor; undefined is left out. */
export type SimulateOptions = z.input<typeof optionsSchema>;
/** What became of an act, and when by the pump's own time, in which it also tells `until`. */
export type Answer = Outcome & { readonly at: Instant };

/** What one of those who act may be told to do, as in a step. */
type Said<Who extends keyof WrittenAct> = NonNullable<WrittenAct[Who]>;

/**
 * A running pump of a shipped profile or of a sheet, filled and programmed as `start` of a scenario says; without
 * `start`, one fresh from the shelf. Throws WrittenError, with every problem of the options or else of the rest,
 * where that cannot be read or is refused.
 */
export function simulate(profile: string | ProfileSheet, start?: Start, options: SimulateOptions = {}): RunningPump {
  const { clock, faults, library, ...others } = readWritten(optionsSchema, options, 'simulate');
  const own = library === undefined ? {} : { library: library === 'none' ? null : libraryOf(library) };
  const overrides = { ...others, ...own };
  const pump = readWritten(pumpSchema, start === undefined ? { profile } : { profile, start }, 'simulate');
  const setting = { ...pump, profile: deviceOf(pump.profile), clock, faults };
  const unlikely = implausible({ ...setting, story: [] });
  if (unlikely.length > 0)
    throw new WrittenError(unlikely.map(({ path, message }) => `simulate: ${path.join('.')}: ${message}`).join('\n'));
  return new RunningPump(setting, overrides);
}

/** The sheet that is meant, one no line of which is impossible. */
function deviceOf(profile: string | ProfileSheet): ProfileSheet {
  try {
    const sheet = typeof profile === 'string' ? sheetOf(profile, undefined) : profile;
    const [first] = impossible(readProfile(sheet));
    if (first !== undefined)
      throw new UnitError(`profile ${sheet.name}, ${first.parameters.join(' and ')}: expected ${first.expected}`);
    return sheet;
  } catch (error) {
    if (error instanceof ProfileError || error instanceof UnitError)
      throw new WrittenError(`simulate: profile: ${error.message.replace(/^1:1: /, '')}`);
    throw error;
  }
}

/** Why an act was refused, in words. */
export function refusedWords(refused: Refused): string {
  const words: Readonly<Record<string, string>> = { ...REFUSALS, ...REFUSED_WORDS };
  return words[refused] ?? refused;
}

/**
 * A simulation spoken to in the words of a scenario file. Every always-true rule watches it: the call that
 * breaks one throws.
 */
export class RunningPump {
  readonly #sim: Simulation;
  readonly #invariants: Invariants;
  readonly #trace: TraceRecord[] = [];
  readonly #happened = new Set<string>();
  /** How many breaches have been thrown. */
  #thrown = 0;

  constructor(setting: Setting, overrides: Overrides) {
    Object.defineProperties(this, STATE);
    const settings = settingsOf(setting, overrides);
    this.#sim = new Simulation(settings);
    this.#invariants = new Invariants(settings.profile);
    this.#sim.onTrace((record) => {
      this.#trace.push(record);
      this.#invariants.take(record);
      for (const name of namesOf(record)) this.#happened.add(name);
    });
    this.#sim.powerOn();
    for (const { act, path } of startActs(setting)) {
      const answer = this.#do(act);
      if (!('refused' in answer)) continue;
      const { refused } = answer;
      throw new WrittenError(
        `simulate: ${path.join('.')}: ${act.act.type} refused as ${refused}: ${refusedWords(refused)}`,
      );
    }
  }

  /** Lets a span of time such as "3d" pass. */
  advance(by: string): void {
    this.#sim.advance(readWritten(span, by, 'advance'));
    this.#look();
  }

  /** Lets time pass until a condition such as `{ alarm: 'lowReservoir' }` holds. Throws where it does not in time. */
  until(awaited: z.input<typeof condition>, atMost: string): void {
    const wanted = readWritten(condition, awaited, 'until');
    const most = readWritten(span, atMost, 'until, at most');
    this.#happened.clear();
    const reached = this.#sim.until(() => holds(wanted, this.#sim, this.#happened), after(this.#sim.now, most));
    this.#look();
    if (!reached) throw new Error(`until ${nameOf(wanted)}: it did not come within ${formatDuration(most)}`);
  }

  /** A press on the patient's handset. */
  press(): Answer {
    return this.patient('requestBolus');
  }

  patient(patient: Said<'patient'>): Answer {
    return this.#do(readAct({ patient }));
  }

  clinician(clinician: Said<'clinician'>): Answer {
    return this.#do(readAct({ clinician }));
  }

  hands(hands: Said<'hands'>): Answer {
    return this.#do(readAct({ hands }));
  }

  world(world: Said<'world'>): Answer {
    return this.#do(readAct({ world }));
  }

  /** What the pump believes. */
  get belief(): Status {
    return this.#sim.belief();
  }

  /** What is physically so. */
  get truth(): Truth {
    return this.#sim.truth();
  }

  /** What the clinician sees. */
  get screen(): Screen {
    return this.#sim.screen();
  }

  /** Everything that has been told since power on. */
  get trace(): readonly TraceRecord[] {
    return this.#trace;
  }

  /** Simulated time since power on, such as "3d 4h". */
  get time(): string {
    return formatDuration(between(instant(0), this.#sim.now));
  }

  /** Holds what `expect` says in a scenario file against the pump as it is now. */
  check(wanted: Omit<z.input<typeof expectation>, 'refused' | 'retryIn'>): readonly Checked[] {
    return check(readWritten(expectation, wanted, 'expect'), this.#view());
  }

  #do(act: Act): Answer {
    const outcome = this.#sim.act(act);
    this.#look();
    return { ...outcome, at: this.#sim.belief().now };
  }

  /** Throws what has been broken since it last did. */
  #look(): void {
    this.#invariants.finish(this.#sim.now);
    const broken = this.#invariants.breaches.slice(this.#thrown);
    this.#thrown += broken.length;
    if (broken.length > 0) throw new BrokenRule(broken.map(breachText).join('\n'));
  }

  #view(): View {
    const history: HistoryEntry[] = [];
    const logged = new Map<LogKind, number>();
    for (const { layer, kind: told, data } of this.#trace) {
      if (layer !== 'firmware') continue;
      if (told === 'history') history.push(fromJson<HistoryEntry>(data));
      if (told !== 'log') continue;
      const { kind } = fromJson<{ kind: LogKind }>(data);
      logged.set(kind, (logged.get(kind) ?? 0) + 1);
    }
    return { sim: this.#sim, history, logged, outcome: undefined };
  }
}

/** What pumps are compared and printed by: properties of their own, as getters of a class are not. */
const { time, belief, truth, screen } = Object.getOwnPropertyDescriptors(RunningPump.prototype);
const STATE = Object.fromEntries(
  Object.entries({ time, belief, truth, screen }).map(([name, getter]) => [name, { ...getter, enumerable: true }]),
);

/** An always-true rule that was broken: the fault is the simulator's, not the test's. */
export class BrokenRule extends Error {
  override readonly name = 'BrokenRule';
}
