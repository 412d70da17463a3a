import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Keeper } from '../../page/keeper.ts';
import type { Shown } from '../../page/worker/protocol.ts';

type Seen = Pick<Shown, 'visit' | 'done' | 'lesson'>;
const LESSON: Shown['lesson'] = { mode: 'practice', isOver: false, left: 3_600_000, isHiding: false };

let kept: string[];
let desk: { shown: Seen; ask: () => Promise<string> };
let keeper: Keeper;
beforeEach(() => {
  vi.useFakeTimers();
  kept = [];
  desk = {
    shown: { visit: 1, done: 0, lesson: null },
    ask: async () => `visit ${desk.shown.visit}, ${desk.shown.done}`,
  };
  keeper = new Keeper(desk, async (scenario) => void kept.push(scenario));
});
afterEach(() => void vi.useRealTimers());

function see(visit: number, done: number, lesson: Shown['lesson'] = null): void {
  desk.shown = { visit, done, lesson };
  keeper.see(desk.shown);
}
const soon = () => vi.advanceTimersByTimeAsync(5000);

test('what follows at once is kept with what was done', async () => {
  see(1, 1);
  see(1, 2);
  await soon();
  expect(kept).toEqual(['visit 1, 2']);
});

test('half of a visit that is gone on with never takes the place of the whole', async () => {
  await keeper.hold(async () => {
    for (const done of [1, 2, 3]) {
      see(1, done);
      await soon();
    }
    expect(kept).toEqual([]);
  });
  await soon();
  expect(kept).toEqual(['visit 1, 3']);
});

test('a case is not kept, nor what it hides, whatever is done in it', async () => {
  see(2, 0, LESSON);
  see(2, 1, LESSON);
  await soon();
  expect(kept).toEqual([]);
});

test('what was done just before a case was begun is kept once its visit is at hand again', async () => {
  see(1, 1);
  see(2, 0, LESSON);
  await soon();
  expect(kept).toEqual([]);
  see(1, 1);
  await soon();
  expect(kept).toEqual(['visit 1, 1']);
});
