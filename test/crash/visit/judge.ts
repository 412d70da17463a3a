import { isDeepStrictEqual } from 'node:util';
import {
  type DeviceProfile,
  type LogKind,
  type LogRecord,
  type Prescription,
  prescriptionDigest,
  type ReplyOf,
  rate,
  type Status,
} from '../../../shared/index.ts';
import { breachText, Invariants } from '../../../workbench/invariants/index.ts';
import type { Simulation } from '../../../workbench/simulation.ts';
import type { TraceRecord } from '../../../workbench/trace.ts';
import type { CrashingStorage } from '../crashing-storage.ts';
import { keptWrong, logIn, volumesWrong } from './in-the-end.ts';
import type { Onlooker, Told } from './people.ts';
import type { Story } from './stories.ts';

export interface Judged {
  readonly sim: Simulation;
  readonly profile: DeviceProfile;
  readonly storage: CrashingStorage;
  /** All that was told until now and has not been taken back. */
  readonly trace: () => readonly TraceRecord[];
  readonly wanted: Story['wanted'];
}

/** The log kind that counts what people were told. */
const KIND_OF = {
  programmed: 'prescriptionCommitted',
  entered: 'reservoirEntered',
  granted: 'bolusGranted',
} as const satisfies Record<Told, LogKind>;
const TOLD = Object.keys(KIND_OF) as Told[];

/** What is worth counting, so that it is seen to come to pass. */
export type Happened =
  | `told ${Told}`
  | `said ${ReplyOf<'recall'>['became']}`
  | 'update interrupted'
  | 'bank healed'
  | 'processor started';
const COUNTED = [
  ['memoryHealed', 'bank healed'],
  ['reset', 'processor started'],
] as const satisfies readonly (readonly [LogKind, Happened])[];

const NEW_RATE = rate.parse('0.44 mL/day');
/** What changes in a pump while an answer is said again, and nothing else happens. */
const PASSING = ['now', 'wall', 'volume', 'sinceSession', 'sinceFill', 'nextTone'];

/**
 * Holds a story in which something went wrong against what must be so whatever goes wrong: programmer and pump agree
 * once the pump has been read, what was told is so, nothing is half applied, counted twice or lost.
 */
export class Judge implements Onlooker {
  readonly #judged: Judged;
  readonly #problems: string[] = [];
  readonly #happened = new Set<Happened>();
  readonly #old: Prescription | null;
  readonly #new: string;
  /** The log as long as it was when the story began. */
  readonly #logged: number;
  /** What the pump believed when it answered the last interrogation. */
  #answered: { readonly bytes: string; readonly belief: Status };

