import fc from 'fast-check';
import { expect } from 'vitest';
import type { Plant } from '../../firmware-sim/index.ts';
import { fieldStrength, proportion, span, volume } from '../../shared/index.ts';
import { BACLOFEN, SALINE } from './bedside.ts';
import type { Again, Model } from './model.ts';

const DAY = 86_400_000;

/** Something that happens to fluid beyond the reservoir, or to the motor for longer. */
export type Beyond = { readonly does: 'beyond' } & (
  | { readonly what: 'flowDrift'; readonly by: number; readonly every: number }
  | { readonly what: 'nearlyEmpty'; readonly below: number; readonly by: number }
  | { readonly what: 'stalls'; readonly again: Again | null }
  | { readonly what: 'leak'; readonly share: number; readonly isHalfWay: boolean; readonly again: Again | null }
  | { readonly what: 'tip'; readonly isOut: boolean }
  | { readonly what: 'connect'; readonly isConnected: boolean }
  | { readonly what: 'scan'; readonly enters: boolean }
  | { readonly what: 'catheter' }
  | {
      readonly what: 'injectPocket' | 'aspiratePocket' | 'aspiratePort' | 'injectPort' | 'withdrawCsf';
      readonly amount: number;
    }
);

const does = fc.constant('beyond' as const);
const isSo = fc.boolean();
const amount = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000_000 }),
  fc.bigInt({ min: 0n, max: BigInt(volume.parse('5 mL')) }).map(Number),
);
const errors = fc.integer({ min: -700_000, max: 900_000 });
const again = fc
  .tuple(fc.integer({ min: 1, max: DAY }), fc.integer({ min: 1, max: 9 * DAY }))
  .map(([lasts, more]): Again => ({ lasts, every: lasts + more + DAY }));
const sometimes = fc.option(again);
const as = <What extends string>(what: What) => fc.constant(what);

export const beyond: fc.Arbitrary<Beyond> = fc.oneof(
  fc.record({ does, what: as('flowDrift'), by: errors, every: fc.integer({ min: DAY, max: 9 * DAY }) }),
  fc.record({
    does,
    what: as('nearlyEmpty'),
    below: fc.bigInt({ min: 0n, max: BigInt(volume.parse('20 mL')) }).map(Number),
    by: errors,
  }),
  fc.record({ does, what: as('stalls'), again: sometimes }),
  fc.record({
    does,
    what: as('leak'),
    share: fc.integer({ min: 0, max: 1_000_000 }),
    isHalfWay: isSo,
    again: sometimes,
  }),
  fc.record({ does, what: as('tip'), isOut: isSo }),
  fc.record({ does, what: as('connect'), isConnected: isSo }),
  fc.record({ does, what: as('scan'), enters: isSo }),
  fc.record({ does, what: as('catheter') }),
  fc.record({
    does,
    what: fc.constantFrom('injectPocket', 'aspiratePocket', 'aspiratePort', 'injectPort', 'withdrawCsf'),
    amount,
  }),
);

/** It happens to the pump, and to the model beside it. */
export function happensBeyond(each: Beyond, plant: Plant, model: Model): void {
  const { now } = model;
  switch (each.what) {
    case 'flowDrift': {
      const { by, every } = each;
      plant.inflict({ type: 'flowDrift', drift: { by: proportion.of(by), every: span(every) } });
      model.drift = { by: BigInt(by), every, next: now + every };
      return;
    }
    case 'nearlyEmpty':
      plant.inflict({ type: 'nearlyEmpty', below: volume.of(each.below), by: proportion.of(each.by) });
      model.fallOff = { below: BigInt(each.below), by: BigInt(each.by) };
      return;
    case 'stalls':
      plant.inflict({ type: 'intermittentStall', rhythm: rhythmOf(each.again) });
      model.stalls = each.again === null ? null : { ...each.again, from: now };
      return;
    case 'leak': {
      const { share, isHalfWay, again } = each;
      const at = isHalfWay ? 'catheter' : 'connector';
      plant.inflict({ type: 'leak', leak: { share: proportion.of(share), at, rhythm: rhythmOf(again) } });
      model.leak = { share: BigInt(share), isHalfWay, again, from: now };
      return;
    }
    case 'tip':
      plant.inflict({ type: 'tip', lies: each.isOut ? 'dislodged' : 'epidural' });
      model.isOut = each.isOut;
      return;
    case 'connect': {
      const isRefused = model.isConnected === each.isConnected;
      const outcome = plant.act({ type: each.isConnected ? 'connectCatheter' : 'disconnectCatheter' });
      expect('refused' in outcome).toBe(isRefused);
      model.isConnected = each.isConnected;
      return;
    }
    case 'scan':
      plant.act(each.enters ? { type: 'enterScanner', field: fieldStrength.parse('3 T') } : { type: 'leaveScanner' });
      model.inScanner = each.enters;
      return;
    case 'catheter':
      plant.act({ type: 'catheter', size: { volume: volume.parse('0.2 mL') }, tip: 'subdural' });
      model.leak = null;
      model.isOut = false;
      return;
    default:
      byNeedle(each.what, each.amount, plant, model);
  }
}

const rhythmOf = (again: Again | null) =>
  again === null ? null : { lasts: span(again.lasts), every: span(again.every) };

type ByNeedle = 'injectPocket' | 'aspiratePocket' | 'aspiratePort' | 'injectPort' | 'withdrawCsf';

function byNeedle(what: ByNeedle, amount: number, plant: Plant, model: Model): void {
  const so = BigInt(amount);
  const given = volume.of(amount);
  if (what === 'injectPocket') {
    plant.act({ type: 'inject', volume: given, solution: BACLOFEN, into: 'pocket' });
    model.underSkin(so);
  } else if (what === 'aspiratePocket') {
    const { pocket } = model.places;
    plant.act({ type: what, volume: given });
    model.underSkin(pocket < so ? -pocket : -so);
  } else if (what === 'injectPort') {
    plant.act({ type: what, volume: given, solution: SALINE });
    model.arrives(so);
  } else {
    const outcome = plant.act({ type: what, volume: given });
    const isRefused = what === 'aspiratePort' && model.isOff;
    expect('refused' in outcome).toBe(isRefused);
    if (!isRefused) model.beyond -= so;
  }
}
