import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { transformWithOxc } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tone } from '../../page/worker/protocol.ts';
import { ROOT } from '../integration/cli.ts';
import { startChromium } from './chromium.ts';

let [browser]: [Browser?] = [];
let page: Page;
beforeAll(async () => {
  browser = await startChromium();
  page = await browser.newPage();
  const { code } = await transformWithOxc(readFileSync(join(ROOT, 'page/tones.ts'), 'utf8'), 'tones.ts');
  await page.evaluate(`(async () => {
    const module = new Blob([${JSON.stringify(code)}], { type: 'text/javascript' });
    globalThis.tones = await import(URL.createObjectURL(module));
  })()`);
});
afterAll(() => browser?.close());

/** Samples a second: enough for the pitches meant, and few enough to be handed over. */
const HERTZ = 16_000;
/** What is rendered after the sound: it has to be silent. */
const AFTER = 1;

/** The sound as a speaker would be given it, in samples. */
const rendered = (sound: Tone['sound'], lasts: number): Promise<number[]> =>
  page.evaluate<number[]>(`(async () => {
    const context = new OfflineAudioContext(1, ${(lasts + AFTER) * HERTZ}, ${HERTZ});
    tones.play(context, ${JSON.stringify(sound)}, ${lasts});
    return [...(await context.startRendering()).getChannelData(0)];
  })()`);

/** How often a stretch of samples goes from below zero to above, a second. */
function pitch(samples: readonly number[]): number {
  const rises = samples.filter((sample, i) => sample >= 0 && (samples[i - 1] ?? 0) < 0).length;
  return (rises * HERTZ) / samples.length;
}

/** When anything was last heard, in seconds. */
const lastHeard = (samples: readonly number[]): number =>
  samples.findLastIndex((sample) => Math.abs(sample) > 0.001) / HERTZ;

const HIGH_LOW = [990, 660] as const;

test.each([
  ['single', 1, [660], 1],
  ['two-tone', 3, HIGH_LOW, 10],
  ['four-tones', 3, [990], 4],
  ['four-double-tones', 3, HIGH_LOW, 8],
] as const)('%s lasts %d s, at the pitches meant', async (sound, lasts, pitches, count) => {
  const samples = await rendered(sound, lasts);
  const pips = await page.evaluate<{ readonly at: number; readonly lasts: number }[]>(
    `tones.pipsOf(${JSON.stringify(sound)}, ${lasts})`,
  );
  expect(pips).toHaveLength(count);
  const heard = pips.map(({ at, lasts: long }) =>
    // Its middle, away from where it swells and fades.
    pitch(samples.slice((at + long * 0.2) * HERTZ, (at + long * 0.8) * HERTZ)),
  );
  for (const [i, hertz] of heard.entries())
    expect(Math.abs(hertz - (pitches[i % pitches.length] ?? 0))).toBeLessThan(20);
  const last = pips.at(-1);
  const ends = (last?.at ?? 0) + (last?.lasts ?? 0);
  expect(lastHeard(samples)).toBeGreaterThan(ends - 0.02);
  expect(lastHeard(samples)).toBeLessThanOrEqual(Math.min(ends, lasts) + 0.001);
});
