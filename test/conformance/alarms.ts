import type { DeviceProfile } from '../../shared/index.ts';
import type { Wanted } from './json.ts';

type Class = 'critical' | 'non-critical';

/** The alarms in the order they are told. */
const ALARMS: Readonly<Record<string, { readonly class: Class; readonly silenceable: boolean }>> = {
  lowReservoir: { class: 'non-critical', silenceable: true },
  emptyReservoir: { class: 'critical', silenceable: true },
  stoppedPump: { class: 'critical', silenceable: true },
  eri: { class: 'non-critical', silenceable: true },
  endOfService: { class: 'critical', silenceable: false },
  memoryError: { class: 'critical', silenceable: true },
  memoryLocked: { class: 'non-critical', silenceable: true },
  lowBatteryReset: { class: 'critical', silenceable: true },
  stall: { class: 'critical', silenceable: true },
  occlusion: { class: 'critical', silenceable: true },
  overTemperature: { class: 'critical', silenceable: true },
  overFlow: { class: 'critical', silenceable: true },
  underFlow: { class: 'non-critical', silenceable: true },
};

/** What a handset may alarm of in the pump's place. */
export const OF_RESERVOIR: readonly string[] = ['lowReservoir', 'emptyReservoir'];

const ALARM_NAMES = Object.keys(ALARMS);

interface Raised {
  readonly since: number;
  /** When its tone sounded first, or anew after a silence. */
  readonly soundsFrom: number;
  /** Until when it is quiet, and the session that made it so. */
  readonly silence: { readonly until: number; readonly session: number } | null;
}

/** Why an alarm is not silenced. */
export interface SilenceRefused {
  readonly code: string;
  readonly also: readonly string[];
  readonly until: number | null;
}

/** The alarms that are active, their silences, and when they sound. Times are pump time. */
export class Alarms {
  readonly #device: DeviceProfile;
  readonly #log: (kind: string, data: Wanted) => void;
  readonly #raised = new Map<string, Raised>();
  /** From one tone of a critical alarm to the next. */
  interval: number;

  constructor(device: DeviceProfile, log: (kind: string, data: Wanted) => void) {
    [this.#device, this.#log] = [device, log];
    this.interval = device.criticalToneInterval;
  }

  has(code: string): boolean {
    return this.#raised.has(code);
  }

  /** An alarm is there while it is `so`. Its silence ends with it, and that is no record of its own. */
  judge(code: string, so: boolean, now: number): void {
    if (so === this.has(code) || (this.#device.lowReservoirBy === 'handset' && OF_RESERVOIR.includes(code))) return;
    if (so) this.#raised.set(code, { since: now, soundsFrom: now, silence: null });
    else this.#raised.delete(code);
    this.#log(so ? 'alarmRaised' : 'alarmCleared', { code });
  }

  #active(): (Raised & { readonly code: string })[] {
    return ALARM_NAMES.flatMap((code) => {
      const raised = this.#raised.get(code);
      return raised === undefined ? [] : [{ code, ...raised }];
    });
  }

  get told(): readonly { readonly code: string; readonly since: number }[] {
    return this.#active().map(({ code, since }) => ({ code, since }));
  }

  // Silences.

  get silenced(): readonly { readonly code: string; readonly until: number }[] {
    return this.#active().flatMap(({ code, silence }) => (silence === null ? [] : [{ code, until: silence.until }]));
  }

  /** Quiets an alarm, and says until when or why not. */
  silence(code: string, session: number, now: number): number | SilenceRefused {
    const raised = this.#raised.get(code);
    const against: (readonly [string, boolean])[] = [
      ['alarmNotActive', raised === undefined],
      ['notSilenceable', ALARMS[code]?.silenceable !== true],
      ['alreadySilenced', raised !== undefined && raised.silence !== null],
    ];
    const [first, ...also] = against.filter(([, so]) => so).map(([name]) => name);
    if (first !== undefined || raised === undefined) {
      return { code: first ?? 'alarmNotActive', also, until: raised?.silence?.until ?? null };
    }
    const until = now + this.#device.silenceLimit;
    this.#raised.set(code, { ...raised, silence: { until, session } });
    this.#log('alarmSilenced', { code, until });
    return until;
  }

  /** When the first silence is over. */
  due(): number | undefined {
    let first: number | undefined;
    for (const { silence } of this.#raised.values()) {
      if (silence !== null && (first === undefined || silence.until < first)) first = silence.until;
    }
    return first;
  }

  /** Ends the silences that are over. */
  expire(now: number): void {
    this.#endSilences(now, ({ until }) => until <= now);
  }

  /** A silence lasts no longer than the session that set it. */
  sessionEnded(id: number, now: number): void {
    this.#endSilences(now, ({ session }) => session === id);
  }

  /** A processor that starts anew knows of no silence, past or present, and that is no record. */
  restart(): void {
    for (const { code, since } of this.#active()) this.#raised.set(code, { since, soundsFrom: since, silence: null });
  }

  #endSilences(now: number, over: (silence: NonNullable<Raised['silence']>) => boolean): void {
    for (const { code, since, silence } of this.#active()) {
      if (silence === null || !over(silence)) continue;
      this.#raised.set(code, { since, soundsFrom: now, silence: null });
      this.#log('silenceEnded', { code });
    }
  }

  /** Whether critical alarms may sound so often. */
  takesInterval(interval: number): boolean {
    const { criticalToneLength, toneInterval, criticalToneInterval } = this.#device;
    return interval > 0 && interval >= criticalToneLength && interval <= Math.max(toneInterval, criticalToneInterval);
  }

  /** How often critical alarms sound from now on: no more often than their tone allows, no less than others do. */
  setCriticalInterval(interval: number): boolean {
    if (!this.takesInterval(interval)) return false;
    this.#log('alarmIntervalSet', { from: this.interval, to: interval });
    this.interval = interval;
    return true;
  }

  test(): void {
    this.#log('alarmTested', {});
  }

  // Tones.

  /** The next tone from `now` on, if nothing changes until then. A critical alarm that may sound masks the others. */
  nextTone(now: number): { readonly at: number; readonly class: Class; readonly sound: string } | null {
    const tones = this.#active().map(({ code, soundsFrom, silence }) => {
      const kind = ALARMS[code]?.class ?? 'non-critical';
      const interval = kind === 'critical' ? this.interval : this.#device.toneInterval;
      const passed = Math.max(0, Math.ceil((now - soundsFrom) / interval));
      const at = silence?.until ?? soundsFrom + passed * interval;
      const from = silence?.until ?? soundsFrom;
      return { at, from, class: kind, masks: kind === 'critical' && silence === null };
    });
    const masked = tones.some(({ masks }) => masks);
    const heard = tones.filter((tone) => !masked || tone.class === 'critical');
    const at = Math.min(...heard.map((tone) => tone.at));
    const first = heard.filter((tone) => tone.at === at);
    if (first.length === 0) return null;
    if (!first.some((tone) => tone.class === 'critical')) return { at, class: 'non-critical', sound: 'single' };
    const begun = tones.flatMap((tone) => (tone.class === 'critical' ? [tone.from] : []));
    return { at, class: 'critical', sound: this.#soundOf(at - Math.min(...begun)) };
  }

  /** How critical alarms sound that have sounded for so long. */
  #soundOf(length: number): string {
    if (this.#device.criticalTonePattern === 'twoTone') return 'two-tone';
    return length % 1_200_000 < 600_000 ? 'four-tones' : 'four-double-tones';
  }
}
