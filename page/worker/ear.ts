import type { Session, TraceRecord } from '../../workbench/index.ts';
import type { Tone } from './protocol.ts';

/** The class whose tones are short and of one pitch. */
const SINGLE = 'single';
const SOUNDS = [SINGLE, 'two-tone', 'four-tones', 'four-double-tones'] as const satisfies readonly Tone['sound'][];

/**
 * Hears what the pump sounds while time passes. Tones are no events: the pump says at any instant which comes next if
 * nothing changes, so whoever asks at each instant at which something happens misses none.
 */
export class Ear {
  readonly #sim: Session['sim'];
  readonly #heard: Tone[] = [];
  #next: ReturnType<Session['sim']['belief']>['nextTone'] = null;

  constructor(sim: Session['sim']) {
    this.#sim = sim;
    this.#next = sim.belief().nextTone;
  }

  /** To be called at each instant, once all is done that is due at it. */
  listen(): void {
    const { now } = this.#sim;
    // What is due at this very instant may still change at it.
    if (this.#next !== null && this.#next.at < now) this.#heard.push(this.#tone(this.#next.sound));
    this.#next = this.#sim.belief().nextTone;
  }

  /** All that was heard. */
  heard(): readonly Tone[] {
    this.listen();
    return this.#heard;
  }

  /** What a clinician who has the tones sounded hears: both, one after the other. */
  tested(records: readonly TraceRecord[]): readonly Tone[] {
    const isTest = ({ layer, kind, data }: TraceRecord) =>
      layer === 'firmware' &&
      kind === 'log' &&
      typeof data === 'object' &&
      data !== null &&
      'kind' in data &&
      data.kind === 'alarmTested';
    if (!records.some(isTest)) return [];
    const { criticalTonePattern } = this.#sim.profile;
    return [this.#tone(SINGLE), this.#tone(criticalTonePattern === 'twoTone' ? 'two-tone' : 'four-tones')];
  }

  /** What hands hear that listen. */
  listened(found: readonly string[]): readonly Tone[] {
    return SOUNDS.filter((sound) => found.includes(sound)).map((sound) => this.#tone(sound));
  }

  #tone(sound: Tone['sound']): Tone {
    const { toneLength, criticalToneLength } = this.#sim.profile;
    return { sound, lasts: (sound === SINGLE ? toneLength : criticalToneLength) / 1000 };
  }
}
