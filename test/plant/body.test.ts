import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Body } from '../../firmware-sim/plant/body.ts';
import type { Catheter } from '../../firmware-sim/plant/catheter.ts';
import {
  concentration,
  type DrugName,
  delivered,
  doseRate,
  type Instant,
  instant,
  level,
  parseDuration,
  proportion,
  rate,
  rateForDose,
  span,
  VOLUME_PER_ML,
  type Volume,
  volume,
} from '../../shared/index.ts';

const TUBING = volume.parse('0.140 mL');
const CATHETER: Catheter = {
  volume: volume.parse('0.132 mL'),
  tip: 'intrathecal',
  connected: true,
  leak: null,
  granuloma: proportion.of(0),
};
const ML = Number(VOLUME_PER_ML);
const LEFT = volume.parse('40 mL');
const fluid = (name: DrugName, strength: string) => [{ name, concentration: concentration.parse(strength) }];
const at = (time: string) => instant(parseDuration(time));
const implanted = (by: Partial<Catheter> = {}) => new Body(instant(0), TUBING, { ...CATHETER, ...by });

describe('a constant infusion', () => {
  // Dose ÷ clearance, from the cited figures: 1 mg/day by 0.34 mL/min, 500 mcg/day by 0.35, 2.4 mcg/day by 0.38.
  test.each([
    ['morphine', '10 mg/mL', '1 mg/day', 1_000_000 / (0.34 * 1440)],
    ['baclofen', '500 mcg/mL', '500 mcg/day', 500_000 / (0.35 * 1440)],
    ['ziconotide', '25 mcg/mL', '2.4 mcg/day', 2400 / (0.38 * 1440)],
  ] as const)(
    'of %s is within 1 %% of its steady level 48 h after full strength has reached the tip',
    (drug, strength, dose, ngPerMl) => {
      const body = implanted();
      const solution = fluid(drug, strength);
      const flow = rateForDose(doseRate.parse(dose), concentration.parse(strength));
      body.flowOf(flow, solution, LEFT, instant(0));
      // Twice what tubing and catheter hold has gone by: what comes out of the tip is as strong as what goes in.
      const arrived = Math.ceil(Number(volume.parse('0.544 mL')) / flow);
      const level = body.drugsAt(instant(arrived + parseDuration('48h'))).get(drug)?.csf ?? 0;
      expect(Math.abs(level / 1000 / ngPerMl - 1)).toBeLessThan(0.01);
    },
  );

  test('has the levels the facts give: 2.04 mcg/mL, 0.99 mcg/mL, 4.4 ng/mL', () => {
    const steady = (drug: DrugName, strength: string, dose: string) => {
      const body = implanted();
      body.flowOf(
        rateForDose(doseRate.parse(dose), concentration.parse(strength)),
        fluid(drug, strength),
        LEFT,
        instant(0),
      );
      return body.drugsAt(at('40d')).get(drug)?.csf ?? level.of(0);
    };
    expect(level.format(steady('morphine', '10 mg/mL', '1 mg/day'), 2)).toBe('2.04 mcg/mL');
    expect(level.format(steady('baclofen', '500 mcg/mL', '500 mcg/day'), 2)).toBe('0.99 mcg/mL');
    expect(level.format(steady('ziconotide', '25 mcg/mL', '2.4 mcg/day'), 1, 'ng/mL')).toBe('4.4 ng/mL');
  });
});

/** What happens beyond the reservoir. */
type Happening = (body: Body, now: Instant) => { readonly put?: number };
const strong = concentration.parse('25 mg/mL');
const given = (drug: DrugName, amount: Volume) => (drug === 'morphine' ? (amount / ML) * strong : 0);
const MORPHINE = fluid('morphine', '25 mg/mL');
const amounts = fc.integer({ min: 0, max: volume.parse('3 mL') }).map((n) => volume.of(n));

const happenings: fc.Arbitrary<Happening> = fc.oneof(
  amounts.map(
    (amount): Happening =>
      (body, now) => {
        body.push(amount, MORPHINE, 'pump', now);
        return { put: given('morphine', amount) };
      },
  ),
  amounts.map(
    (amount): Happening =>
      (body, now) => {
        body.push(amount, MORPHINE, 'port', now);
        return { put: given('morphine', amount) };
      },
  ),
  amounts.map(
    (amount): Happening =>
      (body, now) => {
        body.injectBeside(amount, MORPHINE, now);
        return { put: given('morphine', amount) };
      },
  ),
  amounts.map(
    (amount): Happening =>
      (body, now) => {
        body.draw(amount, now);
        body.withdraw(amount, now);
        body.drawBeside(amount, now);
        return {};
      },
  ),
  fc
    .constantFrom<Partial<Catheter>>(
      { tip: 'epidural' },
      { tip: 'subdural' },
      { tip: 'dislodged' },
      { tip: 'intrathecal' },
      { leak: { share: proportion.parse('33.3333 %'), at: 'connector' } },
      { leak: { share: proportion.parse('100 %'), at: 'catheter' } },
      { leak: null },
      { granuloma: proportion.parse('40 %') },
      { connected: false },
      { connected: true },
    )
    .map(
      (by): Happening =>
        (body, now) => {
          body.change(by, now);
          return {};
        },
    ),
  fc.constant<Happening>((body, now) => {
    body.replacePump(now);
    return {};
  }),
  fc.constant<Happening>((body, now) => {
    body.replaceCatheter(CATHETER, now);
    return {};
  }),
);

