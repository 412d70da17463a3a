import fc from 'fast-check';
import { fieldStrength, length, proportion, span, volume } from '../../shared/index.ts';
import type { Act } from '../../workbench/act.ts';
import { mL } from '../harness.ts';

const HOUR = 3_600_000;
const hands = (act: Extract<Act, { by: 'hands' }>['act']): Act => ({ by: 'hands', act });
const world = (act: Extract<Act, { by: 'world' }>['act']): Act => ({ by: 'world', act });
const share = (text: string) => proportion.parse(text);
const rhythms = fc.constantFrom(
  { lasts: span(HOUR), every: span(8 * HOUR) },
  { lasts: span(7_777), every: span(9 * HOUR + 1) },
);
const saline: readonly [] = [];

/** What may happen to fluid, motor and patient beyond the reservoir, sensible or not. */
export const beyondActs: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom(
    hands({ type: 'inject', volume: mL('3'), solution: null, into: 'pocket' }),
    hands({ type: 'inject', volume: mL('7'), solution: null, force: true }),
    hands({ type: 'aspiratePocket', volume: mL('2') }),
    hands({ type: 'aspiratePort', volume: mL('1') }),
    hands({ type: 'injectPort', volume: volume.of(7_777_777), solution: saline }),
    hands({ type: 'dyeStudy', volume: mL('1') }),
    hands({ type: 'film' }),
    hands({ type: 'withdrawCsf', volume: mL('30') }),
    hands({ type: 'askPatient' }),
    hands({ type: 'catheter', size: { length: length.parse('55.5 cm') }, tip: 'intrathecal' }),
    hands({ type: 'catheter', size: { volume: volume.parse('0.2 mL') }, tip: 'epidural' }),
    hands({ type: 'connectCatheter' }),
    hands({ type: 'disconnectCatheter' }),
    hands({ type: 'enterScanner', field: fieldStrength.parse('3 T') }),
    hands({ type: 'leaveScanner' }),
    hands({ type: 'resetValve' }),
  ),
  fc.constantFrom(
    world({ type: 'flowDrift', drift: { by: share('+3.3333 %'), every: span(24 * HOUR) } }),
    world({ type: 'flowDrift', drift: { by: share('-20 %'), every: span(8 * HOUR) } }),
    world({ type: 'flowDrift', drift: null }),
    world({ type: 'nearlyEmpty', below: mL('19.5'), by: share('-33.3333 %') }),
    world({ type: 'nearlyEmpty', below: mL('4'), by: share('+50 %') }),
    world({ type: 'nearlyEmpty', below: mL('0'), by: share('0 %') }),
    world({ type: 'intermittentStall', rhythm: null }),
    world({ type: 'slowRecovery', by: span(24 * HOUR) }),
    world({ type: 'slowRecovery', by: span(0) }),
    world({ type: 'leak', leak: null }),
    world({ type: 'granuloma', share: share('40 %') }),
    world({ type: 'accessPort', port: 'blocked' }),
    world({ type: 'accessPort', port: 'oneWay' }),
    world({ type: 'accessPort', port: 'open' }),
    world({ type: 'pumpFlipped', flipped: true }),
    world({ type: 'pumpFlipped', flipped: false }),
    world({ type: 'valvesOpen' }),
  ),
  rhythms.map((rhythm) => world({ type: 'intermittentStall', rhythm })),
  fc
    .record({
      share: fc.constantFrom('33.3333 %', '100 %', '0.0001 %').map(share),
      at: fc.constantFrom('connector' as const, 'catheter' as const),
      rhythm: fc.oneof(rhythms, fc.constant(null)),
    })
    .map((leak) => world({ type: 'leak', leak })),
  fc
    .constantFrom('intrathecal' as const, 'epidural' as const, 'subdural' as const, 'dislodged' as const)
    .map((lies) => world({ type: 'tip', lies })),
);
