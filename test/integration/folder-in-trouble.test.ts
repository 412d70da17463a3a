import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { controlOf } from '../node/control.ts';
import { folder, thecal } from './cli.ts';
import { type PumpProcess, pumpProcess } from './pump-process.ts';

const bankOf = (memory: string, bank: 'a' | 'b') => join(memory, 'memory', `bank-${bank}`);

/** Acts at a pump in another process by the card in its folder. */
const actsAt = ({ telemetry }: PumpProcess, memory: string) => {
  const card = ['--card', join(memory, 'card.json')];
  return (line: string) => thecal(['program', '--connect', telemetry, ...card, line]);
};

/** A folder of a pump that was put in service, filled and programmed, and then ended. */
async function livedIn(): Promise<string> {
  const memory = join(folder(), 'pump');
  const pump = await pumpProcess('--memory', memory, '--serial', 'HURT-1', '--clock', '2026-01-05 08:00');
  const act = actsAt(pump, memory);
  expect(act('refill volume: 12 mL').code).toBe(0);
  expect(act('implant').code).toBe(0);
  expect(act('prescribe baclofen: 500 mcg/mL, constant: 200 mcg/day').code).toBe(0);
  expect(await pump.end()).toBe(0);
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
    const memory = await livedIn();
    spoil(bankOf(memory, bank));
    const pump = await pumpProcess('--memory', memory);
    const act = actsAt(pump, memory);
    expect(act('interrogate').out).toMatch(/^ {2}Daily dose +200 mcg\/day$/m);
    expect(act('readLog').out).toMatch(new RegExp(`bank: ${bank.toUpperCase()}$`, 'm'));
    expect(await pump.end()).toBe(0);
    expect(readFileSync(bankOf(memory, 'a')).equals(readFileSync(bankOf(memory, 'b')))).toBe(true);
  });

  test('in both banks has failed: the pump goes to its safe state and says so to whoever reads it', async () => {
    const memory = await livedIn();
    for (const bank of ['a', 'b'] as const) spoil(bankOf(memory, bank));
    const pump = await pumpProcess('--memory', memory);
    const act = actsAt(pump, memory);
    const read = act('interrogate');
    expect(read.code).toBe(0);
    expect(read.out).toMatch(/^! .*memory/im);
    expect(act('prescribe baclofen: 500 mcg/mL, constant: 200 mcg/day')).toMatchObject({
      code: 1,
      out: expect.stringContaining('memoryFailed'),
    });
    const { ask } = await controlOf(pump.control);
    expect(await ask({ do: 'belief' })).toMatchObject({
      done: { serial: 'HURT-1', infusion: 'minimumRate', prescription: null, alarms: [{ code: 'memoryError' }] },
    });
    expect(await pump.end()).toBe(0);
  });
});

describe.runIf(process.platform === 'linux')('a folder that cannot be written any more', () => {
  test.each([
    ['with its memory', 'memory/bank-b.new', 'cannot write', 'ENOSPC'],
    ['with the world around it', 'world.json.part', 'world.json: cannot be written', 'ENOSPC'],
  ])(
    '%s, ends the pump with 2 before it answers, and nothing it has answered is lost',
    async (_, name, message, why) => {
      const memory = await livedIn();
      const pump = await pumpProcess('--memory', memory);
      // Every write to this file finds the disk full.
      symlinkSync('/dev/full', join(memory, name));
      expect(actsAt(pump, memory)('refill volume: 5 mL')).toMatchObject({ code: 2, out: '' });
      expect(await pump.ended).toBe(2);
      expect(pump.err.join('\n')).toContain(message);
      expect(pump.err.join('\n')).toContain(why);
      expect(pump.err.join('\n')).not.toContain('internal error');
      const again = thecal(['pump', '--listen', '0', '--memory', memory]);
      expect(again).toMatchObject({ code: 2, out: '', err: expect.stringContaining(why) });

      rmSync(join(memory, name));
      const mended = await pumpProcess('--memory', memory);
      const { out } = actsAt(mended, memory)('interrogate');
      expect(out).toMatch(/^ {2}Expected reservoir volume +(12|11\.\d+) mL$/m);
      expect(out).toMatch(/^ {2}Daily dose +200 mcg\/day$/m);
    },
  );
});