  constructor(judged: Judged) {
    this.#judged = judged;
    const belief = judged.sim.belief();
    const { prescription } = belief;
    this.#answered = { bytes: '', belief };
    this.#old = prescription;
    this.#new =
      prescription === null
        ? ''
        : prescriptionDigest({ ...prescription, program: { type: 'constant', rate: NEW_RATE } });
    this.#logged = logIn(judged.trace()).length;
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  /** What came to pass, of what is worth counting. */
  get happened(): ReadonlySet<Happened> {
    return this.#happened;
  }

  /** Hears everything as it is told. An answer that has to be said again is of the time when it was first said. */
  hear({ layer, kind, data }: TraceRecord): void {
    const { from, name, bytes } = Object(data);
    if (layer !== 'link' || kind !== 'frame' || from !== 'pump' || name !== 'interrogate') return;
    if (bytes !== this.#answered.bytes) this.#answered = { bytes, belief: this.#judged.sim.belief() };
  }

  stuck(doing: string): void {
    this.#problems.push(`nobody could ${doing} any more`);
  }

  told(what: Told): void {
    this.#happened.add(`told ${what}`);
    const { prescription } = this.#judged.sim.belief();
    if (this.#count(what) !== 1) this.#problems.push(`told ${what}, and found ${this.#count(what)} times`);
    if (what === 'programmed' && (prescription === null || prescriptionDigest(prescription) !== this.#new))
      this.#problems.push('told programmed, and another prescription is in force');
  }

  read(): void {
    const { sim } = this.#judged;
    const belief = sim.belief();
    const { status } = sim.knows;
    const differ = status === null ? ['everything'] : differences(status, this.#answered.belief);
    if (differ.length > 0) this.#problems.push(`the programmer shows another ${differ.join(', ')} than the pump has`);
    const changed = differences(this.#answered.belief, belief).filter((field) => !PASSING.includes(field));
    if (changed.length > 0) this.#problems.push(`since it was read the pump has changed its ${changed.join(', ')}`);
    this.#checkPrescription(belief);
    this.#checkInterruption(belief);
    this.#checkRecalled();
    if (sim.truth().flow !== belief.rate)
      this.#problems.push(`${sim.truth().flow} flows, and the pump commands ${belief.rate}`);
    for (const what of TOLD) if (this.#count(what) > 1) this.#problems.push(`${what} ${this.#count(what)} times`);
  }

  /** What must be so in the end. */
  conclude(): void {
    const { sim, profile, storage, trace, wanted } = this.#judged;
    const records = trace();
    const invariants = new Invariants(profile);
    for (const record of records) invariants.take(record);
    invariants.finish(sim.now);
    this.#problems.push(...invariants.breaches.map(breachText));
    for (const what of TOLD)
      if (this.#count(what) !== wanted[what])
        this.#problems.push(`${what} ${this.#count(what)} times in the end, wanted was ${wanted[what]}`);
    const { prescription, infusion } = sim.belief();
    if (wanted.programmed > 0 && (prescription === null || prescriptionDigest(prescription) !== this.#new))
      this.#problems.push('the new prescription is not in force in the end');
    if (infusion !== 'basal') this.#problems.push(`delivery is ${infusion} in the end`);
    for (const [kind, what] of COUNTED)
      if (this.#since().some((record) => record.kind === kind)) this.#happened.add(what);
    const isTimeLost = this.#since().some(({ kind, data }) => kind === 'reset' && data['timeLost'] === true);
    this.#problems.push(...volumesWrong(sim, profile, records, isTimeLost), ...keptWrong(storage, profile, records));
  }

  #since(): readonly LogRecord[] {
    return logIn(this.#judged.trace()).slice(this.#logged);
  }

  #count(what: Told): number {
    return this.#since().filter(({ kind }) => kind === KIND_OF[what]).length;
  }

  /** The old prescription whole, or the new one whole, whichever was committed. */
  #checkPrescription({ prescription, record }: Status): void {
    const committed = this.#count('programmed');
    const digest = prescription === null ? '' : prescriptionDigest(prescription);
    const old = this.#old === null ? '' : prescriptionDigest(this.#old);
    if (digest !== (committed === 0 ? old : this.#new) || record !== 1 + committed)
      this.#problems.push(`neither the old prescription nor the new, after ${committed} commits`);
  }

  /** After an update that came to nothing delivery is what the profile wants, and the screen says so. */
  #checkInterruption({ infusion, stopped, rate: commanded }: Status): void {
    if (!isInterrupted(this.#since())) return;
    this.#happened.add('update interrupted');
    const { sim, profile } = this.#judged;
    if (profile.onUpdateAbort === 'resumeOld') {
      if (infusion !== 'basal' || commanded === 0)
        this.#problems.push(`an interrupted update did not resume the old program: ${infusion}`);
      return;
    }
    if (stopped?.why !== 'updateInterrupted' || commanded !== 0)
      this.#problems.push(`an interrupted update did not leave the pump stopped: ${infusion}`);
    const { warnings, fields } = sim.screen();
    const isSaid =
      warnings.some((warning) => /^THE PUMP IS STOPPED since .*: update interrupted$/.test(warning)) &&
      fields.some(({ name, text }) => name === 'mode' && text === 'stopped: update interrupted');
    if (!isSaid) this.#problems.push('the screen does not say that the pump is stopped, or why');
  }

  /** What the screen says became of a command is what became of it. */
  #checkRecalled(): void {
    const { recalled } = this.#judged.sim.knows;
    const what = { commitUpdate: 'programmed', enterReservoir: 'entered' } as const;
    if (recalled === null || (recalled.request.name !== 'commitUpdate' && recalled.request.name !== 'enterReservoir'))
      return;
    const { became, answer } = recalled;
    this.#happened.add(`said ${became}`);
    const count = this.#count(what[recalled.request.name]);
    const isDone = became === 'answered' && answer !== null && 'reply' in answer;
    if (became !== 'unknown' && count !== (isDone ? 1 : 0))
      this.#problems.push(`${recalled.request.name} is said to be ${became}, and found ${count} times`);
  }
}

/** Fields that are not the same, by their names. */
const differences = (shown: Status, belief: Status): string[] =>
  Object.entries(belief).flatMap(([name, value]) =>
    isDeepStrictEqual(Object.entries(shown).find(([other]) => other === name)?.[1], value) ? [] : [name],
  );

/** Whether the last update came to nothing, and nobody has done anything about it since. */
function isInterrupted(log: readonly LogRecord[]): boolean {
  let state: 'none' | 'updating' | 'interrupted' = 'none';
  for (const { kind } of log) {
    if (kind === 'updateStarted') state = 'updating';
    else if (kind === 'prescriptionCommitted') state = 'none';
    else if (state === 'updating' && (kind === 'updateInterrupted' || kind === 'reset')) state = 'interrupted';
  }
  return state === 'interrupted';
}
