import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlOf } from '../node/control.ts';
import { folder, thecal } from './cli.ts';
import { type PumpProcess, pumpProcess, startingPump } from './pump-process.ts';

const bankOf = (memory: string, bank: 'a' | 'b') => join(memory, 'memory', `bank-${bank}`);

/** A visit to a pump in another process by the card in its folder, line by line. */
const visit = ({ telemetry }: PumpProcess, memory: string, ...lines: readonly string[]) =>
  thecal(['console', '--connect', telemetry, '--card', join(memory, 'card.json')], { input: lines.join('\n') });

const PROGRAM = 'prescribe { baclofen: 500 mcg/mL, constant: 200 mcg/day }';
let original = '';

/** The folder of a pump that was put in service, filled and programmed, and then ended. */
beforeAll(async () => {
  original = mkdtempSync(join(tmpdir(), 'thecal-'));
  const starting = startingPump(['--memory', original, '--serial', 'HURT-1', '--clock', '2026-01-05 08:00']);
  const told = visit(await starting.ready, original, 'refill volume: 12 mL', 'implant', PROGRAM);
  expect(told.out).not.toContain('refused');
  expect(await starting.end()).toBe(0);
});
afterAll(() => rmSync(original, { recursive: true, force: true }));

/** A copy of it. */
function livedIn(): string {
  const memory = join(folder(), 'pump');
  cpSync(original, memory, { recursive: true });
  return memory;
}

/** Changes a byte in the middle of a file. */
function spoil(path: string): void {
  const bytes = readFileSync(path);
  const at = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
  writeFileSync(path, bytes);
}

describe('a memory that was hurt while the pump was off', () => {
  test.each(['a', 'b'] as const)('in bank %s alone is mended from the other, and the log says so', async (bank) => {
    const memory = livedIn();
    spoil(bankOf(memory, bank));
    const pump = await pumpProcess('--memory', memory);
    const { out } = visit(pump, memory, 'interrogate', 'readLog');
    expect(out).toMatch(/^ {2}Daily dose +200 mcg\/day$/m);
    expect(out).toMatch(new RegExp(`bank: ${bank.toUpperCase()}$`, 'm'));
    expect(await pump.end()).toBe(0);
    expect(readFileSync(bankOf(memory, 'a')).equals(readFileSync(bankOf(memory, 'b')))).toBe(true);
  });

  test('and is gone altogether is not taken for a new pump’s', () => {
    const memory = livedIn();
    for (const bank of ['a', 'b'] as const) rmSync(bankOf(memory, bank));
    const started = thecal(['pump', '--listen', '0', '--memory', memory]);
    expect(started).toMatchObject({ code: 2, err: expect.stringContaining('its memory is not there') });
  });

  test('in both banks has failed: the pump goes to its safe state and says so to whoever reads it', async () => {
    const memory = livedIn();
    for (const bank of ['a', 'b'] as const) spoil(bankOf(memory, bank));
    const pump = await pumpProcess('--memory', memory);
    const { code, out } = visit(pump, memory, 'interrogate', PROGRAM);
    expect(code).toBe(0);
    expect(out).toMatch(/^! .*memory/im);
    expect(out).toContain('refused (memoryFailed)');
    const { ask } = await controlOf(pump.control);
    expect(await ask({ do: 'belief' })).toMatchObject({
      done: { serial: 'HURT-1', infusion: 'minimumRate', prescription: null, alarms: [{ code: 'memoryError' }] },
    });
    expect(await pump.end()).toBe(0);
  });
});

test('a world that is missing is a new one: the pump takes its time for lost, and forgets nothing', async () => {
  const memory = livedIn();
  rmSync(join(memory, 'world.json'));
  const pump = await pumpProcess('--memory', memory);
  const { out } = visit(pump, memory, 'interrogate', 'readLog');
  expect(out).toMatch(/timeLost: true/);
  expect(out).toMatch(/^ {2}Daily dose +200 mcg\/day$/m);
  const { ask } = await controlOf(pump.control);
  expect(await ask({ do: 'truth' })).toMatchObject({ done: { reservoir: 0 } });
  expect(await ask({ do: 'belief' })).toMatchObject({ done: { wall: null, record: 1 } });
});

test.each(['card.json', 'world.json'])('a folder whose %s cannot be read is no pump’s', (name) => {
  const memory = folder();
  writeFileSync(join(memory, name), '{"thecal":');
  const { code, err } = thecal(['pump', '--listen', '0', '--memory', memory]);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`${join(memory, name)}: cannot be read`) });
});

describe.runIf(process.platform === 'linux')('a folder that cannot be made or written at the start', () => {
  test.each([
    ['where nothing can be made', '/proc/no-pump', 'cannot be made: ENOENT'],
    ['whose lock cannot be written', '/proc/self', 'cannot be written: '],
  ])('%s is said at the terminal of the pump, in words', (_, memory, words) => {
    const { code, out, err } = thecal(['pump', '--listen', '0', '--memory', memory]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`${memory}: ${words}`);
  });
});

describe.runIf(process.platform === 'linux')('a folder that cannot be written any more', () => {
  test.each([
    ['with its memory', 'memory/bank-b.new', 'cannot write', 'ENOSPC'],
    ['with the world around it', 'world.json.new', 'world.json: cannot be written', 'ENOSPC'],
  ])(
    '%s, ends the pump with 2 before it answers, and nothing it has answered is lost',
    async (_, name, message, why) => {
      const memory = livedIn();
      const pump = await pumpProcess('--memory', memory);
      // Every write to this file finds the disk full.
      symlinkSync('/dev/full', join(memory, name));
      expect(visit(pump, memory, 'refill volume: 5 mL').code).toBe(2);
      expect(await pump.ended).toBe(2);
      expect(pump.err[0]).toBe(
        'pump HURT-1 ends, and answers nobody any more: it cannot go on without its folder or trace',
      );
      expect(pump.err.join('\n')).toContain(message);
      expect(pump.err.join('\n')).toContain(why);
      expect(pump.err.join('\n')).not.toContain('internal error');
      const again = thecal(['pump', '--listen', '0', '--memory', memory]);
      expect(again).toMatchObject({ code: 2, out: '', err: expect.stringContaining(why) });

      rmSync(join(memory, name));
      const mended = await pumpProcess('--memory', memory);
      const { out } = visit(mended, memory, 'interrogate');
      expect(out).toMatch(/^ {2}Expected reservoir volume +(12|11\.\d+) mL$/m);
      expect(out).toMatch(/^ {2}Daily dose +200 mcg\/day$/m);
    },
  );
});
