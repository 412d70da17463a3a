import { describe, expect, test } from 'vitest';
import { FAULT_NAMES } from '../../workbench/index.ts';
import { thecal } from './cli.ts';

describe('thecal faults', () => {
  test('lists every fault, and the ways to let one loose', () => {
    const { code, out } = thecal(['faults']);
    expect(code).toBe(0);
    for (const name of FAULT_NAMES) expect(out).toMatch(new RegExp(`^${name} +\\w`, 'm'));
    expect(out).toContain('hazards: [{ world: { begins: stall }');
  });

  test('says of one how it is written, what to expect, and where it is replayed', () => {
    const { out } = thecal(['faults', 'leak']);
    expect(out).toContain('  { leak: { share: 50 %, at: connector } }\n');
    expect(out).toContain('what the pump makes of it\n  nothing: no sensor sees it\n');
    expect(out).toMatch(/replayed in\n(?: {2}\S+\n)* {2}catheter-disconnected\n/);
  });

  test('says the same as JSON', () => {
    const sheets: unknown = JSON.parse(thecal(['faults', '--json']).out);
    expect(sheets).toMatchObject(FAULT_NAMES.map((name) => ({ name, scenarios: expect.any(Array) })));
  });

  test.each([
    ['kink', 'no fault "kink"; of it tell begins'],
    ['Dislodged', 'no fault "Dislodged"; of it tell tip'],
    ['leek', 'no fault "leek": expected one of flowBias, '],
    ['leek', '(did you mean leak?)'],
  ])('called by another word, %s, exits 2: %s', (word, message) => {
    const { code, err } = thecal(['faults', word]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