test('whatever happens, mass is conserved to 1e-9 and volume to the last unit', () => {
  const lives = fc.array(
    fc.record({
      ms: fc.integer({ min: 0, max: 4 * 86_400_000 }),
      flow: fc.integer({ min: 0, max: 24_000_000 }).map((n) => rate.of(n)),
      happening: happenings,
    }),
    { minLength: 1, maxLength: 25 },
  );
  fc.assert(
    fc.property(lives, (life) => {
      const body = implanted();
      let [now, put, flow, pushed] = [instant(0), 0, rate.of(0), 0n];
      const volumes = () => Object.values(body.placesAt(now)).reduce((sum, each) => sum + each, 0n);
      for (const { ms, flow: next, happening } of life) {
        now = instant(now + ms);
        put += ((flow * ms) / ML) * strong;
        pushed += delivered(flow, span(ms));
        expect(volumes()).toBe(pushed);
        const before = volumes();
        put += happening(body, now).put ?? 0;
        pushed += volumes() - before;
        body.flowOf(next, MORPHINE, volume.parse('104 mL'), now);
        flow = next;
      }
      const held = body.totalAt('morphine', now);
      if (put > 0) expect(Math.abs(held / put - 1)).toBeLessThan(1e-9);
    }),
  );
});

test('nothing more comes once all that was left has come', () => {
  const body = implanted();
  body.flowOf(rate.parse('1 mL/day'), MORPHINE, volume.parse('2.5 mL'), instant(0));
  expect(body.placesAt(at('10d')).patient).toBe(BigInt(volume.parse('2.5 mL')));
  expect(body.totalAt('morphine', at('10d'))).toBeCloseTo(62_500_000, 3);
  body.flowOf(rate.of(0), MORPHINE, volume.of(0), at('10d'));
  expect(body.totalAt('morphine', at('20d'))).toBeCloseTo(62_500_000, 3);
});

describe('a prime', () => {
  /** The mass that has reached the CSF while a prime of 25 mg/mL goes on, in mcg, by the share of its volume. */
  function reachedAt(share: number): number {
    const body = implanted();
    body.flowOf(rate.parse('24 mL/day'), MORPHINE, LEFT, instant(0));
    const end = Number(volume.parse('0.272 mL')) / 24_000_000;
    return (body.drugsAt(instant(Math.round(end * share))).get('morphine')?.reached ?? 0) / 1000;
  }

  test('reaches the patient early and thinned', () => {
    // As a plug, nothing would come before the end of the prime, and then at once at full strength.
    expect(reachedAt(0.25)).toBeLessThan(1);
    expect(reachedAt(0.7)).toBeGreaterThan(80);
    const [end, more] = [reachedAt(1), reachedAt(1.1)];
    expect(end).toBeGreaterThan(700);
    const strength = (more - end) / (0.1 * 0.272 * 25_000);
    expect(strength).toBeGreaterThan(0.4);
    expect(strength).toBeLessThan(0.8);
  });
});

test.each([
  ['0 mL', '0.132 mL'],
  ['0.001 mcL', '0.132 mL'],
  ['0.14 mL', '0.001 mcL'],
  ['0 mL', '0.001 mcL'],
  ['0.012 mL', '0.009 mL'],
])(
  'a pump with tubing of %s and a catheter of %s delivers all it gives, and at the steady level',
  (tubing, catheter) => {
    const body = new Body(instant(0), volume.parse(tubing), { ...CATHETER, volume: volume.parse(catheter) });
    const flow = rate.parse('24 mL/day');
    body.flowOf(flow, MORPHINE, LEFT, instant(0));
    body.push(volume.parse('1 mL'), MORPHINE, 'port', at('2h'));
    body.draw(volume.parse('1 mL'), at('2h'));
    const now = at('1d');
    const put = (delivered(flow, span(now)) / VOLUME_PER_ML) * 25_000_000n + 25_000_000n;
    expect(Math.abs(body.totalAt('morphine', now) / Number(put) - 1)).toBeLessThan(1e-9);
    const { csf = 0, line } = body.drugsAt(now).get('morphine') ?? {};
    expect(Math.abs(csf / 1000 / (600_000_000 / (0.34 * 1440)) - 1)).toBeLessThan(0.01);
    const holds = volume.parse(tubing) + volume.parse(catheter);
    expect(line ?? 0).toBeLessThanOrEqual(given('morphine', volume.of(holds)));
  },
);
