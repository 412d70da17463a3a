import {
  between,
  CONDITIONS,
  type DayRules,
  formatDuration,
  type Instant,
  MS_PER_DAY,
  massOf,
  rate,
  STOP_REASONS,
  type Status,
  showDate,
  showDateTime,
  span,
  strengthOf,
  volume,
  type WallClock,
} from '../shared/index.ts';
import type { ClinicianAct } from './acts.ts';
import { replaceByShown, UNKNOWN_DATE } from './application-card.ts';
import { meanDose, standing } from './calculators.ts';
import { canDo } from './can.ts';
import { putClock } from './clock.ts';
import { type ComparisonRow, comparisonOf } from './comparison.ts';
import { heldUpBy, putDeliversAgain, putHeldUp, putHeldUpBefore, putSpells } from './conditions.ts';
import { inUnitOf } from './drug-units.ts';
import { type Field, Fields } from './fields.ts';
import { putFinish } from './finish.ts';
import { putFlowFound } from './flow-found.ts';
import { emptyAt, lowReservoirAt, patientBolusLeft } from './forecast.ts';
import { putCatheter, putMix } from './last-change.ts';
import { hasLostMemory } from './lost-memory.ts';
import { putOldFluid } from './old-fluid.ts';
import { putUnderway } from './opening.ts';
import { stillProgrammed } from './other-filled.ts';
import { pendingWords } from './pending.ts';
import { prescriptionFields } from './prescription-fields.ts';
import { putRefill, putTrend } from './refill.ts';
import { REFILL_DECIDERS, refillBy } from './refill-by.ts';
import { orderWords, putOrder, putRunning } from './single-bolus.ts';
import { doseMissed, doseMissedBefore, resumeNot } from './stopped.ts';
import { usageOf } from './usage.ts';
import type { VisitState } from './visit.ts';
import { localTimeOf, type VisitContext } from './visit-context.ts';
import { warningsOf } from './warnings.ts';
import { INFUSION_WORDS, RESERVOIR_WORDS } from './words.ts';

export interface Screen {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly warnings: readonly string[];
  /** Two prescriptions side by side, on the Finish screen and where two were compared; else none. */
  readonly comparison: readonly ComparisonRow[];
  /** The acts that make sense now: what the pump said it takes, and what the programmer can do itself. */
  readonly can: readonly ClinicianAct['type'][];
}

const TITLES: Readonly<Record<string, string>> = {
  away: 'No session',
  opening: 'Connecting',
  authenticating: 'Connecting',
  reading: 'Reading the pump',
  correcting: 'Correcting the clock of the pump',
  ready: 'Pump status',
  staging: 'Sending the prescription',
  asking: 'Noting what is asked',
  confirming: 'Noting what was confirmed',
  declining: 'Noting what was declined',
  refusing: 'Noting what was refused',
  explaining: 'Noting the reason',
  beginning: 'Updating the pump',
  committing: 'Updating the pump',
  commanding: 'Sending the command',
  verifying: 'Verifying',
  browsing: 'Reading pages',
  closing: 'Ending the session',
};

/** What the clinician sees. A stopped pump comes first. */
export function screenOf({ value, context }: VisitState): Screen {
  return {
    title: titleOf(value, context),
    fields: fieldsOf(context),
    warnings: warningsOf(context),
    comparison: comparisonIn(context),
    can: canDo(value, context),
  };
}

function titleOf(value: string, { comparing, reviewed, orderReviewed }: VisitContext): string {
  if (value === 'ready' && comparing !== null) return 'Two prescriptions';
  if (value === 'ready' && (reviewed !== null || orderReviewed !== null)) return 'Finish';
  return TITLES[value] ?? value;
}

function comparisonIn({
  status,
  comparing,
  reviewed,
  history,
  settings: { dayRules },
}: VisitContext): readonly ComparisonRow[] {
  if (comparing !== null) {
    const side = (wanted: number) => ({
      prescription: history.find(({ number }) => number === wanted)?.prescription ?? null,
      start: { wall: null, periodicIn: null },
    });
    return comparisonOf(side(comparing.from), side(comparing.to), dayRules);
  }
  if (status === null || reviewed === null) return [];
  return comparisonOf(
    { prescription: status.prescription, start: standing(status) },
    { prescription: reviewed.prescription, start: { wall: status.wall, periodicIn: null } },
    dayRules,
  );
}

