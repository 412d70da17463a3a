import { expect } from 'vitest';
import { type DeviceProfile, parseDuration, rate, volume } from '../../shared/index.ts';
import { CommandedPump, MINUTE, ordered, periodic } from '../firmware/commanded.ts';
import { expectThat, minute, rates, running } from './fixture.ts';
import { requirement } from './requirement.ts';

requirement('AT-46', () => {
  const daily = [
    { at: '00:00', give: '2 mL/h' },
    { at: '06:00', give: '5 mL/h' },
    { at: '12:00', give: '3.5 mL/h' },
    { at: '18:00', give: '1 mL/h' },
  ];
  const pump = running({ prescribe: { daily, lowReservoir: '1 mL' }, options: { clock: '2026-01-05 00:00' } });
  pump.advance('1d');
  const [flow, hour] = [rate.parse, 60];
  expect(rates(pump).slice(-5)).toMatchObject([
    { at: 0, rate: flow('2 mL/h') },
    { at: minute(6 * hour), rate: flow('5 mL/h') },
    { at: minute(12 * hour), rate: flow('3.5 mL/h') },
    { at: minute(18 * hour), rate: flow('1 mL/h') },
    { at: minute(24 * hour), rate: flow('2 mL/h') },
  ]);
  // 6 h of each: 12 + 30 + 21 + 6 mL.
  expect(pump.truth.delivered).toBe(BigInt(volume.parse('69 mL')));
  expectThat(pump, { belief: { reservoir: '31.000 mL' } });
});

/**
 * A patient bolus of 2 mL at 30 mL/h from minute 58 to 62, a periodic one of 1 mL at 30 mL/h due at 60, basal
 * 6 mL/h: what was commanded from when on, in mL/h, what was logged of them, and what both gave by minute 70.
 */
function dueDuringBolus(periodicDuringBolus: DeviceProfile['periodicDuringBolus']) {
  const pump = new CommandedPump({ periodicDuringBolus, afterCommit: 'resume' }, { profile: 'generic-pca' });
  const patientBolus = {
    rate: rate.parse('30 mL/h'),
    duration: parseDuration('4min'),
    lockout: parseDuration('30min'),
  };
  pump.prescribe(
    ordered({
      program: periodic('6 mL/h', '30 mL/h', '2min', '1h'),
      patientBolus: { ...patientBolus, maxPerDay: 48, parts: [] },
    }),
  );
  pump.pass('58min');
  expect(pump.press()).toBeUndefined();
  pump.pass('12min');
  const { entered, commanded } = pump.context.ledger;
  expect(commanded + BigInt(pump.context.rate) * BigInt(pump.now - pump.context.since)).toBe(
    pump.rates.reduce(
      (sum, { at, rate }, i) => sum + BigInt(rate) * BigInt((pump.rates[i + 1]?.at ?? pump.now) - at),
      0n,
    ),
  );
  expect(entered).toBe(BigInt(volume.parse('100 mL')));
  return {
    flows: pump.rates
      .filter(({ at }, i) => at > 0 && pump.rates[i + 1]?.at !== at)
      .map(({ at, rate }) => [at / MINUTE, rate / 24_000_000]),
    logged: pump.kinds().filter((kind) => kind.startsWith('periodic')),
    given: volume.format(
      [...pump.logged('bolusEnded'), ...pump.logged('periodicEnded')].reduce(
        (sum, { delivered }) => sum + BigInt(Number(delivered)),
        0n,
      ),
    ),
  };
}

requirement('AT-47', () => {
  expect(dueDuringBolus('skip')).toEqual({
    flows: [
      [58, 36],
      [62, 6],
    ],
    logged: ['periodicSkipped'],
    given: '2 mL',
  });
  expect(dueDuringBolus('defer')).toEqual({
    flows: [
      [58, 36],
      [62, 36],
      [64, 6],
    ],
    logged: ['periodicStarted', 'periodicEnded'],
    given: '3 mL',
  });
  expect(dueDuringBolus('add')).toEqual({
    flows: [
      [58, 36],
      [60, 66],
      [62, 6],
    ],
    logged: ['periodicStarted', 'periodicEnded'],
    given: '3 mL',
  });
});
