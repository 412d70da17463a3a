import { expect, test } from 'vitest';
import { TEARS } from '../crashing-storage.ts';
import { everyFrameFault, frameReportText, KINDS } from './frame-cases.ts';
import type { Happened } from './judge.ts';
import { ABORTS, live } from './live.ts';
import { everyPowerLoss, powerReportText } from './power-cases.ts';
import { STORY_NAMES, type StoryName } from './stories.ts';

const PARTS = STORY_NAMES.flatMap((story) => ABORTS.map((onUpdateAbort) => [story, onUpdateAbort] as const));

const OF_A_VISIT: readonly Happened[] = ['update interrupted', 'bank healed', 'told programmed', 'told entered'];
const OF_A_PRESS: readonly Happened[] = ['bank healed', 'told granted'];
/** What must have come to pass in some case of a story, or nothing was shown by it. */
const MUST_HAPPEN: Readonly<
  Record<StoryName, { readonly power: readonly Happened[]; readonly link: readonly Happened[] }>
> = {
  visit: { power: OF_A_VISIT, link: ['update interrupted', 'said answered', 'said neverArrived'] },
  hastyVisit: { power: OF_A_VISIT, link: ['update interrupted', 'said answered'] },
  press: { power: OF_A_PRESS, link: ['processor started', 'told granted'] },
};

test.each(PARTS)(
  'of a %s under onUpdateAbort %s, every loss of power and every fault of a frame leave programmer and pump agreed, nothing half and nothing lost',
  (story, onUpdateAbort) => {
    const quiet = live({ story, onUpdateAbort, mishap: null });
    const [from, count] = quiet.operations;
    const bytes = quiet.storage.operations.slice(from, from + count).map(({ after }) => after.length);
    const points = bytes.reduce((sum, written) => sum + 2 + written, 0);
    const torn = bytes.reduce((sum, written) => sum + 2 + TEARS.length * written, 0);
    const faults = quiet.frames.length * Object.keys(KINDS).length;

    const power = everyPowerLoss(story, onUpdateAbort);
    const link = everyFrameFault(story, onUpdateAbort);
    const part = `${story}, ${onUpdateAbort}`;
    process.stdout.write(`${powerReportText(part, power)}\n${frameReportText(part, link)}\n`);
    process.stdout.write(`${part}: ${power.points} + ${link.cases} = ${power.points + link.cases} in all\n`);

    expect([...power.problems, ...link.problems]).toEqual([]);
    expect(power.points + link.cases).toBe(points + faults);
    // Each point torn in each way, with the time kept and with it lost.
    expect(power.cases).toBe(2 * torn);
    // A bit of every byte, and a cut after every byte.
    expect(link.damages).toBe(2 * quiet.frames.reduce((sum, { length }) => sum + length, 0));
    expect(power.points).toBeGreaterThan(20_000);
    expect(MUST_HAPPEN[story].power.filter((what) => power.happened.count(what) === 0)).toEqual([]);
    expect(MUST_HAPPEN[story].link.filter((what) => link.happened.count(what) === 0)).toEqual([]);
  },
);