function fieldsOf(context: VisitContext): readonly Field[] {
  const { status, pending, order, refill, history, readAt, clock, settings } = context;
  const fields = new Fields();
  if (status !== null) {
    putStop(fields, context, status);
    putHeldUp(fields, status, (at) => localTimeOf(context, at));
    putDeliversAgain(fields, { ...context, status }, (at) => localTimeOf(context, at));
    const told = stillProgrammed(context.otherFilled, status.serial);
    if (told !== undefined) fields.put('stillProgrammed', told);
    fields.put('mode', modeWords(status));
  }
  if (pending !== null) fields.put('pendingEdits', pendingWords(pending));
  if (order !== null) fields.put('pendingEdits', orderWords(order, status?.prescription ?? null));
  if (status === null) return fields.list;
  fields.put('serial', status.serial);
  fields.put('model', status.profile);
  putClock(fields, status, readAt, status.wall === null ? 'unknown' : showDateTime(status.wall), clock);
  fields.put('rate', rate.format(status.rate), status.rate);
  const { dayRules } = context.settings;
  const localTime = (at: Instant) => localTimeOf(context, at);
  if (context.reviewed !== null) putFinish(fields, status, context.reviewed, context, localTime);
  if (context.orderReviewed !== null) putOrder(fields, status, context.orderReviewed, dayRules, localTime);
  else putRunning(fields, status);
  putUnderway(fields, status);
  if (context.reviewed === null) {
    putMix(fields, context.mix, status, dayRules);
    if (context.oldFluid !== null) putOldFluid(fields, context.oldFluid, status, dayRules);
  }
  putPrescription(fields, status, dayRules, localTime);
  putCatheter(fields, context.catheter, status, settings.deadSpace, localTime);
  // A pump without its memory tells 0, which is not what it holds.
  if (!hasLostMemory(status.alarms)) {
    if (refill?.entered == null) putLastFill(fields, status, localTime);
    fields.amount('expectedVolume', status.volume);
    if (status.gauge !== null) fields.amount('gaugeVolume', status.gauge.volume);
    fields.put('reservoir', RESERVOIR_WORDS[status.reservoir], status.reservoir);
    const empty = settings.emptying && emptyAt(status, settings.emptying);
    if (empty !== undefined) fields.put('timeToEmpty', roughly(empty - status.now), empty - status.now);
  }
  for (const boluses of ['none', 'all'] as const) {
    const at = lowReservoirAt(status, boluses, dayRules);
    const name = boluses === 'none' ? 'lowReservoirDate' : 'lowReservoirDateAllBoluses';
    if (at !== undefined && (boluses === 'none' || status.prescription?.patientBolus != null))
      fields.put(name, showDate(localTimeOf(context, at)));
  }
  putFlowFound(fields, context);
  if (refill !== null) putRefill(fields, refill, context.settings.flowAccuracy);
  putRefillBy(fields, context, status);
  putTrend(fields, status.discrepancies);
  if (history.length > 0) fields.count('historyEntries', history.length);
  putUsage(fields, context);
  putSpells(fields, context.log, localTime);
  putReplaceBy(fields, context, status.replaceBy);
  fields.time('criticalInterval', status.criticalInterval);
  return fields.list;
}

function putStop(fields: Fields, context: VisitContext, status: Status): void {
  const { stopped, prescription } = status;
  if (stopped !== null) {
    const { dayRules } = context.settings;
    const localTime = (at: Instant) => localTimeOf(context, at);
    const show = inUnitOf(prescription?.drugs[0]?.name);
    fields.time('stoppedFor', between(stopped.since, status.now));
    fields.put('stoppedSince', showDateTime(localTime(stopped.since)));
    const missed = doseMissed(status, dayRules);
    if (missed !== undefined) fields.put('doseMissed', show.dose(missed), missed);
    putHeldUpBefore(fields, status, context.log, localTime, (from) => {
      const before = doseMissedBefore(from, status, dayRules);
      return before === undefined ? undefined : show.dose(before);
    });
  }
  const not = resumeNot(status);
  if (not !== undefined) fields.put('resumeNot', not);
}

