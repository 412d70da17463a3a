import type { ClinicianAct, FieldName } from '../../../programmer/index.ts';
import type { Volume } from '../../../shared/index.ts';
import type { Outcome } from '../../../workbench/act.ts';
import type { Simulation } from '../../../workbench/simulation.ts';
import { mL } from '../../harness.ts';
import { CONFIRM, type Entry, edit, REVIEW } from '../../programmer/reviewing.ts';

/** What people were told had been done. */
export type Told = 'programmed' | 'entered' | 'granted';

/** Those who look over the shoulders of the people in the story. */
export interface Onlooker {
  /** An interrogation has just been answered. */
  read(): void;
  told(what: Told): void;
  /** Somebody gave up: there was nothing more he could do by what he was shown. */
  stuck(doing: string): void;
}

/** How often somebody tries before he calls for help. */
const MOST_TRIES = 4;
/** What a delivery or a lost hour may take off a volume just entered. */
const ABOUT = mL('0.1');

const isDone = (outcome: Outcome): boolean => 'done' in outcome;
const isUnanswered = (outcome: Outcome): boolean => 'refused' in outcome && outcome.refused === 'noAnswer';

/** What a clinician does about an act that the pump did not answer: reads the pump, or repeats the act at once. */
export type Manner = 'reads' | 'repeats';

/**
 * A clinician who goes by the screen: whatever was not done, he repeats only where the screen says that the pump has not
 * got it, or shows that what it holds is still the old. One in haste takes "not done: the pump does not answer" by its
 * word.
 */
export class Clinician {
  readonly #sim: Simulation;
  readonly #onlooker: Onlooker;
  readonly #manner: Manner;

  constructor(sim: Simulation, onlooker: Onlooker, manner: Manner = 'reads') {
    this.#sim = sim;
    this.#onlooker = onlooker;
    this.#manner = manner;
  }

  interrogate(): boolean {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      if (!isDone(this.#act({ type: 'interrogate' }))) continue;
      this.#onlooker.read();
      return true;
    }
    this.#onlooker.stuck('interrogate');
    return false;
  }

  /** Edits, reviews and confirms until the screen shows the new daily dose. */
  program(entry: Entry, dailyDose: string): void {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      if (this.#text('pendingEdits') === undefined) this.#act(edit(entry));
      const [reviewed, confirmed] = [this.#act(REVIEW), this.#act(CONFIRM)];
      if (isDone(confirmed)) {
        this.#onlooker.told('programmed');
        return;
      }
      if (this.#manner === 'repeats' && [reviewed, confirmed].some(isUnanswered)) continue;
      if (!this.interrogate()) return;
      if (this.#text('dailyDose') === dailyDose) {
        if (this.#text('pendingEdits') !== undefined) this.#act({ type: 'discard' });
        return;
      }
    }
    this.#onlooker.stuck('program');
  }

  /** Types what was aspirated and filled, once; again only where it has not been counted, or a reason was asked for. */
  refill(aspirated: Volume, volume: Volume): void {
    let why: { readonly reason?: 'unknown' } = {};
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const outcome = this.#act({ type: 'refill', aspirated, volume, ...why });
      if (isDone(outcome)) {
        this.#onlooker.told('entered');
        return;
      }
      if (this.#manner === 'repeats' && isUnanswered(outcome)) continue;
      // A pump that lost time counts less of what was delivered.
      if ('refused' in outcome && outcome.refused === 'reasonNeeded') {
        why = { reason: 'unknown' };
        continue;
      }
      // By the screen it had been done before.
      if ('refused' in outcome && outcome.refused === 'carriedOutBefore') this.#onlooker.told('entered');
      if (!this.interrogate() || this.#isEntered(volume)) return;
    }
    this.#onlooker.stuck('refill');
  }

  /** What the screen says became of a volume typed, or, where it says nothing, what the expected volume shows. */
  #isEntered(volume: Volume): boolean {
    const { warnings } = this.#sim.screen();
    const says = (words: string) => warnings.some((warning) => warning.includes(words));
    if (says('had carried out the volume entered')) return true;
    if (says('the volume entered had not reached the pump')) return false;
    const shown = this.#sim.screen().fields.find(({ name }) => name === 'expectedVolume')?.value;
    return typeof shown === 'number' && Math.abs(shown - volume) < ABOUT;
  }

  /** Resumes a pump that the screen shows stopped. */
  resume(): void {
    if (this.#text('stoppedFor') === undefined) return;
    if (!isDone(this.#act({ type: 'resume' }))) this.#onlooker.stuck('resume');
  }

  readHistory(): void {
    if (!isDone(this.#act({ type: 'readHistory' }))) this.#onlooker.stuck('readHistory');
  }

  end(): void {
    this.#act({ type: 'endSession' });
  }

  #act(act: ClinicianAct): Outcome {
    return this.#sim.act({ by: 'clinician', act });
  }

  #text(name: FieldName): string | undefined {
    return this.#sim.screen().fields.find((field) => field.name === name)?.text;
  }
}

/** What a handset says of a press that may not have come to the pump. */
const PRESS_AGAIN = ['the pump does not answer', 'the command needs an open session'];

/** A patient who presses, and again where the handset says that the pump did not answer, or knew nothing of it. */
export function press(sim: Simulation, onlooker: Onlooker): void {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    sim.act({ by: 'patient', act: { type: 'requestBolus' } });
    if (sim.display().startsWith('Bolus started')) onlooker.told('granted');
    if (!PRESS_AGAIN.some((words) => sim.display().startsWith(words))) return;
  }
  onlooker.stuck('press');
}
