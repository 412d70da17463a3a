import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { controlOf } from '../node/control.ts';
import { folder, MAIN, ROOT, thecal } from './cli.ts';
import { pumpProcess } from './pump-process.ts';

describe('a programmer in one process and a pump in another', () => {
  test('a visit: interrogate, implant, refill, prescribe, stop, resume', async () => {
    const pump = await pumpProcess('--serial', 'TWO-1');
    const { ask } = await controlOf(pump.control);
    const act = (...line: string[]) => thecal(['program', '--connect', pump.telemetry, ...line]);
    const shelf = act('interrogate');
    expect(shelf).toMatchObject({ code: 0, err: '' });
    expect(shelf.out).toMatch(/^\[Pump status\]\n/);
    expect(shelf.out).toMatch(/^ {2}Serial number +TWO-1$/m);
    expect(act('stop')).toMatchObject({ code: 1, out: expect.stringMatching(/^refused \(onShelf\): /m) });
    await ask({ do: 'act', act: { hands: { inject: { volume: '20 mL', baclofen: '500 mcg/mL' } } } });
    expect(act('refill', 'volume:', '20', 'mL').code).toBe(0);
    expect(act('implant').code).toBe(0);
    expect(act('prescribe baclofen: 500 mcg/mL, constant: 200 mcg/day').code).toBe(0);
    expect(await ask({ do: 'truth' })).toMatchObject({ done: { flow: 400_000 } });
    const stopped = act('stop', '--json');
    expect(stopped.code).toBe(0);
    const { outcome, screen } = JSON.parse(stopped.out);
    expect(outcome).toEqual({ done: true });
    expect(screen.warnings).toEqual([expect.stringContaining('THE PUMP IS STOPPED')]);
    expect(await ask({ do: 'truth' })).toMatchObject({ done: { flow: 0 } });
    expect(act('resume').out).toMatch(/^ {2}Delivery +basal delivery$/m);
    expect(await ask({ do: 'truth' })).toMatchObject({ done: { flow: 400_000 } });
    expect(act('press')).toMatchObject({ code: 1, out: 'handset: the prescription has no patient bolus\n' });
    expect(await pump.end()).toBe(0);
    expect(pump.err).toEqual([]);
  });

  test('a visit line by line keeps its session, and says what no programmer can do', async () => {
    const pump = await pumpProcess();
    const input =
      'interrogate\nedit lowReservoir: 3 mL\ndiscard\nhands drain\nafter 3d\ntruth\nlog\nreadLog\nquit\nstop\n';
    const { code, out } = thecal(['console', '--connect', pump.telemetry], { input });
    expect(out).toContain('> interrogate\n[Pump status]\n');
    expect(out).toContain(
      'line 4: hands: is not done from a programmer: expected what a clinician or the patient does; ' +
        'hands, the world and time go over the control channel of the pump: thecal hands --control URL ACT\n',
    );
    expect(out).toContain('line 5: after: is not done from a programmer');
    expect(out).toContain('line 6: truth: is not known to a programmer: expected an act, or screen, report');
    expect(out).toContain('not read: readLog reads it\n');
    expect(out.match(/telemetry session opened/g)).toHaveLength(1);
    expect(out).not.toContain('> stop');
    expect(code).toBe(2);
  });

  test('an address that is taken', async () => {
    const { telemetry } = await pumpProcess();
    const { code, err } = thecal(['pump', '--listen', new URL(telemetry).host]);
    expect(code).toBe(2);
    expect(err).toMatch(/^listen EADDRINUSE/);
  });

  test('a pump of a profile of one’s own, whose card is of no use without the file', async () => {
    const cwd = folder();
    const [mine, memory] = [join(cwd, 'mine.yaml'), join(cwd, 'pump')];
    const parameters = { lowReservoirDefault: { value: 5, unit: 'mL', status: 'assumed', source: 'made up' } };
    const head = { thecal: 'profile/1', name: 'mine', title: 'Mine', about: 'Made up' };
    writeFileSync(mine, JSON.stringify({ ...head, like: 'synchromed-ii-like-20', parameters }));
    const pump = await pumpProcess('--profile', mine, '--memory', memory, '--trace', join(cwd, 'trace.ndjson'));
    expect(pump.out[0]).toMatch(/^pump THECAL-0001, mine$/);
    const card = ['--connect', pump.telemetry, '--card', join(memory, 'card.json')];
    const other = thecal(['program', ...card, 'interrogate']);
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('expected --profile with the file of that') });
    const { out } = thecal(['program', ...card, '--profile', mine, 'interrogate']);
    expect(out).toMatch(/^ {2}Model +mine$/m);
    expect(await pump.end()).toBe(0);
    const [header = ''] = readFileSync(join(cwd, 'trace.ndjson'), 'utf8').split('\n');
    expect(JSON.parse(header)).toMatchObject({ profile: 'mine', sheet: { parameters } });
    const again = thecal(['pump', '--listen', '0', '--memory', memory]);
    expect(again).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds a mine: expected --profile mine, or its'),
    });
  });

  test('a pump a thousand times as fast shows the clock of its room, and its programmer goes by it', async () => {
    const pump = await pumpProcess('--speed', '1000', '--clock', '2026-01-05 08:00');
    const { out } = thecal(['program', '--connect', pump.telemetry, 'implant', '--json']);
    expect(JSON.parse(out).localTime).toMatch(/^2026-01-05 08:\d\d$/);
    expect(out).toContain('Clock of the pump","text":"2026-01-05 08:');
  });
});