/** The prescription in the pump, and what has come of it. */
function putPrescription(fields: Fields, status: Status, rules: DayRules, localTime: (at: Instant) => WallClock): void {
  const { prescription } = status;
  if (prescription === null) return;
  fields.list.push(...prescriptionFields(prescription, standing(status), rules));
  if (status.periodicNext !== null) fields.time('periodicNext', Math.max(0, status.periodicNext - status.now));
  if (prescription.patientBolus !== null) {
    fields.count('bolusesGiven', status.bolusesGiven);
    fields.count('granted', status.granted);
    fields.count('denied', status.denied);
    const isDelivering = ['basal', 'patientBolus', 'clinicianBolus', 'prime', 'bridge', 'delayed'].includes(
      status.infusion,
    );
    if (status.nextBolus !== null && isDelivering) {
      fields.time('nextBolus', Math.max(0, status.nextBolus - status.now));
      // On paper a wait tells nobody anything.
      const from = status.nextBolus > status.now ? `from ${showDateTime(localTime(status.nextBolus))}` : 'now';
      fields.put('nextBolusFrom', from);
    }
  }
  const left = patientBolusLeft(status, rules);
  if (left !== undefined) {
    fields.put('patientBolusLeft', volume.format(left.volume, 4), left.volume);
    fields.time('patientBolusEnds', left.time);
  }
  const mean = meanDose(status);
  const show = inUnitOf(prescription.drugs[0]?.name);
  if (mean !== undefined) {
    fields.put('meanDose', show.daily(mean), mean);
    const { from, commanded } = status.sinceSession;
    const time = status.now - from;
    // Three boluses of a morning are no dose of a day.
    if (time < MS_PER_DAY) {
      const amount = massOf(BigInt(commanded), strengthOf(prescription));
      fields.put('commandedSince', `${show.dose(amount)} in ${roughly(time)}`, amount);
    }
  }
  fields.count('record', status.record);
}

/** What was entered at the last fill, and when: what is counted on now and what was commanded since. */
function putLastFill(fields: Fields, { sinceFill, volume: left }: Status, localTime: (at: Instant) => WallClock): void {
  if (sinceFill === null) return;
  // A pump that has counted down to nothing does not tell how much it once was.
  const filled = left === 0 ? '' : `, ${volume.format(volume.of(left + sinceFill.commanded))}`;
  fields.put('lastFill', `${showDateTime(localTime(sinceFill.at))}${filled}`);
}

/** By when to replace the pump, as the card of the programmer has it. */
function putReplaceBy(fields: Fields, context: VisitContext, due: Instant | null): void {
  if (due === null) return;
  const shown = replaceByShown(context.settings.card, due);
  fields.put('replaceBy', shown === undefined ? UNKNOWN_DATE : showDate(localTimeOf(context, shown)));
}

/** By when to fill it, of a pump in therapy: the pump knows when it was filled. */
function putRefillBy(fields: Fields, context: VisitContext, status: Status): void {
  const { sinceFill, prescription, stopped } = status;
  const { refill } = context;
  const isJustFilled = refill?.entered != null;
  // Of a refill under way there is no date yet, and the one of the fill before is past.
  if (refill !== null && !isJustFilled) return;
  // Of a stopped pump nobody knows how long the fill lasts.
  if (!isJustFilled && (prescription === null || stopped !== null || hasLostMemory(status.alarms))) return;
  const filled = isJustFilled ? status.now : sinceFill?.at;
  const next = filled === undefined ? undefined : refillBy(status, filled, context.settings);
  if (next === undefined) return;
  const isDue = next.at <= status.now;
  const due = next.by === 'replaceBy' ? 'no more: replace it' : 'at once';
  fields.put('refillBy', isDue ? due : showDate(localTimeOf(context, next.at)));
  fields.put('refillByDecided', REFILL_DECIDERS[next.by], next.by);
}

/** The refill-by date as the screen has it, without the rest of the screen; undefined where it has none. */
export function refillByOf(context: VisitContext): string | undefined {
  if (context.status === null) return undefined;
  const fields = new Fields();
  putRefillBy(fields, context, context.status);
  return fields.list.find(({ name }) => name === 'refillBy')?.text;
}

function putUsage(fields: Fields, context: VisitContext): void {
  const usage = usageIn(context);
  if (usage === undefined) return;
  fields.count('logRecords', context.log.length);
  fields.put('usageSince', usage.since === null ? 'unknown' : showDateTime(usage.since));
  fields.count('usageGranted', usage.total.granted);
  fields.count('usageDenied', usage.total.denied);
  fields.count('usageCutShort', usage.total.cutShort);
  fields.count('usageDropped', usage.dropped);
}

/** The use of the handset by the log that was read; undefined where none was. */
export function usageIn({ log, readAt, status }: VisitContext) {
  if (log.length === 0) return undefined;
  const now = status?.now ?? 0;
  return usageOf(log, (at) => readAt + at - now);
}

function modeWords(status: Status): string {
  if (status.stopped !== null) return `stopped: ${STOP_REASONS[status.stopped.why]}`;
  const held = heldUpBy(status);
  const asked = INFUSION_WORDS[status.infusion];
  return held === undefined ? asked : `${asked} asked for, NOT DELIVERED: ${CONDITIONS[held.code].text}`;
}

/** A span to come as people plan with it, rather less: days and hours, or hours and minutes. */
function roughly(ms: number): string {
  const least = ms >= MS_PER_DAY ? 3_600_000 : ms >= 60_000 ? 60_000 : 1000;
  return formatDuration(span(Math.floor(ms / least) * least));
}
