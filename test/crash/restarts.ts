import { isDeepStrictEqual } from 'node:util';
import { bankedStore, EventLog, History, memoryStorage, readImage, type Store } from '../../firmware-sim/index.ts';
import { type DeviceProfile, type Instant, instant, MS_PER_DAY } from '../../shared/index.ts';
import { BarePump } from '../firmware/bare-pump.ts';
import type { Kept } from './recorded.ts';

type Law = readonly [name: string, holds: boolean];

/** The store of a pump, read by somebody who has nothing but its bytes. */
function stored(image: Uint8Array) {
  const storage = memoryStorage();
  for (const bank of ['A', 'B'] as const) storage.write(bank, image);
  const store = bankedStore(storage);
  store.open();
  return store;
}

/**
 * Lets a processor start on what a crash at `at`, in pump time, has left, and tells which rules of a reset it breaks.
 * What it can know is what was kept.
 */
export function restarted(kept: Kept, at: Instant, timeLost: boolean, changes: Partial<DeviceProfile>): string[] {
  const store = stored(kept.image);
  const pump = new BarePump(changes, 'table', store, { at: timeLost ? instant(0) : at, timeLost });
  const { profile } = pump;
  const was = stored(kept.image);
  const image = readImage(was, profile);
  if (image === undefined) return isNew(pump) ? [] : ['a pump of which nothing was kept is not new'];
  const [before, now] = [kept.status, pump.status()];
  const [held, holds] = [image.context, readImage(store, profile)?.context ?? image.context];
  const logOf = (each: Store) => EventLog.inStore(each, profile.logCapacity);
  const [logged, log] = [logOf(was), logOf(store)];
  const young = log.filter(({ number }) => number > (logged.at(-1)?.number ?? 0));

  // With every event and every record of the log; a station that only asks for a session is neither.
  const lastStored = Math.max(image.at, logged.at(-1)?.at ?? 0);
  const gone = at - before.now;
  const believed = Math.max(0, before.volume - before.rate * gone);
  const unseen = before.rate * profile.writeInterval;
  const lockout = before.prescription?.patientBolus?.lockout ?? 0;
  const wasLocked = held.lockedUntil !== null && now.now < held.lockedUntil;
  const counted = held.grants.filter((grant) => grant > at - MS_PER_DAY).length;
  const updating = before.infusion === 'updating';
  const goesOn = before.infusion === 'patientBolus' ? 'basal' : before.infusion;
  const rates = { basal: now.basal, minimumRate: Math.min(profile.minimumRate, now.basal) };
  const rate = now.infusion === 'basal' || now.infusion === 'minimumRate' ? rates[now.infusion] : 0;

  const always: Law[] = [
    ['the serial number is its own', now.serial === before.serial],
    ['the service goes on', now.service === before.service],
    ['the prescription is the last in force', isDeepStrictEqual(now.prescription, before.prescription)],
    ['its number and time stay', now.record === before.record && now.prescribedAt === before.prescribedAt],
    ['boluses given and denied stay counted', now.granted === before.granted && now.denied === before.denied],
    ['no bolus resumes', now.bolusEnds === null && now.infusion !== 'patientBolus'],
    ['no periodic bolus resumes', now.periodicBolus === 'off' || now.periodicBolus === 'waiting'],
    ['an interrupted update stops', !updating || now.infusion === 'stopped'],
    ['and says why', !updating || now.stopped?.why === 'updateInterrupted' || now.stopped?.why === 'clinician'],
    ['else delivery goes on as it was', updating || now.infusion === goesOn],
    ['a stop goes on, with its reason and since when', updating || isDeepStrictEqual(now.stopped, before.stopped)],
    ['the rate is the one of its mode', now.rate === rate],
    ['the count is no lower', now.bolusesGiven >= counted],
    ['an alarm stays', before.alarms.every((alarm) => now.alarms.some((each) => isDeepStrictEqual(each, alarm)))],
    ['nothing is silenced', now.silenced.length === 0],
    [
      'the history is whole',
      isDeepStrictEqual(History.inStore(store, profile.historyCapacity), History.inStore(was, profile.historyCapacity)),
    ],
    ['the log tells of the reset', young.some(({ kind, data }) => kind === 'reset' && data['timeLost'] === timeLost)],
    [
      'numbers and times of the log go on',
      log.every(({ number, at: time }, i) => {
        const last = log[i - 1];
        return last === undefined || (number === last.number + 1 && time >= last.at);
      }),
    ],
    ['the volume is never above', now.volume <= believed],
  ];
  const kind: Law[] = timeLost
    ? [
        ['the volume is at most one interval below', now.volume >= Math.max(0, believed - unseen)],
        [
          'the time is one that was stored',
          now.now <= at && now.now >= lastStored && at - now.now <= profile.writeInterval,
        ],
        ['a lockout runs in full again', !wasLocked || (holds.lockedUntil ?? 0) >= now.now + lockout],
        ['no local time is known', now.wall === null],
      ]
    : [
        ['the volume is as it was', now.volume === believed],
        ['the time goes on', now.now === at],
        ['the lockout does not move', holds.lockedUntil === held.lockedUntil],
        ['the grants do not move', isDeepStrictEqual(holds.grants, held.grants)],
      ];
  const broken = [...always, ...kind].filter(([, so]) => !so).map(([name]) => name);

  const refused = pump.open('patient').refused({ name: 'requestBolus', payload: {} });
  if (wasLocked && refused === undefined) broken.push('a bolus was granted inside the lockout');
  pump.pass('2d');
  return broken;
}

/** Whether a pump is as it leaves the factory. */
function isNew(pump: BarePump): boolean {
  const { service, record, rate, volume } = pump.status();
  return service === 'shelf' && record === 0 && rate === 0 && volume === 0;
}
