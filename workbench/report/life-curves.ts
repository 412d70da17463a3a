import type { Truth } from '../../firmware-sim/index.ts';
import { ALARMS, type AlarmCode, type DrugName, type Instant, rate, volume } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import { CurveRecorder, type Point, volumeAt } from '../scenario/curves.ts';
import type { TraceRecord } from '../trace.ts';

/** A time in days, and what was so then. */
export type Dot = readonly [day: number, value: number];

/** Something that lasted, in days; to the end of the life where it never ended. */
export interface Stay {
  readonly what: string;
  readonly from: number;
  readonly to: number;
}

/** A life as curves, for the eye: floating-point, days since power on, mL, mL/day, ng of a dose, ng/mL in the CSF. */
export interface LifeCurves {
  readonly end: number;
  /** Each holds until the next. */
  readonly rate: { readonly commanded: readonly Dot[]; readonly true: readonly Dot[] };
  /** Straight from one to the next; a jump is two at one time. */
  readonly reservoir: { readonly believed: readonly Dot[]; readonly true: readonly Dot[] };
  readonly boluses: readonly { readonly day: number; readonly what: 'granted' | 'denied' | 'single' }[];
  readonly alarms: readonly Stay[];
  /** What left the reservoir in each day since power on, by drug, in ng. */
  readonly doses: Readonly<Partial<Record<DrugName, readonly Dot[]>>>;
  /** In the CSF, by the teaching model. */
  readonly csf: Readonly<Partial<Record<DrugName, readonly Dot[]>>>;
}

const MS = 86_400_000;
const PG_PER_NG = 1000;
const days = (t: number): number => t / MS;

const BOLUSES: Readonly<Record<string, LifeCurves['boluses'][number]['what']>> = {
  bolusGranted: 'granted',
  bolusDenied: 'denied',
  clinicianBolusStarted: 'single',
};

/** Follows a life, record by record and look by look. */
export class LifeRecorder {
  readonly #curves = new CurveRecorder();
  readonly #boluses: { day: number; what: LifeCurves['boluses'][number]['what'] }[] = [];
  readonly #alarms: { what: AlarmCode; from: number; to: number | undefined }[] = [];
  /** What had left the reservoir of a drug when it was last a whole day. */
  readonly #before = new Map<DrugName, number>();
  readonly #doses = new Map<DrugName, Dot[]>();
  readonly #csf = new Map<DrugName, Dot[]>();

  take(record: TraceRecord): void {
    this.#curves.take(record);
    if (record.layer !== 'firmware' || record.kind !== 'log') return;
    const { kind, data } = fieldsOf(record);
    const what = BOLUSES[String(kind)];
    if (what !== undefined) this.#boluses.push({ day: days(record.t), what });
    const { code } = fieldsOf({ data }) as { code?: AlarmCode };
    if (code === undefined) return;
    if (kind === 'alarmRaised') this.#alarms.push({ what: code, from: days(record.t), to: undefined });
    const open = this.#alarms.find((alarm) => alarm.what === code && alarm.to === undefined);
    if (kind === 'alarmCleared' && open !== undefined) open.to = days(record.t);
  }

  /** Takes what is true at an instant. */
  look({ doses, drugs }: Truth, now: Instant): void {
    for (const [drug, { csf }] of entriesOf(drugs)) put(this.#csf, drug, [days(now), csf / PG_PER_NG]);
    if (now % MS !== 0) return;
    for (const [drug, dose] of entriesOf(doses)) {
      if (now > 0) put(this.#doses, drug, [days(now) - 1, dose - (this.#before.get(drug) ?? 0)]);
      this.#before.set(drug, dose);
    }
  }

  curves(now: Instant): LifeCurves {
    const end = days(now);
    const { believed, true: really } = this.#curves.points;
    return {
      end,
      rate: { commanded: ratesOf(believed, now), true: ratesOf(really, now) },
      reservoir: { believed: volumesOf(believed, now), true: volumesOf(really, now) },
      boluses: this.#boluses,
      alarms: this.#alarms.map(({ what, from, to = end }) => ({ what: ALARMS[what].text, from, to })),
      doses: Object.fromEntries(this.#doses),
      csf: Object.fromEntries(this.#csf),
    };
  }
}

const entriesOf = <V>(record: Readonly<Partial<Record<DrugName, V>>>): [DrugName, V][] =>
  Object.entries(record) as [DrugName, V][];

function put(curves: Map<DrugName, Dot[]>, drug: DrugName, dot: Dot): void {
  const curve = curves.get(drug);
  if (curve === undefined) curves.set(drug, [dot]);
  else curve.push(dot);
}

const NL_PER_ML = Number(rate.parse('1 mL/day'));
const VOLUME = Number(volume.parse('1 mL'));

const ratesOf = (points: readonly Point[], now: Instant): readonly Dot[] =>
  until(
    points.map(({ t, rate }): Dot => [days(t), rate / NL_PER_ML]),
    now,
  );

/** Before a jump the volume that was left, and after it the one that is there. */
function volumesOf(points: readonly Point[], now: Instant): readonly Dot[] {
  const dots = points.flatMap((point, i): Dot[] => {
    const before = points[i - 1];
    const left = before === undefined ? point.volume : volumeAt(before, point.t);
    const here: Dot = [days(point.t), point.volume / VOLUME];
    return left === point.volume ? [here] : [[days(point.t), left / VOLUME], here];
  });
  const last = points.at(-1);
  return last === undefined ? dots : [...dots, [days(now), volumeAt(last, now) / VOLUME]];
}

/** A curve whose last value holds to the end. */
function until(dots: readonly Dot[], now: Instant): readonly Dot[] {
  const last = dots.at(-1);
  return last === undefined ? dots : [...dots, [days(now), last[1]]];
}