describe('a pump with a folder', () => {
  test('goes on where it was ended, with the world as it was left and the same card', async () => {
    const memory = join(folder(), 'pump');
    const first = await pumpProcess('--memory', memory, '--serial', 'KEPT-7', '--clock', '2026-01-05 08:00');
    const { ask } = await controlOf(first.control);
    await ask({ do: 'act', act: { hands: { inject: { volume: '12 mL', morphine: '25 mg/mL' } } } });
    await ask({ do: 'act', act: { world: { syringeError: '+5 %' } } });
    const card = readFileSync(join(memory, 'card.json'), 'utf8');
    expect(JSON.parse(card)).toEqual({
      thecal: 'card/1',
      serial: 'KEPT-7',
      profile: 'synchromed-ii-like-20',
      key: expect.stringMatching(/^[\da-f]{64}$/),
    });
    const taken = thecal(['pump', '--listen', '0', '--memory', memory]);
    expect(taken).toMatchObject({ code: 2, err: expect.stringContaining(`in use by process ${first.child.pid}`) });
    const { done: before } = (await ask({ do: 'now' })) as { done: { now: number } };
    // As when the power fails: nothing is said any more.
    await first.end('SIGKILL');

    const second = await pumpProcess('--memory', memory);
    const again = await controlOf(second.control);
    const { done: after } = (await again.ask({ do: 'now' })) as { done: { now: number; serial: string } };
    expect(after.serial).toBe('KEPT-7');
    expect(after.now).toBeGreaterThan(0);
    expect(after.now - before.now).toBeLessThan(10_000);
    expect(await again.ask({ do: 'truth' })).toMatchObject({ done: { solution: [{ name: 'morphine' }] } });
    const drained = { do: 'act', act: { hands: 'drain' } };
    // 12 mL as a syringe reads them that shows 5 % too much.
    expect(await again.ask(drained)).toMatchObject({ done: { reading: 12.6 * 86_400_000_000_000 } });
    expect(readFileSync(join(memory, 'card.json'), 'utf8')).toBe(card);
    const byCard = thecal([
      'program',
      '--connect',
      second.telemetry,
      '--card',
      join(memory, 'card.json'),
      'interrogate',
    ]);
    expect(byCard.code).toBe(0);
    expect(await second.end('SIGINT')).toBe(0);
    expect(thecal(['pump', '--memory', memory, '--profile', 'generic-pca']).err).toContain(
      'holds a synchromed-ii-like-20',
    );
    expect(thecal(['pump', '--memory', memory, '--serial', 'X']).err).toContain('holds the pump KEPT-7');
  });
});

