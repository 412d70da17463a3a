import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, span, volume } from '../../shared/index.ts';
import { type TraceRecord, type TrumpetOptions, trumpet } from '../../workbench/index.ts';

/*
 * The formula of IEC 60601-2-24 read once more, millisecond by millisecond, with no more than arrays and floating-point
 * numbers: what the pump delivers is counted up, a stroke falls in the first millisecond by which it is whole.
 */

/** What happens to the flow at a millisecond: it is another, or the reservoir is filled, or empties itself at once. */
interface Happening {
  readonly t: number;
  readonly flow?: number;
  readonly filled?: number;
  readonly gushes?: number;
}

interface Life {
  readonly rate: number;
  readonly fill: number;
  readonly lasts: number;
  readonly happenings: readonly Happening[];
}

/** A life lived through, and what it tells: what has been delivered by each millisecond, and its trace. */
function lived({ rate, fill, lasts, happenings }: Life): { delivered: number[]; records: TraceRecord[] } {
  const records: TraceRecord[] = [];
  const delivered = [0];
  let [reservoir, total, flow] = [fill, 0, 0];
  const tell = (t: number, layer: TraceRecord['layer'], kind: string, data: { [key: string]: number }) => {
    const ledger = layer === 'plant' ? { ledger: { reservoir, delivered: `${total}` } } : {};
    records.push({ n: records.length + 1, t, layer, kind, data: { ...data, ...ledger } });
  };
  for (let t = 0; t <= lasts; t++) {
    if (t > 0) {
      const came = Math.min(flow, reservoir);
      reservoir -= came;
      total += came;
    }
    if (t === 0) tell(t, 'firmware', 'rate', { rate });
    for (const happening of happenings.filter((each) => each.t === t)) {
      const gush = Math.min(happening.gushes ?? 0, reservoir);
      reservoir += (happening.filled ?? 0) - gush;
      total += gush;
      flow = happening.flow ?? flow;
      if (happening.flow !== undefined) tell(t, 'plant', 'flow', { flow });
      else tell(t, 'plant', gush > 0 ? 'discharged' : 'injected', {});
    }
    delivered[t] = total;
  }
  return { delivered, records };
}

interface Asked {
  readonly stroke: number;
  readonly stabilisation: number;
  readonly sample: number;
  readonly window: number;
}

/** Ep(max), Ep(min), A and the start-up curve, in % and units a millisecond. */
function byTheBook(delivered: readonly number[], r: number, { stroke, stabilisation, sample: S, window: P }: Asked) {
  const fallen = delivered.map((volume) => stroke * Math.floor(volume / stroke));
  const W = (from: number) => fallen.filter((_, t) => t >= from && (t - from) % S === 0);
  const flows = (weights: readonly number[]) => weights.slice(1).map((weight, i) => (weight - (weights[i] ?? 0)) / S);
  const Q = flows(W(stabilisation));
  const Tx = Q.length * S;
  const m = (Tx - P) / S + 1;
  const Ep: number[] = [];
  for (let j = 0; j < m; j++) {
    let sum = 0;
    for (let i = j; i <= j + P / S - 1; i++) sum += (100 * ((Q[i] ?? Number.NaN) - r)) / r;
    Ep.push((S / P) * sum);
  }
  const came = (delivered[stabilisation + Tx] ?? Number.NaN) - (delivered[stabilisation] ?? 0);
  return {
    max: Math.max(...Ep),
    min: Math.min(...Ep),
    A: (100 * (came / Tx - r)) / r,
    startUp: flows(W(0).filter((_, i) => i * S <= stabilisation)),
  };
}

const happening = (lasts: number, rate: number) =>
  fc
    .tuple(
      // What happens at the end itself is looked at no more.
      fc.integer({ min: 0, max: lasts - 1 }),
      fc.oneof(
        fc.record({ flow: fc.constantFrom(0, rate, rate, 2 * rate, rate + 1) }),
        fc.record({ filled: fc.integer({ min: 1, max: 500 }) }),
        fc.record({ gushes: fc.integer({ min: 1, max: 60 }) }),
      ),
    )
    .map(([t, what]): Happening => ({ t, ...what }));

