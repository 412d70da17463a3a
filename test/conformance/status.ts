import { ANY, type Wanted, wantedOf } from './json.ts';
import { nextBolus } from './next-bolus.ts';
import { openingLeft } from './opening.ts';
import type { Pump } from './pump.ts';

/** Everything a status says that follows from the rules. */
export function statusOf(pump: Pump, serial: Wanted): Wanted {
  const { prescription, account, grants, now, mode, sinceSession } = pump;
  return {
    serial,
    profile: pump.device.name,
    now,
    service: pump.service,
    infusion: pump.infusion,
    patientControl: pump.patientControl,
    reservoir: pump.level(),
    stopped: mode === 'stopped' ? { why: pump.why, since: pump.zeroSince } : null,
    rate: pump.rate,
    volume: Number(pump.volume),
    prescription: prescription === null ? null : wantedOf(prescription.sent),
    prescribedAt: pump.prescribedAt,
    record: pump.record,
    bolusEnds: pump.bolus?.end ?? null,
    bolusesGiven: grants.counted(now, pump.midnight),
    nextBolus: nextBolus(pump, prescription),
    granted: grants.granted,
    denied: grants.denied,
    alarms: pump.alarms.told,
    silenced: pump.alarms.silenced,
    nextTone: pump.alarms.nextTone(now),
    replaceBy: pump.life.replaceBy,
    wall: pump.wall,
    basal: pump.basal,
    zeroStep: (mode === 'basal' || pump.isReduced) && pump.rate === 0,
    periodicBolus: pump.periodicState,
    periodicNext: pump.periodicNext,
    sinceSession: {
      from: pump.service === 'shelf' ? ANY : sinceSession.from,
      // No frame carries more.
      commanded: Math.min(Number(account.commandedAt(now) - sinceSession.commanded), Number.MAX_SAFE_INTEGER),
    },
    minimumRate: pump.device.minimumRate,
    defaultRate: pump.device.defaultRate,
    criticalInterval: pump.alarms.interval,
    motor: pump.conditions.motor,
    conditions: pump.conditions.told.map(({ code, since, declared, gone }) => ({ code, since, declared, gone })),
    clinicianBolus: orderedOf(pump),
    opening: openedOf(pump),
    openingEnded: closedOf(pump),
    sinceFill: pump.sinceFill,
    gauge: pump.gauge,
    discrepancies: pump.measured,
  };
}

function openedOf({ opened, openingEnd, now }: Pump): Wanted {
  if (opened === null) return null;
  const { setting, start } = opened;
  const [volume, left] = [openingLeft(opened, start), openingLeft(opened, now)];
  return { type: setting.type, start, ends: openingEnd ?? null, volume, left };
}

function closedOf({ closed }: Pump): Wanted {
  if (closed === null) return null;
  return { type: closed.setting.type, at: closed.end, why: closed.why, undelivered: openingLeft(closed, closed.end) };
}

function orderedOf({ ordered, bolus, mode, now }: Pump): Wanted {
  if (ordered === null) return null;
  const { start, end, rate, duration, then } = ordered;
  return {
    start,
    ends: end,
    rate,
    volume: rate * duration,
    left: rate * (end - Math.max(now, bolus?.end ?? now)),
    then,
    withBasal: mode !== 'alone',
    suspended: bolus !== null,
  };
}