describe('thecal run --pump', () => {
  const names = ['silent-over-infusion', 'dose-change', 'left-stopped', 'reset-without-the-time'];

  test('runs shipped scenarios to the same trace, byte for byte, and leaves the pump of the process alone', async () => {
    const pump = await pumpProcess();
    const files = names.map((name) => join('scenarios', `${name}.yaml`));
    const far = ['--pump', pump.telemetry, '--control', pump.control];
    const [here, there] = [
      thecal(['run', '--trace', '-', ...files]),
      thecal(['run', ...far, '--trace', '-', ...files]),
    ];
    expect(there.code).toBe(0);
    expect(there.out).toBe(here.out);
    expect(there.err).toContain(`${names.length} scenarios, all as expected`);
    const { ask } = await controlOf(pump.control);
    expect(await ask({ do: 'belief' })).toMatchObject({ done: { service: 'shelf', volume: 0, serial: 'THECAL-0001' } });
  });

  test('finds there what it finds here', async () => {
    const pump = await pumpProcess();
    const args = ['--break', 'flowBias=+60%@3d', '--break', 'reset={clock: lost}@5d', 'scenarios/dose-change.yaml'];
    const far = ['--pump', pump.telemetry, '--control', pump.control];
    const [here, there] = [thecal(['run', ...args]), thecal(['run', ...far, ...args])];
    expect(there.code).toBe(1);
    expect(there.err).toContain('scenarios/dose-change.yaml:');
    expect(there.err).toBe(here.err);
  });

  test('refuses a scenario for another device', async () => {
    const pump = await pumpProcess('--profile', 'generic-pca');
    const far = ['--pump', pump.telemetry, '--control', pump.control];
    const other = thecal(['run', ...far, 'scenarios/dose-change.yaml']);
    expect(other.code).toBe(2);
    expect(other.err).toContain(
      'scenarios/dose-change.yaml: the process there runs pumps of the profile generic-pca, not synchromed-ii-like-20',
    );
    expect(pump.err).toEqual([]);
  });

  test('refuses it before anything is run, also where another is for this device', async () => {
    const pump = await pumpProcess('--profile', 'generic-pca');
    const far = ['--pump', pump.telemetry, '--control', pump.control];
    const trace = join(folder(), 'trace.ndjson');
    const paths = ['pca-typed-volumes', 'dose-change', 'left-stopped'].map((id) => `scenarios/${id}.yaml`);
    const { code, out, err } = thecal(['run', ...far, '--trace', trace, ...paths]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const path of paths.slice(1))
      expect(err).toContain(
        `${path}: the process there runs pumps of the profile generic-pca, not synchromed-ii-like-20; nothing has been run`,
      );
    expect(err).not.toContain(paths[0]);
    expect(existsSync(trace)).toBe(false);
  });

  test('a pump that ends in the middle of a run ends the run', async () => {
    const pump = await pumpProcess('--profile', 'synchromed-ii-like-40');
    const far = ['--pump', pump.telemetry, '--control', pump.control];
    const args = ['run', ...far, 'scenarios/patient-boluses.yaml', 'scenarios/whole-life.yaml'];
    const run = spawn(process.execPath, [join(ROOT, MAIN), ...args], { cwd: ROOT });
    const err: string[] = [];
    run.stderr.on('data', (data) => err.push(String(data)));
    const ended = once(run, 'exit');
    await once(run.stdout, 'data');
    await pump.end('SIGKILL');
    const [code] = await ended;
    expect(code).toBe(2);
    expect(err.join('')).toContain('the connection was lost');
  });
});