/** A life, and windows of it that fit: in milliseconds, or in stroke cycles of `cycle` milliseconds. */
const cases = fc
  .record({
    rate: fc.integer({ min: 1, max: 30 }),
    sample: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 12 }),
    more: fc.integer({ min: 0, max: 90 }),
    stabilisation: fc.integer({ min: 0, max: 25 }),
    stroke: fc.integer({ min: 1, max: 400 }),
    inCycles: fc.boolean(),
    fill: fc.integer({ min: 1, max: 4000 }),
  })
  .chain((drawn) => {
    const { rate, sample, width, more, stabilisation } = drawn;
    const lasts = stabilisation + sample * width + more;
    const changes = fc.array(happening(lasts, rate), { maxLength: 5 });
    return changes.map((happenings) => ({
      ...drawn,
      lasts,
      happenings: [{ t: 0, flow: rate }, ...happenings.toSorted((a, b) => a.t - b.t)],
    }));
  });

test('the trumpet and start-up curves of any life are those of the formula, read millisecond by millisecond', () => {
  fc.assert(
    fc.property(cases, ({ rate, sample, width, stabilisation, inCycles, fill, lasts, happenings, ...drawn }) => {
      const stroke = inCycles ? rate * sample : drawn.stroke;
      const { delivered, records } = lived({ rate, fill, lasts, happenings });
      const asked: Asked = { stroke, stabilisation, sample, window: sample * width };
      const options: TrumpetOptions = {
        strokeVolume: volume.of(stroke),
        stabilisation: span(stabilisation),
        to: instant(lasts),
        windows: inCycles ? { cycles: [width] } : { lengths: [span(asked.window)] },
        ...(inCycles ? {} : { sample: span(sample) }),
      };
      fc.pre((delivered[lasts - ((lasts - stabilisation) % sample)] ?? 0) > (delivered[0] ?? 0));
      const { windows, meanError, startUp } = trumpet(records, options);
      const { max, min, A, startUp: flows } = byTheBook(delivered, rate, asked);
      expect(windows).toHaveLength(1);
      const near = (found: number | undefined, percent: number) =>
        expect(Math.abs((found ?? Number.NaN) - 1e4 * percent)).toBeLessThan(0.5001);
      near(windows[0]?.max, max);
      near(windows[0]?.min, min);
      near(meanError, A);
      expect(startUp).toHaveLength(flows.length);
      for (const [i, flow] of flows.entries()) {
        expect(startUp[i]?.at).toBe((i + 1) * sample);
        expect(Math.abs((startUp[i]?.flow ?? Number.NaN) - flow)).toBeLessThan(0.5001);
      }
    }),
    { numRuns: 1000 },
  );
});

test('an even pump of any stroke and rate has no error in windows of whole cycles, whatever a cycle takes', () => {
  const any = fc.record({
    rate: fc.integer({ min: 1, max: 1_000_000 }),
    stroke: fc.integer({ min: 1, max: 10_000_000 }),
    cycle: fc.integer({ min: 1, max: 31 }),
    settling: fc.integer({ min: 0, max: 40 }),
    before: fc.integer({ min: 0, max: 10_000_000 }),
  });
  fc.assert(
    fc.property(any, ({ rate, stroke, cycle, settling, before }) => {
      const stabilisation = Math.floor((settling * stroke) / rate);
      const lasts = stabilisation + Math.ceil((40 * stroke) / rate);
      const ledger = { reservoir: volume.parse('20 mL'), delivered: `${before}` };
      const records: TraceRecord[] = [
        { n: 1, t: 0, layer: 'firmware', kind: 'rate', data: { rate } },
        { n: 2, t: 0, layer: 'plant', kind: 'flow', data: { flow: rate, ledger } },
      ];
      const options = { strokeVolume: volume.of(stroke), stabilisation: span(stabilisation), to: instant(lasts) };
      const { windows, meanError } = trumpet(records, { ...options, windows: { cycles: [cycle] } });
      expect({ windows, meanError }).toMatchObject({ windows: [{ cycles: cycle, max: 0, min: 0 }], meanError: 0 });
    }),
    { numRuns: 200 },
  );
});
