import { BANKS, type BankStorage, bankedStore, type Store } from '../../../firmware-sim/index.ts';
import { type DeviceProfile, hexToBytes, parseDuration } from '../../../shared/index.ts';
import type { FrameFault } from '../../../workbench/link/faults.ts';
import type { PumpMaker } from '../../../workbench/pump.ts';
import type { Simulation } from '../../../workbench/simulation.ts';
import type { TraceRecord } from '../../../workbench/trace.ts';
import { bench, profileOf } from '../../harness.ts';
import { CrashingStorage, type CrashPoint } from '../crashing-storage.ts';
import { type Happened, Judge } from './judge.ts';
import { Clinician } from './people.ts';
import { onFailingPower, type Unfinished } from './power.ts';
import { STORIES, type StoryName } from './stories.ts';
import { takenBack } from './taken-back.ts';

/** What goes wrong once in a story; operations and frames are counted from its beginning, frames from 1. */
export type Mishap =
  | { readonly power: CrashPoint; readonly timeLost: boolean }
  /** From a frame on, one or so many. */
  | { readonly frame: number; readonly count?: number; readonly fault: FrameFault };

export const ABORTS = ['stayStopped', 'resumeOld'] as const satisfies readonly DeviceProfile['onUpdateAbort'][];

/** One way a story may go. As JSON it can be told and lived again alone. */
export interface Case {
  readonly story: StoryName;
  readonly onUpdateAbort: (typeof ABORTS)[number];
  readonly mishap: Mishap | null;
}

/** What a case is made of that somebody may have broken. */
export interface Parts {
  readonly store: (storage: BankStorage) => Store;
  /** What lies around the pump, outside of where its power can go. */
  readonly around: (pump: PumpMaker) => PumpMaker;
}
export const WHOLE: Parts = { store: bankedStore, around: (pump) => pump };

/** A case that has been lived to its end. */
export interface Lived {
  readonly problems: readonly string[];
  readonly happened: ReadonlySet<Happened>;
  /** All that was told, with what was never kept taken back. */
  readonly trace: readonly TraceRecord[];
  readonly storage: CrashingStorage;
  /** The operations and the frames of the story itself: from which on, and how many. */
  readonly operations: readonly [from: number, count: number];
  readonly frames: readonly Uint8Array[];
}

const LATER = parseDuration('30min');
const LONG_AFTER = parseDuration('50h');

/** Lives a story in which one thing goes wrong, and what comes after it; judges it. */
export function live({ story: name, onUpdateAbort, mishap }: Case, parts: Parts = WHOLE): Lived {
  const storage = new CrashingStorage();
  const timeLost = mishap !== null && 'power' in mishap && mishap.timeLost;
  let undone: Unfinished | undefined;
  const lost = (entry: Unfinished) => {
    if (!hasLasted(storage)) undone = entry;
  };
  const profile = profileOf('synchromed-ii-like-20', { onUpdateAbort });
  const pump = parts.around(onFailingPower(storage, timeLost, lost));
  const made = bench({ executor: 'table', profile, memory: () => parts.store(storage), pump });
  const { sim, records } = made;
  const story = STORIES[name];
  story.before(made);

  const trace = () => takenBack(records, undone);
  const judge = new Judge({ sim, profile, storage, trace, wanted: story.wanted });
  sim.onTrace((record) => judge.hear(record));
  const from = { operations: storage.operations.length, records: records.length };
  befall(mishap, sim, storage);
  story.tell(sim, judge);
  const operations = [from.operations, storage.operations.length - from.operations] as const;
  const frames = records.slice(from.records).flatMap(bytesSent);

  sim.advance(LATER);
  const clinician = new Clinician(sim, judge);
  clinician.interrogate();
  clinician.resume();
  clinician.readHistory();
  clinician.end();
  sim.advance(LONG_AFTER);
  clinician.interrogate();
  clinician.end();
  judge.conclude();
  const { problems, happened } = judge;
  return { problems, happened, trace: trace(), storage, operations, frames };
}

function befall(mishap: Mishap | null, sim: Simulation, storage: CrashingStorage): void {
  if (mishap === null) return;
  if ('power' in mishap) storage.powerGoes(mishap.power);
  else
    for (let i = 0; i < (mishap.count ?? 1); i++)
      sim.act({ by: 'world', act: { type: 'frameFault', on: { frame: mishap.frame + i }, fault: mishap.fault } });
}

/** Whether what was being written when power went is what a bank holds. */
function hasLasted(storage: CrashingStorage): boolean {
  const written = storage.operations.at(-1)?.after ?? new Uint8Array();
  return BANKS.some((bank) => Buffer.compare(storage.read(bank) ?? new Uint8Array(), written) === 0);
}

const bytesSent = ({ layer, kind, data }: TraceRecord): Uint8Array[] => {
  if (layer !== 'link' || kind !== 'frame') return [];
  return [hexToBytes(String(Object(data).bytes))];
};
