import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { FolderError, newCard, PumpFolder, readCard } from '../../workbench/node/pump-folder.ts';
import { file, folder } from '../integration/cli.ts';

const WORLD = { now: 5, clock: 7, localTime: { moved: 0 }, plant: { a: [1, null] }, last: 3 };

test('what is kept is read again, and nothing half-written stays', () => {
  const path = join(folder(), 'a', 'pump');
  const kept = new PumpFolder(path);
  expect([kept.card(), kept.world()]).toEqual([undefined, undefined]);
  const card = newCard('S-1', 'generic-pca');
  kept.keepCard(card);
  kept.keepWorld(WORLD);
  kept.release();
  const again = new PumpFolder(path);
  expect(again.card()).toEqual(card);
  expect(again.world()).toMatchObject(WORLD);
  expect(readdirSync(path).sort()).toEqual(['card.json', 'lock', 'world.json']);
  again.release();
  expect(existsSync(join(path, 'lock'))).toBe(false);
});

test('a world that an earlier version left is refused, and left as it is', () => {
  const path = folder();
  const kept = new PumpFolder(path);
  const text = JSON.stringify({ thecal: 'world/1', ...WORLD });
  writeFileSync(join(path, 'world.json'), text);
  expect(() => kept.world()).toThrow(/world\.json: .*world\/2/);
  expect(readFileSync(join(path, 'world.json'), 'utf8')).toBe(text);
  kept.release();
});

test('no two cards have the same key, and nobody else may read one', () => {
  const path = folder();
  const [one, other] = [newCard('S-1', 'generic-pca'), newCard('S-1', 'generic-pca')];
  expect(one.key).not.toBe(other.key);
  const kept = new PumpFolder(path);
  kept.keepCard(one);
  expect(statSync(join(path, 'card.json')).mode & 0o077).toBe(0);
});

test('a folder that a running process has is refused; one whose process is gone is taken over', () => {
  const path = folder();
  writeFileSync(join(path, 'lock'), `${process.ppid}\n`);
  expect(() => new PumpFolder(path)).toThrow(`${path}/lock: in use by process ${process.ppid}`);
  expect(() => new PumpFolder(relative(process.cwd(), path))).toThrow('in use');
  // No process has so high a number.
  writeFileSync(join(path, 'lock'), '999999999\n');
  expect(new PumpFolder(path).card()).toBeUndefined();
});

test('a file where a folder should be, and a folder under a file, are refused', () => {
  const path = file('', 'pump');
  expect(() => new PumpFolder(path)).toThrow(FolderError);
  expect(() => new PumpFolder(join(path, 'below'))).toThrow(FolderError);
});

test.each([
  ['no JSON', '{'],
  ['nothing of it', '{}'],
  ['a key that is too short', JSON.stringify({ ...newCard('S-1', 'generic-pca'), key: 'abc' })],
  ['something more', JSON.stringify({ ...newCard('S-1', 'generic-pca'), more: 1 })],
])('a card with %s is refused', (_, text) => {
  expect(() => readCard(file(text, 'card.json'))).toThrow(FolderError);
});
