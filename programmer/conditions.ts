import {
  CONDITIONS,
  type ConditionCode,
  formatDuration,
  type Instant,
  type LogRecord,
  type Status,
  showDateTime,
  span,
  type WallClock,
} from '../shared/index.ts';
import type { Fields } from './fields.ts';

/** Conditions with which nothing is delivered, whatever is asked for. */
const STOPS_FLOW: readonly ConditionCode[] = ['stall', 'occlusion'];

const MINUTE = 60_000;
/** As people tell a time that has passed: in whole minutes. */
const minutes = (ms: number): string => formatDuration(span(Math.floor(ms / MINUTE) * MINUTE));

/** The condition for which a pump that is not stopped delivers nothing, as far as it senses it. */
export const heldUpBy = ({ stopped, conditions }: Status): Status['conditions'][number] | undefined =>
  stopped === null ? conditions.find(({ code, gone }) => STOPS_FLOW.includes(code) && !gone) : undefined;

/** Since when a pump that asks for delivery has none, by its own senses. */
export function putHeldUp(fields: Fields, status: Status, localTime: (at: Instant) => WallClock): void {
  const held = heldUpBy(status);
  if (held === undefined) return;
  const { code, since } = held;
  const text = `since ${showDateTime(localTime(since))}, ${minutes(status.now - since)}: ${CONDITIONS[code].text}`;
  fields.put('notDelivering', text, code);
}

/** Since when a pump had no delivery already when it was stopped, as it senses it or its log has it. */
export function heldUpBefore(
  { stopped, conditions }: Status,
  log: readonly LogRecord[],
): { readonly code: ConditionCode; readonly from: Instant } | undefined {
  if (stopped === null) return undefined;
  const { since: stop } = stopped;
  const holds = (code: ConditionCode, from: Instant) => STOPS_FLOW.includes(code) && stop - from >= MINUTE;
  // Of one that is gone and latches nobody knows when it went, but of the one that stopped the pump.
  const sensed = conditions.find(({ code, since, gone }) => holds(code, since) && (!gone || stopped.why === code));
  if (sensed !== undefined) return { code: sensed.code, from: sensed.since };
  return spellsIn(log).findLast(({ code, from, to }) => holds(code, from) && (to === undefined || to >= stop));
}

/** What was missed for it before the stop, of which the stop itself tells nothing. */
export function putHeldUpBefore(
  fields: Fields,
  status: Status,
  log: readonly LogRecord[],
  localTime: (at: Instant) => WallClock,
  missedIn: (from: Instant) => string | undefined,
): void {
  const held = heldUpBefore(status, log);
  if (held === undefined || status.stopped === null) return;
  const { code, from } = held;
  const missed = missedIn(from);
  const dose = missed === undefined ? '' : `; dose missed by then: ${missed}`;
  const text = `since ${showDateTime(localTime(from))}, ${minutes(status.stopped.since - from)}: ${CONDITIONS[code].text}${dose}`;
  fields.put('heldUpBefore', text, code);
}

/** A condition for which a pump delivered nothing: when that was last read, and first read to be over, by local time. */
export interface HeldUp {
  readonly serial: string;
  readonly code: ConditionCode;
  readonly lastRead: WallClock;
  readonly over: WallClock | null;
}

/** What is known of it with a status that was just read; another pump has none of its past. */
export function heldUpNow(before: HeldUp | null, status: Status, local: WallClock): HeldUp | null {
  const held = heldUpBy(status);
  if (held !== undefined) return { serial: status.serial, code: held.code, lastRead: local, over: null };
  if (before === null || before.serial !== status.serial) return null;
  return status.stopped === null && before.over === null ? { ...before, over: local } : before;
}

/** Since when a pump delivers again that did not when it was read before: by its log, or between two readings. */
export function putDeliversAgain(
  fields: Fields,
  { heldUp, log, status }: { heldUp: HeldUp | null; log: readonly LogRecord[]; status: Status },
  localTime: (at: Instant) => WallClock,
): void {
  if (heldUp === null || heldUp.over === null || status.stopped !== null) return;
  const { code, lastRead, over } = heldUp;
  const end = spellsIn(log).findLast((spell) => spell.code === code)?.to;
  const since =
    end === undefined
      ? `since some time between ${showDateTime(lastRead)} and ${showDateTime(over)}`
      : `since ${showDateTime(localTime(end))}, by its log`;
  fields.put('deliversAgain', `${since}; before: ${CONDITIONS[code].text}`, code);
}

interface Spell {
  readonly code: ConditionCode;
  readonly from: Instant;
  readonly to: Instant | undefined;
}

/** How long each condition was declared, by a log that was read, oldest first. */
export function spellsIn(log: readonly LogRecord[]): readonly Spell[] {
  const spells: Spell[] = [];
  for (const { kind, at, data } of log) {
    if (kind === 'conditionDeclared')
      for (const code of [data['conditions'] ?? []].flat())
        spells.push({ code: code as ConditionCode, from: at, to: undefined });
    if (kind !== 'conditionGone') continue;
    const open = spells.findIndex(({ code, to }) => code === data['condition'] && to === undefined);
    const spell = spells[open];
    if (spell !== undefined) spells[open] = { ...spell, to: at };
  }
  return spells;
}

/** What is printed in place of what a log says, where none was read. */
export const LOG_NOT_READ = 'not read: a stall that is over is known from it alone';

/** What a log that was read says of conditions: they were there a while before they were declared. */
export function putSpells(fields: Fields, log: readonly LogRecord[], localTime: (at: Instant) => WallClock): void {
  if (log.length === 0) return;
  const texts = spellsIn(log).map(({ code, from, to }) => {
    const end = to === undefined ? 'not over' : `over ${showDateTime(localTime(to))}, ${minutes(to - from)}`;
    return `${CONDITIONS[code].text}: declared ${showDateTime(localTime(from))}, ${end}`;
  });
  fields.put('conditionsLogged', texts.length === 0 ? 'none' : texts.join('; '));
}
