import {
  bolusVolume,
  type Instant,
  instant,
  mostBasal,
  type Rate,
  span,
  strengthOf,
  sure,
} from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { isLimited, type Limited, limitOf, longestWithinLimit, whenWithinLimit } from './dose-limit.ts';
import { firstTime, Masses, pastBoluses } from './masses.ts';

/*
 * `clinicianOverLimit: haltAtLimit`: a clinician's bolus begins although it may be too much, and is halted where the
 * boluses in the window and a whole window of the highest basal come to the dose limit: at the last millisecond that
 * keeps within it. Basal of a program before may be more than that: no window may hold more than the limit either.
 */

/** The boluses that a window has room for beside the most of basal. */
const roomFor = (prescription: Limited): bigint =>
  limitOf(prescription) -
  mostBasal(prescription.program, prescription.doseLimit.window) * BigInt(strengthOf(prescription));

/** When the clinician's bolus that runs is halted, if nothing changes until then; undefined where it is not. */
export function whenHalted(context: PumpContext): Instant | undefined {
  const { prescription, clinician, bolus, since, profile } = context;
  if (clinician === null || bolus !== null || profile.clinicianOverLimit !== 'haltAtLimit') return undefined;
  if (!isLimited(prescription)) return undefined;
  const masses = new Masses(pastBoluses(context, prescription.drugs[0]?.name), prescription.doseLimit.window);
  const room = roomFor(prescription);
  const full = firstTime(masses.edges, since, clinician.ends, (t) => masses.endingAt(t + 1) > room);
  const rest = { rate: clinician.rate, duration: span(Math.max(0, clinician.ends - since)) };
  const longest = longestWithinLimit({ ...context, clinician: null }, prescription, since, rest);
  const halted = instant(Math.min(full, since + longest));
  return halted >= clinician.ends ? undefined : halted;
}

/**
 * The first instant from `at` on at which a bolus of a rate would deliver at least a stroke before it is halted, if no
 * other runs until then; undefined where basal alone leaves no room. Without a limit that is `at` itself.
 */
export function whenRoomBeforeHalt(context: PumpContext, at: Instant, flow: Rate): Instant | undefined {
  const { prescription, profile, periodic } = context;
  if (!isLimited(prescription)) return at;
  const stroke = { rate: flow, duration: span(Math.ceil(profile.strokeVolume / flow)) };
  const room = roomFor(prescription) - BigInt(bolusVolume(stroke)) * BigInt(strengthOf(prescription));
  if (room < 0n) return undefined;
  const rest = { from: Math.max(at, periodic?.ends ?? at), flow: 0n };
  const flows = [...pastBoluses(context, prescription.drugs[0]?.name), rest];
  const masses = new Masses(flows, prescription.doseLimit.window);
  const latest = sure(masses.edges.at(-1), 'edge of a flow') + 1;
  const from = firstTime(masses.edges, at, latest, (t) => masses.endingAt(t) <= room);
  return whenWithinLimit(context, at, from, stroke);
}
