import { describe, expect, test } from 'vitest';
import { Battery } from '../../firmware-sim/plant/battery.ts';
import { instant, parseDuration, rate, silent, VOLUME_PER_ML } from '../../shared/index.ts';
import { Random } from '../../workbench/random.ts';
import { profileOf } from '../harness.ts';
import { bedside } from './bedside.ts';

const DAY = parseDuration('1d');
/** 4380 days, of which 1 mL takes 1.4, and a session two minutes. */
const PROFILE = profileOf('synchromed-ii-like-20');

function powered() {
  const made = bedside(PROFILE);
  const reported: number[] = [];
  made.plant.onBattery((became) => {
    if (became === 'low') reported.push(made.now / DAY);
  });
  return { ...made, reported };
}

describe('a battery', () => {
  test.each([
    ['0 mL/day', 4380],
    // 4380 ÷ (1 + 1.4).
    ['1 mL/day', 1825],
    // A stroke may be empty: it is turned all the same.
    ['24 mL/day', 4380 / 34.6],
  ])('that moves %s gives out, once, after %f days', (flow, days) => {
    const { plant, drive, advance, reported } = powered();
    drive(flow);
    advance('5000d');
    expect(reported).toEqual([Math.ceil(days * DAY) / DAY]);
    expect(plant.due()).toBeUndefined();
  });

  test('lasts as long where the rotor stands still as where nothing is asked of it', () => {
    const { plant, drive, advance, reported } = powered();
    plant.inflict({ type: 'begins', condition: 'stall' });
    drive('24 mL/day');
    advance('5000d');
    expect(reported).toEqual([4380]);
  });

  test('is worked by a rotor that turns against a kink', () => {
    const { plant, drive, advance, reported } = powered();
    plant.inflict({ type: 'begins', condition: 'occlusion' });
    drive('1 mL/day');
    advance('5000d');
    expect(reported).toEqual([1825]);
  });

  test('gives two minutes of its life to each session', () => {
    const { plant, advance, reported } = powered();
    for (let session = 0; session < 720; session++) plant.interrogated();
    advance('5000d');
    expect(reported).toEqual([4379]);
  });

  test('gives out at the very millisecond that exact sums come to, however it was used', () => {
    const ML = VOLUME_PER_ML;
    const { batteryLife, batteryPerMillilitre, batteryPerSession } = PROFILE;
    for (let life = 1; life <= 40; life++) {
      const random = new Random(life);
      const clock = { now: instant(0) };
      const battery = new Battery(PROFILE, clock, silent);
      let [used, turning] = [0n, rate.of(0)];
      const perMs = () => ML + BigInt(turning) * BigInt(batteryPerMillilitre);
      for (let step = 0; step < 200; step++) {
        const time = random.between(1, Math.floor(20_000_000_000 / (step + 1)));
        clock.now = instant(clock.now + time);
        used += perMs() * BigInt(time);
        turning = rate.of(random.between(0, rate.parse('24 mL/day')));
        battery.turns(turning);
        if (step % 3 === 0) {
          battery.interrogated();
          used += BigInt(batteryPerSession) * ML;
        }
        const left = BigInt(batteryLife) * ML - used;
        if (left <= 0n) break;
        expect(battery.givesOut()).toBe(clock.now + Number((left + perMs() - 1n) / perMs()));
      }
    }
  });

  test('goes on from what was saved, and a new pump has a new one', () => {
    const { plant, drive, advance } = powered();
    drive('1 mL/day');
    advance('1000d');
    const other = powered();
    other.advance('1000d');
    other.plant.load(JSON.parse(JSON.stringify(plant.save())));
    expect(other.plant.due()).toBe(plant.due());
    plant.act({ type: 'replace', serial: 'NEW-2' });
    expect(plant.due()).toBe(1000 * DAY + PROFILE.batteryLife);
  });
});

describe('a film in it', () => {
  const FILM = { above: rate.parse('1 mL/day'), safeState: true };
  function watched() {
    const made = powered();
    const resets: boolean[] = [];
    made.plant.onReset(({ battery }) => void resets.push(battery?.safeState ?? false));
    return { ...made, resets };
  }
  function grown() {
    const made = watched();
    made.plant.inflict({ type: 'resistiveFilm', film: FILM });
    return made;
  }

  test('lets it falter above a load, at once, and not at it', () => {
    const { drive, advance, resets } = grown();
    drive('1 mL/day');
    advance('1d');
    expect(resets).toEqual([]);
    drive('1.000001 mL/day');
    advance('0s');
    expect(resets).toEqual([true]);
  });

  test('that grows while too much is asked for has it falter at once', () => {
    const { plant, drive, advance, resets } = watched();
    drive('2 mL/day');
    plant.inflict({ type: 'resistiveFilm', film: FILM });
    advance('0s');
    expect(resets).toEqual([true]);
  });

  test('lets it rest for an hour, and falter at the next rise', () => {
    const { drive, advance, resets } = grown();
    for (const wait of ['59min 59s', '1s']) {
      drive('0 mL/day');
      drive('2 mL/day');
      advance(wait);
    }
    expect(resets.length).toBe(1);
    drive('0 mL/day');
    drive('2 mL/day');
    advance('0s');
    expect(resets.length).toBe(2);
  });

  test('is gone when it is taken back', () => {
    const { plant, drive, advance, resets } = grown();
    plant.inflict({ type: 'resistiveFilm', film: null });
    drive('24 mL/day');
    advance('1d');
    expect(resets).toEqual([]);
  });
});
