import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import type { ExecutorName } from '../../firmware-sim/index.ts';
import { type ProfileSheet, readProfile } from '../../shared/index.ts';
import { type FarEnd, farPumps } from '../../workbench/remote/far-pump.ts';
import { trialAnswer, trialCall } from '../../workbench/remote/messages.ts';
import { Trial } from '../../workbench/remote/trial.ts';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { runScenario } from '../../workbench/scenario/run.ts';
import { QUICK } from '../integration/cli.ts';

/** What is said crosses as text, as between processes. */
const crossed = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** A far end in this process: everything but the sockets. */
function farEnd(sheet: ProfileSheet): FarEnd {
  let trial: Trial | undefined;
  const there = () => {
    if (trial === undefined) throw new Error('nothing is on trial');
    return trial;
  };
  return {
    begin: (pump) => {
      trial = new Trial(readProfile(sheet), pump);
    },
    call: (call, moment) => trialAnswer.parse(crossed(there().do(trialCall.parse(crossed(call)), moment))),
    exchange: (frame, moment) => {
      const { answer, bytes } = there().take(frame, moment);
      return { answer: trialAnswer.parse(crossed(answer)), bytes };
    },
  };
}

/** Tests that every quick scenario that ships, or one in so many, runs the same with its pump elsewhere. */
export function runsTheSameElsewhere(executor: ExecutorName, oneIn = 1): void {
  test.each(QUICK.filter((_, i) => i % oneIn === 0).map((path) => [basename(path), path]))(
    '%s runs the same with its pump elsewhere',
    (_, path) => {
      const loaded = loadScenario(readFileSync(path, 'utf8'));
      const traced = (far: boolean) => {
        const lines: string[] = [];
        const result = runScenario(loaded, {
          id: 'here',
          version: '0',
          executor,
          ...(far ? { pump: farPumps(farEnd(loaded.scenario.profile)) } : {}),
          onRecord: (record) => void lines.push(JSON.stringify(record)),
        });
        return { lines, result: JSON.stringify(result) };
      };
      const [here, there] = [traced(false), traced(true)];
      expect(there.lines).toEqual(here.lines);
      expect(there.result).toEqual(here.result);
    },
  );
}
