import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Lives five days by hand and on the table, changes one thing after another of what it came to, and tells what was thrown. */
const SCRIPT = `
  import { handwritten } from './handwritten.mjs';
  import { counted } from './simulated.mjs';
  import { sameAs } from './workload.mjs';
  const reference = counted('table', 5);
  const { truth, believed, ...own } = handwritten(5);
  const told = (tally) => {
    try {
      sameAs(reference, 'it', tally);
      return 'the same';
    } catch ({ message }) {
      return message.split(':')[0];
    }
  };
  const exact = { ...own, truth, believed };
  const counts = Object.keys(own).filter((key) => key !== 'delivered');
  process.stdout.write(JSON.stringify({
    exact: told(exact),
    rough: told({ ...own, delivered: own.delivered * (1 + 1e-10) }),
    counts: Object.fromEntries(counts.map((key) => [key, told({ ...exact, [key]: own[key] + 1 })])),
    handled: told({ ...exact, handled: reference.handled + 1 }),
    believed: told({ ...exact, believed: believed + 1 }),
    truth: told({ ...exact, truth: { ...truth, delivered: truth.delivered + 1n } }),
    delivered: told({ ...own, delivered: own.delivered * (1 + 1e-8) }),
  }));
`;

test('a row of the benchmark that came to anything else than the table is thrown out', () => {
  const told = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    }),
  );
  const differs = (what: string) => `it differs in ${what}`;
  const counts = ['granted', 'denied', 'steps', 'bolusEnds', 'lockoutEnds', 'lows'];
  expect(told).toEqual({
    exact: 'the same',
    rough: 'the same',
    counts: Object.fromEntries(counts.map((count) => [count, differs(count)])),
    handled: differs('handled'),
    believed: differs('what is believed or true'),
    truth: differs('what is believed or true'),
    delivered: differs('what was delivered'),
  });
});
