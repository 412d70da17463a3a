import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { controlOf } from '../node/control.ts';
import { folder, thecal } from './cli.ts';
import { pumpProcess } from './pump-process.ts';

test('a live pump’s trace is there though it was killed, and is read like any other; each start has its own', async () => {
  const cwd = folder();
  const [memory, first, second] = [join(cwd, 'pump'), join(cwd, 'first.ndjson'), join(cwd, 'second.ndjson')];
  const pump = await pumpProcess('--memory', memory, '--serial', 'TOLD-1', '--trace', first);
  const { ask } = await controlOf(pump.control);
  const visit = (telemetry: string, ...lines: readonly string[]) =>
    thecal(['console', '--connect', telemetry, '--card', join(memory, 'card.json')], { input: lines.join('\n') });
  await ask({ do: 'act', act: { hands: { inject: { volume: '20 mL', baclofen: '500 mcg/mL' } } } });
  const lines = [
    'refill volume: 20 mL',
    'implant',
    'prescribe { baclofen: 500 mcg/mL, constant: 200 mcg/day }',
    'stop',
  ];
  expect(visit(pump.telemetry, ...lines).code).toBe(0);
  await pump.end('SIGKILL');

  const [header = ''] = readFileSync(first, 'utf8').split('\n');
  expect(JSON.parse(header)).toMatchObject({ trace: 'thecal.trace/1', scenario: 'TOLD-1', executor: 'xstate' });
  const why = thecal(['why', first, '--at', '1d']);
  expect(why.code).toBe(0);
  expect(why.out).toContain('the pump commands 0 mL/day (stopped), because');

  expect(thecal(['pump', '--listen', '0', '--memory', memory, '--trace', first])).toMatchObject({
    code: 2,
    err: expect.stringContaining('first.ndjson: cannot be written: EEXIST'),
  });
  const again = await pumpProcess('--memory', memory, '--trace', second);
  expect(visit(again.telemetry, 'resume').code).toBe(0);
  expect(await again.end()).toBe(0);
  expect(thecal(['why', second, '--at', '1d'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('the pump commands 0.4 mL/day (basal)'),
  });
  expect(thecal(['diff', first, second])).toMatchObject({ code: 1 });
});
