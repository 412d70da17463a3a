import type { DeviceProfile } from '../../shared/index.ts';

/** What may be wrong on the way of the fluid, in the order it is told, and the sensor that sees it. */
const SENSOR_FOR: readonly (readonly [code: string, sensor: DeviceProfile['sensors'][number]])[] = [
  ['stall', 'rotation'],
  ['occlusion', 'occlusion'],
  ['overTemperature', 'temperature'],
  ['overFlow', 'flow'],
  ['underFlow', 'flow'],
];

/** How much a pump may do: everything, basal alone, its default schedule, the minimum rate, nothing. */
export const FREE = 0;
export const BASAL = 1;
export const DEFAULT = 2;
export const MINIMUM = 3;
export const NOTHING = 4;

interface Known {
  readonly code: string;
  readonly since: number;
  declared: number | null;
  gone: boolean;
}

/** What the sensors see of what is so, and what the pump has declared of it. Times are pump time. */
export class Conditions {
  readonly #device: DeviceProfile;
  #so = new Set<string>();
  #seen = new Set<string>();
  #known: Known[] = [];

  constructor(device: DeviceProfile) {
    this.#device = device;
  }

  get told(): readonly Known[] {
    return this.#known;
  }

  get motor(): string {
    const stall = this.#known.find(({ code }) => code === 'stall');
    if (stall === undefined || stall.gone) return 'turning';
    return stall.declared === null ? 'noRotation' : 'stalled';
  }

  is(code: string, so: boolean): void {
    if (so) this.#so.add(code);
    else this.#so.delete(code);
  }

  /** What is so in the catheter stays so when the pump is replaced. */
  ofCatheter(): readonly string[] {
    return [...this.#so].filter((code) => code === 'occlusion');
  }

  /** A processor that starts anew looks at its sensors anew. */
  lookAnew(): void {
    this.#seen.clear();
  }

  hasSeen(code: string): boolean {
    return this.#seen.has(code);
  }

  /** Whether the sensors see now what they did not before, or the other way round. */
  sees(driven: boolean): boolean {
    return SENSOR_FOR.some(([code, sensor]) => {
      if (!this.#device.sensors.includes(sensor) || this.#so.has(code) === this.#seen.has(code)) return false;
      return this.#seen.has(code) || driven || code !== 'stall';
    });
  }

  /** Takes in what the sensors see now; gives what was declared and is gone. */
  look(now: number, driven: boolean): readonly string[] {
    const gone: string[] = [];
    for (const [code, sensor] of SENSOR_FOR) {
      if (!this.#device.sensors.includes(sensor)) continue;
      const so = this.#so.has(code);
      if (so && !this.#seen.has(code) && (driven || code !== 'stall')) this.#begins(code, now);
      if (!so && this.#seen.has(code) && this.#ends(code)) gone.push(code);
    }
    return gone;
  }

  #begins(code: string, now: number): void {
    this.#seen.add(code);
    const known = this.#known.find((each) => each.code === code);
    if (known === undefined) this.#known.push({ code, since: now, declared: null, gone: false });
    else known.gone = false;
  }

  #ends(code: string): boolean {
    this.#seen.delete(code);
    const known = this.#known.find((each) => each.code === code);
    if (known === undefined) return false;
    if (known.declared !== null && this.#latches(code)) known.gone = true;
    else this.clear(code);
    return known.declared !== null;
  }

  #latches(code: string): boolean {
    const { stallPolicy, conditionLatch } = this.#device;
    return code === 'stall' ? stallPolicy === 'stopAndLatch' : conditionLatch === 'untilCleared';
  }

  clear(code: string): void {
    this.#known = this.#known.filter((each) => each.code !== code);
  }

  /** Why an alarm is not cleared, all reasons. */
  against(alarm: string, isActive: boolean, isMistaken: boolean): readonly string[] {
    const known = this.#known.find(({ code }) => code === alarm);
    const isCondition = SENSOR_FOR.some(([code]) => code === alarm);
    return [
      ...(isActive ? [] : ['alarmNotActive']),
      ...(isMistaken || (isCondition && this.#latches(alarm)) ? [] : ['notClearable']),
      ...(known !== undefined && !known.gone ? ['conditionPresent'] : []),
    ];
  }

  /** The alarms that could be cleared, in the order they were sensed; one that is not critical comes last. */
  clearable(): readonly string[] {
    const gone = this.#known.filter(({ code, gone }) => gone && this.#latches(code)).map(({ code }) => code);
    return [...gone.filter((code) => code !== 'underFlow'), ...gone.filter((code) => code === 'underFlow')];
  }

  isDeclared(code: string): boolean {
    return this.#known.some((each) => each.code === code && each.declared !== null);
  }

  due(): number | undefined {
    const dues = this.#known.filter(({ declared }) => declared === null).map((each) => this.#dueOf(each));
    return dues.length === 0 ? undefined : Math.min(...dues);
  }

  #dueOf({ code, since }: Known): number {
    return since + (code === 'stall' ? this.#device.stallDetectionDelay : this.#device.conditionDelay);
  }

  /** Declares what has been seen for long enough, and gives it. */
  declare(now: number): readonly string[] {
    const due = this.#known.filter((each) => each.declared === null && this.#dueOf(each) <= now);
    for (const each of due) each.declared = now;
    return due.map(({ code }) => code);
  }

  /** How much a condition leaves to do. */
  leaves(code: string): number {
    const { stallPolicy, occlusionPolicy, overTemperaturePolicy, overFlowPolicy, underFlowPolicy } = this.#device;
    const policies: Readonly<Record<string, string>> = {
      stall: stallPolicy === 'keepDriving' ? 'basalOnly' : 'stop',
      occlusion: occlusionPolicy,
      overTemperature: overTemperaturePolicy,
      overFlow: overFlowPolicy,
      underFlow: underFlowPolicy,
    };
    const left: Readonly<Record<string, number>> = {
      none: FREE,
      basalOnly: BASAL,
      defaultSchedule: DEFAULT,
      minimumRate: MINIMUM,
      stop: NOTHING,
    };
    return left[policies[code] ?? 'none'] ?? FREE;
  }

  /** The declared conditions that leave no more than so much, in the order they were sensed. */
  leavingAtMost(most: number): readonly string[] {
    return this.#known
      .filter(({ code, declared }) => declared !== null && this.leaves(code) >= most)
      .map(({ code }) => code);
  }

  /** Whether the calculated volume stands still. */
  get holds(): boolean {
    return this.#device.stallAccounting === 'hold' && this.isDeclared('stall');
  }
}
