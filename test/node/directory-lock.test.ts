import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { InUse, takeLock } from '../../workbench/node/directory-lock.ts';
import { folder } from '../integration/cli.ts';

let directory = '';
beforeEach(() => {
  directory = folder();
});
const file = (name: string) => join(directory, name);
const take = () => takeLock(file('lock'));

describe('a directory', () => {
  test('is one process’s at a time, and says whose', () => {
    const release = take();
    expect(take).toThrow(InUse);
    expect(take).toThrow(`${file('lock')}: in use by process ${process.pid}`);
    release();
    take()();
    expect(existsSync(file('lock'))).toBe(false);
  });

  test('that a living process holds is left to it', () => {
    writeFileSync(file('lock'), `${process.ppid}\n`);
    expect(take).toThrow(`in use by process ${process.ppid}`);
    expect(readFileSync(file('lock'), 'utf8')).toBe(`${process.ppid}\n`);
    expect(readdirSync(directory)).toEqual(['lock']);
  });

  const { pid: dead } = spawnSync(process.execPath, ['-e', '']);

  test.each([
    ['a process that has died', `${dead}\n`],
    ['a process of the same number, before this one', `${process.pid}\n`],
    ['nobody that can be read', 'somebody'],
    ['nobody at all', ''],
  ])('that %s has left locked is taken over', (_, text) => {
    writeFileSync(file('lock'), text);
    const release = take();
    expect(readFileSync(file('lock'), 'utf8')).toBe(`${process.pid}\n`);
    expect(take).toThrow('in use');
    release();
    expect(readdirSync(directory)).toEqual([]);
  });

  test.runIf(process.platform === 'linux')(
    'that a process has left locked is taken over also before anybody has asked how it ended',
    async () => {
      // Its parent becomes a program that never asks.
      const parent = spawn('bash', ['-c', 'sleep 0.3 & echo $!; exec sleep 60']);
      onTestFinished(() => void parent.kill('SIGKILL'));
      const [said] = await once(parent.stdout, 'data');
      const zombie = Number(String(said));
      const state = () => /\) (.)/.exec(readFileSync(`/proc/${zombie}/stat`, 'utf8'))?.[1];
      await expect.poll(state).toBe('Z');
      writeFileSync(file('lock'), `${zombie}\n`);
      take()();
      expect(state()).toBe('Z');
      expect(readdirSync(directory)).toEqual([]);
    },
  );

  test('is rid of what processes have left that died over its lock, and of nothing else', () => {
    const left = [`lock.${dead}`, `lock.${dead}.old`, `lock.${process.ppid}`, 'lock.txt'];
    for (const name of left) writeFileSync(file(name), '');
    take()();
    expect(readdirSync(directory).sort()).toEqual([`lock.${process.ppid}`, 'lock.txt']);
  });

  test('is given back once: what the one gives back a second time is not the other’s', () => {
    const release = take();
    release();
    const other = take();
    release();
    expect(take).toThrow('in use');
    other();
  });
});
