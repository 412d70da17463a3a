import { describe, expect, test } from 'vitest';
import { type Change, dropped, more, moved, type Pick, tampered, to, value } from './tampered.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const plant = (kind: string, t: number): Pick => ({ kind, t });
const found = (t: number): Pick => ({ kind: 'found', t });

const CASES: readonly (readonly [what: string, scenario: string, change: Change, where: string])[] = [
  // Where fluid is.
  [
    'a pocket is off by one unit',
    'pocket-fill',
    more({ kind: 'pocketInjected' }, 'ledger.pocket'),
    'plant.data.ledger.pocket',
  ],
  [
    'what leaked is one unit less',
    'catheter-disconnected',
    more(plant('flow', 31 * DAY), 'ledger.pocket', -1),
    'flow.ledger.pocket',
  ],
  [
    'a patient has one unit more than came through the tip',
    'catheter-disconnected',
    more(plant('flow', 31 * DAY), 'ledger.patient'),
    'flow.ledger.patient',
  ],
  [
    'something ran out of a pump that is on its catheter',
    'intermittent-stall',
    more({ kind: 'aspirated' }, 'ledger.outside'),
    'plant.data.ledger.outside',
  ],
  [
    'CSF that came out of the port is still in the patient',
    'access-port-before-contrast',
    more({ kind: 'portAspirated' }, 'ledger.patient', 86_400_000_000_000),
    'plant.data.ledger.patient',
  ],
  [
    'a syringe at the port reads one unit less',
    'access-port-before-contrast',
    more({ kind: 'portAspirated' }, 'reading', -1),
    'plant.data.reading',
  ],
  [
    'a new catheter holds a unit more',
    'access-port-before-contrast',
    more({ kind: 'catheter', data: { tip: 'intrathecal' } }, 'volume'),
    'plant.data.volume',
  ],
  [
    'contrast is not told of',
    'access-port-before-contrast',
    dropped(plant('portInjected', 20 * DAY), { kind: 'hands', t: 30 * DAY }),
    'plant',
  ],
  // What the motor does.
  [
    'an error grows 1 ms late',
    'over-infusion-that-grows',
    moved(plant('flow', 11 * DAY), 1, plant('flow', 11 * DAY + 1)),
    'flow.ledger.reservoir',
  ],
  [
    'an error grows by one unit too much',
    'over-infusion-that-grows',
    more(plant('flow', 11 * DAY), 'flow'),
    'flow.flow',
  ],
  [
    'flow falls off by one unit too much',
    'withdrawal-above-the-threshold',
    more(plant('flow', 41.25 * DAY), 'flow', -1),
    'flow.flow',
  ],
  [
    'a stall that comes again is not there',
    'intermittent-stall',
    value(plant('flow', 11 * DAY), 'flow', to(400_000)),
    'flow.flow',
  ],
  [
    'a stall is over and the rotor stands still',
    'intermittent-stall',
    value(plant('flow', 11 * DAY + HOUR), 'flow', to(0)),
    'flow.flow',
  ],
  [
    'a rotor turns while it has not recovered',
    'scanner-slow-recovery',
    moved({ kind: 'flow', t: 21 * DAY + 40 * 60_000 }, -1, { kind: 'flow', t: 21 * DAY + 40 * 60_000 - 1 }),
    'flow.flow',
  ],
  // What hands find out, or are refused.
  [
    'a rotor has turned a degree too far',
    'catheter-disconnected',
    more(found(31 * DAY + 5 * 60_000), 'turned'),
    'found.turned',
  ],
  [
    'contrast is seen to spread from a tip under the dura',
    'access-port-before-contrast',
    value(found(30 * DAY), 'found.0', to('contrastSpreads')),
    'found.found[0]',
  ],
  [
    'a port that is blocked is said to be one that cannot be reached',
    'access-port-before-contrast',
    value({ kind: 'refused', data: { refused: 'noPassage' } }, 'refused', to('unreachable')),
    'refused',
  ],
  [
    'a pump that has turned over is drained',
    'pump-flipped',
    dropped({ kind: 'refused', t: 40 * DAY }, { kind: 'hands', t: 40 * DAY }),
    'refused',
  ],
];

describe('fluid that is not where the rules lead to is caught at the record', () => {
  test.each(CASES)('%s (%s)', (_, scenario, change, where) => {
    const { seenAt, found } = tampered(scenario, change);
    expect(found[0]).toMatchObject({ n: seenAt, what: where });
  });
});
