import { describe, expect, test } from 'vitest';
import { thecal } from './cli.ts';
import { pumpProcess } from './pump-process.ts';

const NOBODY = 'ws://127.0.0.1:9';

describe('what cannot be used ends with 2 and says what was expected', () => {
  test.each([
    ['a programmer without a pump', ['program', '--connect', NOBODY, 'interrogate'], 'nobody listens there'],
    ['a console without a pump', ['console', '--connect', NOBODY], 'nobody listens there'],
    ['scenarios without a pump', ['run', '--pump', NOBODY, '--control', NOBODY], 'nobody listens there'],
    ['no address', ['program', '--connect', 'over there', 'interrogate'], 'expected an address such as'],
    ['no act', ['program', '--connect', NOBODY, 'explode'], '"explode" is no act'],
    ['an act of hands', ['program', '--connect', NOBODY, 'drain'], 'is not done from a programmer'],
    ['an edit nobody would confirm', ['program', '--connect', NOBODY, 'review'], 'belongs to a longer visit'],
    ['what nobody measured', ['program', '--connect', NOBODY, 'refill aspirated: measured, volume: 1 mL'], 'not known'],
    ['a card that is none', ['program', '--connect', NOBODY, '--card', 'package.json', 'stop'], 'package.json: thecal'],
    ['a file at the console', ['console', '--connect', NOBODY, 'x.yaml'], 'expected no file'],
    ['a recording of another process', ['console', '--connect', NOBODY, '--record', 'x'], 'expected it without'],
    ['a pump without its control', ['run', '--pump', NOBODY], 'expected both'],
    ['coverage elsewhere', ['run', '--pump', NOBODY, '--control', NOBODY, '--coverage'], 'looks into the pump'],
    ['an address of everybody', ['pump', '--listen', '0.0.0.0:0'], 'or --open-to-network'],
    [
      'control from elsewhere',
      ['pump', '--listen', '0', '--control', '0.0.0.0:0'],
      'expected an address of this machine',
    ],
    ['no port', ['pump', '--listen', '127.0.0.1:70000'], 'expected a host and port'],
    ['no profile', ['pump', '--profile', 'nothing'], 'no profile "nothing": expected one of'],
    ['a speed of nothing', ['pump', '--speed', '0'], 'expected a number from 0.001'],
  ])('%s', (_, args, message) => {
    const { code, err, out } = thecal(args, { input: '' });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('internal error');
  });

  test('an address that is taken', async () => {
    const { telemetry } = await pumpProcess();
    const { code, err } = thecal(['pump', '--listen', new URL(telemetry).host]);
    expect(code).toBe(2);
    expect(err).toMatch(/^listen EADDRINUSE/);
  });
});
